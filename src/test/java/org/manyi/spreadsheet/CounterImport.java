package org.manyi.spreadsheet;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.manyi.security.CurrentUser;
import org.manyi.security.Role;
import org.manyi.shared.FieldProblem;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** A kind for tests: counters with their values; a name that breaks the write on purpose, and a place where two writers meet. */
@Component
class CounterImport implements ImportKind {

    /** The name at which writing fails, after the rows before it are written. */
    static final String BREAKS = "breaks";

    /** The end of a name at which taking back fails, after what came before it is taken back. */
    static final String BREAKS_BACKWARDS = "-stuck";

    private final JdbcClient jdbc;
    private volatile CyclicBarrier meeting;

    CounterImport(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Lets that many runs wait for each other before they write. */
    void meet(int runs) {
        meeting = runs == 0 ? null : new CyclicBarrier(runs);
    }

    @Override
    public String kind() {
        return "counters";
    }

    @Override
    public List<Column> columns() {
        return List.of(
                new Column("series", "Series", List.of("Name"), true, false),
                new Column("n", "Value", List.of("Number"), true, false));
    }

    @Override
    public boolean mayImport(CurrentUser user) {
        return user.is(Role.SYSADMIN);
    }

    @Override
    public List<RowProblem> check(List<Row> rows) {
        List<RowProblem> problems = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Row row : rows) {
            if (!seen.add(row.get("series"))) {
                problems.add(new RowProblem(row, FieldProblem.of("series", "duplicate", "shared.field.unknown")));
            }
            if (!row.get("n").matches("\\d{1,9}")) {
                problems.add(
                        new RowProblem(row, FieldProblem.of("n", "number", "shared.field.number", 0, 999_999_999)));
            }
        }
        return problems;
    }

    @Override
    public List<Change> apply(List<Row> rows, CurrentUser user, String batchId) {
        CyclicBarrier others = meeting;
        if (others != null) {
            try {
                others.await(10, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        List<Change> changes = new ArrayList<>();
        for (Row row : rows) {
            if (row.get("series").equals(BREAKS)) {
                throw new IllegalStateException("Broken on purpose");
            }
            jdbc.sql("insert into counter (series, n) values (:series, :n)")
                    .param("series", row.get("series"))
                    .param("n", Integer.valueOf(row.get("n")))
                    .update();
            changes.add(new Change(
                    row.sheet(), row.number(), "counter", row.get("series"), null, Map.of("n", row.get("n"))));
        }
        return changes;
    }

    /** A counter that counted since stays. */
    @Override
    public List<Kept> revert(List<Change> changes) {
        List<Kept> kept = new ArrayList<>();
        for (Change change : changes) {
            if (change.key().endsWith(BREAKS_BACKWARDS)) {
                throw new IllegalStateException("Broken on purpose");
            }
            int gone = jdbc.sql("delete from counter where series = :series and n = :n")
                    .param("series", change.key())
                    .param("n", Integer.valueOf(change.after().get("n")))
                    .update();
            if (gone == 0) {
                kept.add(new Kept(change, FieldProblem.of("series", "kept", "shared.field.unknown")));
            }
        }
        return kept;
    }
}
