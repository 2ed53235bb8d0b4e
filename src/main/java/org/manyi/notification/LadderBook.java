package org.manyi.notification;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.manyi.notification.Ladder.Recipient;
import org.manyi.notification.Ladder.Rung;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code notification_ladder}. */
@Repository
class LadderBook {

    static final Comparator<Rung> EARLIEST_FIRST =
            Comparator.comparingInt(Rung::days).reversed().thenComparing(Rung::to);

    private final JdbcClient jdbc;

    LadderBook(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The ladders as they hold now. */
    record Shelf(List<Ladder> ladders) {

        /** The one for all that have none of their own. */
        Ladder forAll() {
            return ladders.stream()
                    .filter(Ladder::isForAll)
                    .findFirst()
                    .orElseGet(() -> new Ladder(Ladder.ANY, Ladder.ANY, List.of()));
        }

        /** The one that holds for a step. */
        Ladder of(String process, String taskKey) {
            Ladder best = forAll();
            for (Ladder ladder : ladders) {
                if (ladder.process().equals(process)) {
                    if (ladder.taskKey().equals(taskKey)) {
                        return ladder;
                    }
                    if (ladder.taskKey().equals(Ladder.ANY)) {
                        best = ladder;
                    }
                }
            }
            return best;
        }
    }

    Shelf all() {
        Map<List<String>, List<Rung>> rungs = new LinkedHashMap<>();
        jdbc.sql("select process, task_key, days, recipient from notification_ladder order by process, task_key")
                .query(row -> {
                    rungs.computeIfAbsent(
                                    List.of(row.getString("process"), row.getString("task_key")),
                                    key -> new ArrayList<>())
                            .add(new Rung(row.getInt("days"), Recipient.of(row.getString("recipient"))));
                });
        return new Shelf(rungs.entrySet().stream()
                .map(entry -> new Ladder(
                        entry.getKey().get(0),
                        entry.getKey().get(1),
                        entry.getValue().stream().sorted(EARLIEST_FIRST).toList()))
                .toList());
    }

    /** Puts this ladder in place of the one for its step. */
    void put(Ladder ladder) {
        remove(ladder.process(), ladder.taskKey());
        ladder.rungs().forEach(rung -> jdbc.sql("""
                        insert into notification_ladder (process, task_key, days, recipient)
                        values (:process, :key, :days, :to)
                        """)
                .param("process", ladder.process())
                .param("key", ladder.taskKey())
                .param("days", rung.days())
                .param("to", rung.to().code())
                .update());
    }

    /** Answers whether there was one. */
    boolean remove(String process, String taskKey) {
        return jdbc.sql("delete from notification_ladder where process = :process and task_key = :key")
                        .param("process", process)
                        .param("key", taskKey)
                        .update()
                > 0;
    }
}
