package org.manyi.rehearsal;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.manyi.audit.AuditBooks;
import org.manyi.engine.EngineJobs;
import org.manyi.evidence.EvidenceBooks;
import org.manyi.inbox.InboxBooks;
import org.manyi.issue.IssueStatus;
import org.manyi.rehearsal.Books.Invariant;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What must always hold, whatever happened; each asked of the database as a whole, never case by case. */
@Configuration(proxyBeanMethods = false)
class Invariants {

    private static final String RESTORE =
            "restore a backup elsewhere and compare; what follows from a crash is a fault of Manyi, report it";

    private static final List<String> FINAL = Arrays.stream(IssueStatus.values())
            .filter(IssueStatus::isFinal)
            .map(IssueStatus::code)
            .toList();

    /** The live root instances of the processes of cases. */
    private static final String LIVE = """
            select d.key_ as process, e.business_key_ as number, count(*) as n
              from act_ru_execution e join act_re_procdef d on d.id_ = e.proc_def_id_
             where e.parent_id_ is null and e.super_exec_ is null
               and d.key_ in ('issue-rectification', 'recurrence-check', 'protected-matter')
             group by d.key_, e.business_key_
            """;

    /** The live instances that run beside a case's own process. */
    private static final String LIVE_BESIDE = """
            select d.key_ as process, e.business_key_ as number, e.id_
              from act_ru_execution e join act_re_procdef d on d.id_ = e.proc_def_id_
             where e.parent_id_ is null and e.super_exec_ is null and d.key_ in ('shelving', 'co-handling')
            """;

    /** The live root instances of the processes of years. */
    private static final String LIVE_YEARS = """
            select d.key_ as process, e.business_key_ as number, count(*) as n
              from act_ru_execution e join act_re_procdef d on d.id_ = e.proc_def_id_
             where e.parent_id_ is null and e.super_exec_ is null and (d.key_ = 'annual-campaign' or d.key_ like 'school-%')
             group by d.key_, e.business_key_
            """;

    private record Checked(String name, String promise, String remedy, Consumer<Consumer<String>> comparison)
            implements Invariant {

        @Override
        public void compare(Consumer<String> difference) {
            comparison.accept(difference);
        }
    }

    @Bean
    @Order(1)
    Invariant numbersWithoutGaps(JdbcClient jdbc) {
        return new Checked("I1", "issue numbers run from 1 without gap or double", RESTORE, found -> {
            jdbc.sql("select number from issue where number not like '____-WT-_____%' order by number")
                    .query(row -> {
                        found.accept("issue %s: no number of ours".formatted(row.getString(1)));
                    });
            jdbc.sql("""
                            select series, n, before from (
                                select series, n, lag(last_n, 1, 0) over (partition by series order by n) as before from (
                                    select substring(number from 1 for 4) as series, cast(substring(number from 9) as bigint) as n,
                                           cast(substring(number from 9) as bigint) as last_n
                                      from issue where number like '____-WT-_____%'
                                    union all
                                    select substring(series from 7), next_n, last_n from issue_number_block) numbers) followed
                            where n <> before + 1 order by series, n
                            """).query(row -> {
                found.accept("%s: from %d to %d without what is between"
                        .formatted(row.getString("series"), row.getInt("before"), row.getInt("n")));
            });
            jdbc.sql("""
                            select series, max(counted) as counted, max(used) as used from (
                                select series, n as counted, 0 as used from counter where series like 'issue-%'
                                union all
                                select 'issue-' || substring(number from 1 for 4), 0, cast(substring(number from 9) as integer)
                                  from issue where number like '____-WT-_____%'
                                union all
                                select series, 0, last_n from issue_number_block) both_sides
                            group by series having max(counted) <> max(used) order by series
                            """).query(row -> {
                found.accept("%s: the counter says %d, the last number is %d"
                        .formatted(row.getString("series"), row.getLong("counted"), row.getLong("used")));
            });
        });
    }

