package org.manyi.bench;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.runtime.Job;

/**
 * The daily reminders over 1,000,000 open tasks and 200,000 people: the process {@code deadline-reminders}, every job of it timed, then
 * once more on the same day; and the delivery of 10,000 of the mails to a mail server on the same machine. {@code -Dbench.tasks=100000}
 * makes it smaller, {@code -Dbench.jobs=50} stops after so many batches.
 */
public final class Reminders {

    private static final int TASKS = Integer.getInteger("bench.tasks", 1_000_000);
    private static final int MOST_JOBS = Integer.getInteger("bench.jobs", Integer.MAX_VALUE);
    private static final int MAILS = 10_000;
    private static final String PROCESS = "deadline-reminders";

    private Reminders() {}

    /** Runs it. */
    public static void main(String[] arguments) throws Exception {
        Report report = new Report("Reminders");
        try (BenchDatabase database = BenchDatabase.start()) {
            try (BenchApplication application = Population.demonstration(database, Map.of(), null)) {
                new Population(database, false).growTo(TASKS);
                // The demonstration has had its reminders already: those of the last three days are to be made up for.
                database.run(
                        "delete from mail where template = 'digest'",
                        "delete from notification_digest",
                        "delete from notification_run where run_date > current_date - 3");
                ManagementService jobs = application.get(ManagementService.class);
                report.line("");
                report.line("%s open tasks, %s accounts.".formatted(
                        database.value("select to_char(count(*), 'FM9,999,999') from inbox_task where state = 'open'"),
                        database.value("select to_char(count(*), 'FM999,999') from account")));
                report.head("run", "took, s", "planning, s", "batches", "a batch, ms: median", "p95", "longest", "mails in the outbox",
                        "people with more than one");
                run(report, "first", jobs, database);
                run(report, "second, the same day", jobs, database);
            }
            deliver(report, database);
        }
    }

    private static void run(Report report, String name, ManagementService jobs, BenchDatabase database) throws Exception {
        // The timer of the next morning, run now: what it starts plans for today.
        Job timer = jobs.createJobQuery().processDefinitionKey(PROCESS).timers().singleResult();
        long begun = System.nanoTime();
        jobs.executeJob(timer.getId());
        Times plan = new Times();
        Times batches = new Times();
        List<Job> next = next(jobs);
        while (!next.isEmpty() && batches.size() < MOST_JOBS) {
            String id = next.get(0).getId();
            (plan.size() == 0 ? plan : batches).time(() -> jobs.executeJob(id));
            next = next(jobs);
        }
        double took = (System.nanoTime() - begun) / 1e9;
        boolean batched = batches.size() > 0;
        report.row(
                name,
                took,
                plan.at(1) / 1000,
                batches.size(),
                batched ? batches.median() : "",
                batched ? batches.p95() : "",
                batched ? batches.at(1) : "",
                database.value("select count(*) from mail where unique_key like 'digest:%'"),
                database.value("select count(*) from (select 1 from mail where unique_key like 'digest:%' group by username"
                        + " having count(*) > 1) more"));
    }

    private static List<Job> next(ManagementService jobs) {
        return jobs.createJobQuery().processDefinitionKey(PROCESS).messages().listPage(0, 1);
    }

    private static void deliver(Report report, BenchDatabase database) throws Exception {
        database.run(
                "update mail set state = 'suppressed' where id not in (select id from mail where state = 'waiting' order by id"
                        + " fetch first " + MAILS + " rows only)",
                "vacuum (analyze) mail");
        long due = Long.parseLong(database.value("select count(*) from mail where state = 'waiting'"));
        GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        try (BenchApplication application = BenchApplication.start(
                database,
                Map.of(
                        "manyi.demo", "true",
                        "manyi.scheduling", "true",
                        "manyi.smtp.host", "127.0.0.1",
                        "manyi.smtp.port", String.valueOf(server.getSmtp().getPort())))) {
            long begun = System.nanoTime();
            String waiting = "select count(*) from mail where state in ('waiting', 'sending')";
            while (!"0".equals(database.value(waiting)) && System.nanoTime() - begun < 300e9) {
                Thread.sleep(200);
            }
            double took = (System.nanoTime() - begun) / 1e9;
            long left = Long.parseLong(database.value(waiting));
            report.head("mails due at once", "left after the run", "took, s", "a second", "the server has");
            report.row(due, left, took, (due - left) / took, server.getReceivedMessages().length);
        } finally {
            server.stop();
        }
    }
}
