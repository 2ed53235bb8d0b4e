package org.manyi.rehearsal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.manyi.engine.EngineJobs;
import org.manyi.engine.Processes;
import org.manyi.evidence.EvidenceBooks;
import org.manyi.inbox.InboxBooks;
import org.manyi.issue.IssueStatus;
import org.manyi.rehearsal.Books.Invariant;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What must always hold, whatever happened. */
@Configuration(proxyBeanMethods = false)
class Invariants {

    private static final String LOOP = "issue-rectification";
    private static final String RECURRENCE = "recurrence-check";
    private static final String PROTECTED = "protected-matter";

    private record Checked(String name, String promise, Supplier<List<String>> comparison) implements Invariant {

        @Override
        public List<String> differences() {
            return comparison.get();
        }
    }

    @Bean
    @Order(1)
    Invariant numbersWithoutGaps(JdbcClient jdbc) {
        return new Checked("I1", "issue numbers run from 1 without gap or double", () -> {
            List<String> differences = new ArrayList<>();
            jdbc.sql("select series, n from counter where series like 'issue-%'")
                    .query((row, n) -> Map.entry(row.getString("series"), row.getLong("n")))
                    .list()
                    .forEach(series -> {
                        String year = series.getKey().substring("issue-".length());
                        List<Integer> numbers = jdbc
                                .sql("select number from issue where number like :numbers order by number")
                                .param("numbers", year + "-WT-%")
                                .query(String.class)
                                .list()
                                .stream()
                                .map(number -> Integer.parseInt(number.substring(number.lastIndexOf('-') + 1)))
                                .sorted()
                                .toList();
                        for (int i = 0; i < numbers.size(); i++) {
                            if (numbers.get(i) != i + 1) {
                                differences.add(
                                        "%s: expected number %d, found %d".formatted(year, i + 1, numbers.get(i)));
                                break;
                            }
                        }
                        if (numbers.size() != series.getValue()) {
                            differences.add("%s: the counter says %d, there are %d issues"
                                    .formatted(year, series.getValue(), numbers.size()));
                        }
                    });
            return differences;
        });
    }

    @Bean
    @Order(2)
    Invariant casesAndInstances(JdbcClient jdbc, Processes processes) {
        return new Checked("I2", "every open case has its one live process, every closed case none", () -> {
            Map<String, List<String>> live = processes.liveCases();
            Map<String, Integer> loops = count(live.get(LOOP));
            Map<String, Integer> recurrences = count(live.get(RECURRENCE));
            Map<String, Integer> matters = count(live.get(PROTECTED));
            List<String> differences = new ArrayList<>();
            Map<String, IssueStatus> statuses = new TreeMap<>();
            jdbc.sql("select number, status from issue")
                    .query((row, n) -> statuses.put(
                            row.getString("number"),
                            IssueStatus.of(row.getString("status")).orElseThrow()))
                    .list();
            statuses.forEach((number, status) -> {
                int open = status.isFinal() ? 0 : 1;
                expect(differences, number, status, LOOP, loops.remove(number), open, open);
                int checks = status == IssueStatus.CLOSED ? 1 : 0;
                expect(differences, number, status, RECURRENCE, recurrences.remove(number), 0, checks);
                int handlings = status == IssueStatus.PROTECTED ? 1 : 0;
                expect(differences, number, status, PROTECTED, matters.remove(number), 0, handlings);
            });
            for (Map<String, Integer> orphans : List.of(loops, recurrences, matters)) {
                orphans.keySet().forEach(number -> differences.add(number + ": a live process without a case"));
            }
            return differences;
        });
    }

    @Bean
    @Order(3)
    Invariant inboxAndEngine(InboxBooks inbox) {
        return new Checked("I2", "the inbox holds exactly the engine's open tasks", inbox::differences);
    }

    @Bean
    @Order(4)
    Invariant mailsOnce(JdbcClient jdbc) {
        return new Checked("I3", "no mail is written twice", () -> jdbc.sql(
                        "select unique_key, count(*) as n from mail group by unique_key having count(*) > 1")
                .query((row, n) -> "mail " + row.getString("unique_key") + ": " + row.getInt("n") + " times")
                .list());
    }

    @Bean
    @Order(5)
    Invariant filesAndRows(EvidenceBooks evidence) {
        return new Checked(
                "I4", "every stored file has its bytes, unchanged, and no bytes lie about", evidence::differences);
    }

    @Bean
    @Order(6)
    Invariant historyAndTrail(JdbcClient jdbc) {
        return new Checked("I5", "every step of a case stands once in the audit trail", () -> {
            Map<String, Integer> trail = new HashMap<>();
            jdbc.sql("""
                            select object_key, event, count(*) as n from audit_entry
                             where object_type = 'issue' group by object_key, event
                            """)
                    .query((row, n) ->
                            trail.put(row.getString("object_key") + " " + row.getString("event"), row.getInt("n")))
                    .list();
            List<String> differences = new ArrayList<>();
            jdbc.sql("select number, event, count(*) as n from issue_history group by number, event")
                    .query((row, n) -> {
                        String step = row.getString("number") + " " + row.getString("event");
                        int written = trail.getOrDefault(step, 0);
                        if (written != row.getInt("n")) {
                            differences.add(
                                    "%s: %d in the history, %d in the trail".formatted(step, row.getInt("n"), written));
                        }
                        return step;
                    })
                    .list();
            return differences;
        });
    }

    @Bean
    @Order(7)
    Invariant deadJobsShown(JdbcClient jdbc, EngineJobs jobs) {
        return new Checked("I6", "every dead job is shown to the administrator, and no lock has run out", () -> {
            List<String> differences = new ArrayList<>();
            long dead = jdbc.sql("select count(*) from act_ru_job where retries_ = 0")
                    .query(Long.class)
                    .single();
            int shown = jobs.dead().size();
            if (dead != shown) {
                differences.add("%d dead jobs, %d shown".formatted(dead, shown));
            }
            long expired = jobs.expiredLocks();
            if (expired > 0) {
                differences.add(expired + " jobs with a lock that ran out more than two minutes ago");
            }
            return differences;
        });
    }

    private static Map<String, Integer> count(List<String> keys) {
        Map<String, Integer> counts = new TreeMap<>();
        if (keys != null) {
            keys.forEach(key -> counts.merge(key, 1, Integer::sum));
        }
        return counts;
    }

    private static void expect(
            List<String> differences,
            String number,
            IssueStatus status,
            String process,
            Integer found,
            int least,
            int most) {
        int instances = found == null ? 0 : found;
        if (instances < least || instances > most) {
            differences.add(
                    "%s is %s and has %d live instances of %s".formatted(number, status.code(), instances, process));
        }
    }
}