    @Bean
    @Order(2)
    Invariant answersKept(JdbcClient jdbc) {
        return new Checked("I1", "what a repeated request is answered with is there", RESTORE, found -> jdbc.sql("""
                        select k.id, k.username, k.location from idempotency_key k
                        where k.status is not null and (
                            k.location like '/api/v1/issues/____-WT-%' and not exists (
                                select 1 from issue i where i.number = substring(k.location from 16))
                            or k.location like '/issues/____-WT-%' and not exists (
                                select 1 from issue i where i.number = substring(k.location from 9)))
                        order by k.id
                        """)
                .query(row -> {
                    found.accept("request %d of %s: answered with %s, which is not there"
                            .formatted(row.getLong("id"), row.getString("username"), row.getString("location")));
                }));
    }

    @Bean
    @Order(3)
    Invariant yearsAndInstances(JdbcClient jdbc) {
        return new Checked(
                "I2",
                "every year has its live process until it is closed, every school's open part its own, every piece of work its task",
                RESTORE,
                found -> {
                    jdbc.sql("""
                                    select c.id, c.state, coalesce(l.n, 0) as n from campaign c
                                        left join (%s) l on l.number = c.id and l.process = 'annual-campaign'
                                    where coalesce(l.n, 0) <> case when c.state = 'closed' then 0 else 1 end order by c.id
                                    """.formatted(LIVE_YEARS)).query(row -> {
                        found.accept("%s is %s and has %d live instances"
                                .formatted(row.getString("id"), row.getString("state"), row.getLong("n")));
                    });
                    jdbc.sql("""
                                    select p.campaign_id, p.phase_id, p.school_code, p.state, coalesce(l.n, 0) as n from campaign_part p
                                        left join (%s) l on l.process like 'school-%%'
                                            and l.number = p.campaign_id || '.' || p.phase_id || '.' || p.school_code
                                    where coalesce(l.n, 0) <> case when p.state = 'open' then 1 else 0 end
                                    order by p.campaign_id, p.phase_id, p.school_code
                                    """.formatted(LIVE_YEARS)).query(row -> {
                        found.accept("%s.%s.%s is %s and has %d live instances"
                                .formatted(
                                        row.getString("campaign_id"),
                                        row.getString("phase_id"),
                                        row.getString("school_code"),
                                        row.getString("state"),
                                        row.getLong("n")));
                    });
                    jdbc.sql("""
                                    select w.number, w.state, count(t.task_id) as n from campaign_work w
                                        left join inbox_task t on t.case_number = w.number and t.state = 'open'
                                            and t.task_key <> 'decideLaterDate'
                                    group by w.number, w.state
                                    having count(t.task_id) <> case when w.state in ('planned', 'done', 'withdrawn') then 0 else 1 end
                                    order by w.number
                                    """).query(row -> {
                        found.accept("%s is %s and has %d open tasks"
                                .formatted(row.getString("number"), row.getString("state"), row.getLong("n")));
                    });
                    jdbc.sql("""
                                    select w.number, count(distinct l.place) as asked, count(distinct t.task_id) as n from campaign_work w
                                        left join campaign_later_date l on l.number = w.number and l.state = 'asked'
                                        left join inbox_task t on t.case_number = w.number and t.state = 'open'
                                            and t.task_key = 'decideLaterDate'
                                    group by w.number having count(distinct l.place) <> count(distinct t.task_id) order by w.number
                                    """).query(row -> {
                        found.accept("%s has %d later days to be decided and %d tasks for it"
                                .formatted(row.getString("number"), row.getLong("asked"), row.getLong("n")));
                    });
                });
    }

    @Bean
    @Order(3)
    Invariant meetingTasksAndInstances(JdbcClient jdbc) {
        return new Checked(
                "I2",
                "what a meeting gave to do has its live process and one open task until it is done",
                RESTORE,
                found -> jdbc.sql("""
                                select m.number, m.state, coalesce(l.n, 0) as n, coalesce(t.n, 0) as tasks from register_task m
                                    left join (
                                        select e.business_key_ as number, count(*) as n from act_ru_execution e
                                            join act_re_procdef d on d.id_ = e.proc_def_id_
                                            where e.parent_id_ is null and e.super_exec_ is null and d.key_ = 'meeting-task'
                                            group by e.business_key_) l on l.number = m.number
                                    left join (
                                        select case_number, count(*) as n from inbox_task where state = 'open'
                                            group by case_number) t on t.case_number = m.number
                                where coalesce(l.n, 0) <> case when m.state = 'done' then 0 else 1 end
                                    or coalesce(t.n, 0) <> case when m.state = 'done' then 0 else 1 end
                                order by m.number
                                """).query(row -> {
                    found.accept("%s is %s and has %d live instances and %d open tasks"
                            .formatted(
                                    row.getString("number"),
                                    row.getString("state"),
                                    row.getLong("n"),
                                    row.getLong("tasks")));
                }));
    }

