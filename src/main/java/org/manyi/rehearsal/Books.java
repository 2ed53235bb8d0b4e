package org.manyi.rehearsal;

import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Compares the books: what the rooms have written down with what the engine, the disk and the trail hold. The pass criterion after
 * every fault.
 */
@Service
public class Books {

    private final List<Invariant> invariants;

    Books(List<Invariant> invariants) {
        this.invariants = invariants;
    }

    /** One thing that must always hold. */
    interface Invariant {

        /** Its name in the report, {@code I1} to {@code I6}. */
        String name();

        /** What it says, in a few words. */
        String promise();

        /** Everything that breaks it, a line each; empty when it holds. */
        List<String> differences();
    }

    /**
     * What was found.
     *
     * @param lines the report, one line a promise and one a difference; never null
     * @param sound whether there is no difference
     */
    public record Findings(List<String> lines, boolean sound) {}

    /** Compares everything; takes time with the number of cases and files. */
    @Transactional(readOnly = true, timeout = 600)
    public Findings check() {
        List<String> lines = new ArrayList<>();
        boolean sound = true;
        for (Invariant invariant : invariants) {
            List<String> differences = invariant.differences();
            sound &= differences.isEmpty();
            lines.add("%s %s: %s"
                    .formatted(
                            invariant.name(),
                            invariant.promise(),
                            differences.isEmpty() ? "ok" : differences.size() + " differences"));
            differences.forEach(difference -> lines.add("   " + difference));
        }
        lines.add(sound ? "The books agree." : "The books do not agree.");
        return new Findings(lines, sound);
    }
}
