package org.manyi.rehearsal;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.manyi.shared.LongWork;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Compares the books: what the rooms have written down with what the engine, the disk and the trail hold. The pass criterion after
 * every fault.
 */
@Service
public class Books {

    private final List<Invariant> invariants;
    private final JdbcTemplate jdbc;

    Books(List<Invariant> invariants, JdbcTemplate jdbc) {
        this.invariants = invariants;
        this.jdbc = jdbc;
    }

    /** One thing that must always hold. */
    interface Invariant {

        /** Its name in the report, {@code I1} to {@code I6}. */
        String name();

        /** What it says, in a few words. */
        String promise();

        /** What to do where it is broken, in a few words. */
        String remedy();

        /** Tells everything that breaks it, a line each; nothing when it holds. */
        void compare(Consumer<String> difference);
    }

    /** Counts and passes on. */
    private static final class Told implements Consumer<String> {

        private final Consumer<String> lines;
        private long count;

        Told(Consumer<String> lines) {
            this.lines = lines;
        }

        @Override
        public void accept(String difference) {
            count++;
            lines.accept("   " + difference);
        }
    }

    /**
     * Compares everything, as it stood at one moment where the database can show that; takes time with the number of cases and files, and
     * no more memory.
     *
     * @param lines gets the report as it comes: a line for every difference, and one for every promise after its differences
     * @return whether there is no difference
     */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ, timeout = 3600)
    public boolean check(Consumer<String> lines) {
        jdbc.execute((ConnectionCallback<Void>) connection -> {
            LongWork.liftLimits(connection);
            return null;
        });
        long differences = 0;
        for (Invariant invariant : invariants) {
            Told told = new Told(lines);
            long begun = System.nanoTime();
            invariant.compare(told);
            lines.accept("%s %s: %s (%d ms)"
                    .formatted(
                            invariant.name(),
                            invariant.promise(),
                            told.count == 0 ? "ok" : told.count + " differences",
                            TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun)));
            if (told.count > 0) {
                lines.accept("   -> " + invariant.remedy());
            }
            differences += told.count;
        }
        lines.accept(
                differences == 0
                        ? "The books agree."
                        : "The books do not agree: %d differences.".formatted(differences));
        return differences == 0;
    }
}