    @Bean
    @Order(3)
    Invariant casesAndInstances(JdbcClient jdbc) {
        return new Checked(
                "I2",
                "every open case has its one live process, every closed case none but its recurrence check",
                RESTORE,
                found -> {
                    jdbc.sql("""
                                    select i.number, i.status, p.process, coalesce(l.n, 0) as n from issue i
                                    cross join (values ('issue-rectification'), ('recurrence-check'), ('protected-matter')) as p (process)
                                    left join (
                                    """ + LIVE + """
                                    ) l on l.process = p.process and l.number = i.number
                                    where coalesce(l.n, 0) not between
                                        case when p.process = 'issue-rectification' and i.status not in (:final) then 1 else 0 end
                                        and case
                                            when p.process = 'issue-rectification' and i.status not in (:final) then 1
                                            when p.process = 'recurrence-check' and i.status = 'closed' then 1
                                            when p.process = 'protected-matter' and i.status = 'protected' then 1
                                            else 0 end
                                    order by i.number, p.process
                                    """).param("final", FINAL).query(row -> {
                        found.accept("%s is %s and has %d live instances of %s"
                                .formatted(
                                        row.getString("number"),
                                        row.getString("status"),
                                        row.getLong("n"),
                                        row.getString("process")));
                    });
                    jdbc.sql("""
                                    select i.number, i.status, count(e.id_) as n from issue i
                                    left join (
                                    """ + LIVE_BESIDE + """
                                    ) e on e.process = 'shelving' and e.number = i.number
                                    group by i.number, i.status
                                    having count(e.id_) <> case when i.status in ('shelvingReview', 'shelved') then 1 else 0 end
                                    order by i.number
                                    """).query(row -> {
                        found.accept("%s is %s and has %d live instances of shelving"
                                .formatted(row.getString("number"), row.getString("status"), row.getLong("n")));
                    });
                    jdbc.sql("""
                                    select both_sides.number, sum(asked) as asked, sum(live) as live from (
                                        select c.number, 1 as asked, 0 as live from issue_co_handling c where c.state = 'open'
                                        union all
                                        select e.number, 0, 1 from (
                                    """ + LIVE_BESIDE + """
                                        ) e where e.process = 'co-handling') both_sides
                                    group by both_sides.number having sum(asked) <> sum(live) order by both_sides.number
                                    """).query(row -> {
                        found.accept("%s: %d units asked to help, %d live instances of co-handling"
                                .formatted(row.getString("number"), row.getLong("asked"), row.getLong("live")));
                    });
                    jdbc.sql("select l.number, l.process from (" + LIVE + """
                                    ) l where l.number is null or not exists (select 1 from issue i where i.number = l.number)
                                    order by l.number
                                    """).query(row -> {
                        found.accept("%s: a live %s without a case"
                                .formatted(row.getString("number"), row.getString("process")));
                    });
                    jdbc.sql("""
                                    select i.number from issue i
                                    where not exists (select 1 from inbox_case c where c.case_number = i.number) order by i.number
                                    """).query(row -> {
                        found.accept("%s: nothing says who may see it".formatted(row.getString("number")));
                    });
                });
    }

    @Bean
    @Order(4)
    Invariant inboxAndEngine(InboxBooks inbox) {
        return new Checked(
                "I2",
                "the inbox holds exactly the engine's open tasks",
                "run `repair-inbox` in place of `check`, then check again",
                found -> inbox.differences().forEach(found));
    }

    @Bean
    @Order(5)
    Invariant mailsOnce(JdbcClient jdbc) {
        return new Checked(
                "I3",
                "no mail is written twice",
                "the keys forbid it, so one is missing: stop Manyi before both go out and compare the tables with a backup's",
                found -> {
                    jdbc.sql("select unique_key, count(*) as n from mail group by unique_key having count(*) > 1")
                            .query(row -> {
                                found.accept("mail %s: %d times".formatted(row.getString(1), row.getLong(2)));
                            });
                    jdbc.sql("select message_id, count(*) as n from mail group by message_id having count(*) > 1")
                            .query(row -> {
                                found.accept("Message-ID %s: %d mails".formatted(row.getString(1), row.getLong(2)));
                            });
                    jdbc.sql("""
                                    select id from mail where sent_at is not null and state not in ('sent', 'uncertain')
                                        or sent_at is null and state = 'sent' order by id
                                    """).query(row -> {
                        found.accept(
                                "mail %d: its state and its time of sending do not agree".formatted(row.getLong(1)));
                    });
                });
    }

    @Bean
    @Order(6)
    Invariant filesAndRows(EvidenceBooks evidence) {
        return new Checked(
                "I4",
                "every stored file has its bytes, unchanged, and no bytes lie about",
                "take a lost or damaged file from a backup; bytes without a row are swept by a running Manyi within the hour",
                evidence::compare);
    }

    @Bean
    @Order(7)
    Invariant historyAndTrail(JdbcClient jdbc) {
        return new Checked("I5", "every change of state stands once in the audit trail", RESTORE, found -> {
            jdbc.sql("""
                            select number, event, sum(done) as done, sum(noted) as noted from (
                                select number, event, 1 as done, 0 as noted from issue_history
                                union all
                                select object_key, event, 0, 1 from audit_entry
                                 where object_type = 'issue' and event in (select event from issue_history)) steps
                            group by number, event having sum(done) <> sum(noted) order by number, event
                            """).query(row -> {
                found.accept("%s %s: %d in the history, %d in the trail"
                        .formatted(
                                row.getString("number"),
                                row.getString("event"),
                                row.getLong("done"),
                                row.getLong("noted")));
            });
            jdbc.sql("""
                            select case_number, sum(done) as done, sum(noted) as noted from (
                                select case_number, 1 as done, 0 as noted from inbox_task where state = 'done'
                                union all
                                select object_key, 0, 1 from audit_entry where object_type = 'task' and event = 'TaskCompleted') steps
                            group by case_number having sum(done) <> sum(noted) order by case_number
                            """).query(row -> {
                found.accept("%s: %d tasks done, %d in the trail"
                        .formatted(row.getString("case_number"), row.getLong("done"), row.getLong("noted")));
            });
            jdbc.sql("""
                            select id, sum(noted) as noted from (
                                select cast(id as varchar(200)) as id, 1 as kept, 0 as noted from attachment
                                union all
                                select object_key, 0, 1 from audit_entry where object_type = 'attachment' and event = 'EvidenceStored') files
                            group by id having sum(kept) = 1 and sum(noted) <> 1 order by id
                            """).query(row -> {
                found.accept(
                        "attachment %s: %d times in the trail".formatted(row.getString("id"), row.getLong("noted")));
            });
        });
    }

    @Bean
    @Order(8)
    Invariant trailAsSealed(AuditBooks trail) {
        return new Checked(
                "I5",
                "the audit trail is as it was sealed",
                "somebody has changed the database behind Manyi: keep it as it is, compare it with a backup, tell the auditor",
                found -> trail.compare(done -> {}, difference -> found.accept(difference.toString())));
    }

    @Bean
    @Order(9)
    Invariant deadJobsShown(JdbcClient jdbc, EngineJobs jobs) {
        return new Checked(
                "I6",
                "every dead job is shown to the administrator, and no lock has run out",
                "a running Manyi takes such jobs over within a minute; if it does not, restart it",
                found -> {
                    long dead = jdbc.sql("select count(*) from act_ru_job where retries_ = 0")
                            .query(Long.class)
                            .single();
                    int shown = dead == 0 ? 0 : jobs.dead().size();
                    if (dead != shown) {
                        found.accept("%d dead jobs, %d shown".formatted(dead, shown));
                    }
                    jobs.expiredLocks()
                            .forEach(id ->
                                    found.accept("job %s: its lock ran out more than two minutes ago".formatted(id)));
                });
    }
}
