package org.manyi.notification;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.manyi.calendar.DateTexts;
import org.manyi.calendar.DateTexts.Standing;
import org.manyi.calendar.WorkingDays;
import org.manyi.inbox.CaseAccess.Restriction;
import org.manyi.mail.Outbox;
import org.manyi.mail.Outbox.NewMail;
import org.manyi.notification.TaskFacts.Fact;
import org.manyi.org.Organisation;
import org.manyi.org.Unit;
import org.manyi.shared.MovableClock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The daily reminders: one mail a person a day, of the tasks that are due on the next working day, today, or were due on the working day
 * before. What a standstill left out is made up for once, in its present state.
 */
@Service
public class Digests {

    private static final String INBOX = "/inbox";
    private static final String TASKS = "/tasks/";
    private static final int MOST_TASKS = 30;
    private static final Duration LONGEST_STANDSTILL = Duration.ofDays(30);

    private static final String HELD_TODAY =
            " (h.from_day is null or h.from_day <= :today) and (h.until_day is null or h.until_day > :today)";

    private final JdbcClient jdbc;
    private final Outbox outbox;
    private final Hearers hearers;
    private final Organisation organisation;
    private final WorkingDays workingDays;
    private final DateTexts dates;
    private final MovableClock clock;
    private final int batch;

    Digests(
            JdbcClient jdbc,
            Outbox outbox,
            Hearers hearers,
            Organisation organisation,
            WorkingDays workingDays,
            DateTexts dates,
            MovableClock clock,
            @Value("${manyi.notification.people-per-job:500}") int batch) {
        this.jdbc = jdbc;
        this.outbox = outbox;
        this.hearers = hearers;
        this.organisation = organisation;
        this.workingDays = workingDays;
        this.dates = dates;
        this.clock = clock;
        this.batch = batch;
    }

    /**
     * Works out who hears what today; on a day that was planned before it adds nothing.
     *
     * @return the day it was planned for
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public LocalDate plan() {
        LocalDate today = clock.today();
        LocalDate before = jdbc.sql("select max(run_date) from notification_run")
                .query(LocalDate.class)
                .optional()
                .orElse(today.minusDays(1));
        if (!before.isBefore(today)) {
            return today;
        }
        LocalDate earliest = today.minusDays(LONGEST_STANDSTILL.toDays());
        LocalDate since = before.isBefore(earliest) ? earliest : before;
        jdbc.sql("insert into notification_run (run_date, since_date, planned_at) values (:today, :since, :now)")
                .param("today", today)
                .param("since", since)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        jdbc.sql("""
                        insert into notification_digest (run_date, username, state)
                        select :today, r.username, 'open' from (
                            select t.assignee as username from inbox_task t
                            where t.state = 'open' and t.assignee is not null and t.due_date in (:days)
                            union
                            select h.username from inbox_task t
                            join inbox_candidate c on c.task_id = t.task_id
                            join org_holding h on h.post_key = c.post_key and
                        """ + HELD_TODAY + """
                             where t.state = 'open' and t.assignee is null and t.due_date in (:days)
                            union
                            select h.username from org_holding h
                            join inbox_task t on t.assignee = h.substitute_for
                            join inbox_candidate c on c.task_id = t.task_id and c.post_key = h.post_key
                            where
                        """ + HELD_TODAY + """
                             and h.substitute_for is not null and t.state = 'open' and t.due_date in (:days)) r
                        """)
                .param("today", today)
                .param("days", ReminderDays.dueDays(since, today, workingDays))
                .update();
        return today;
    }

    /**
     * Writes the mails of the next batch of people.
     *
     * @param day as {@link #plan} answered
     * @return whether people are left
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean writeBatch(LocalDate day) {
        List<String> people = jdbc.sql("""
                        select username from notification_digest where run_date = :day and state = 'open'
                        order by username fetch first :n rows only
                        """)
                .param("day", day)
                .param("n", batch)
                .query(String.class)
                .list();
        if (people.isEmpty()) {
            return false;
        }
        write(day, people);
        jdbc.sql("update notification_digest set state = 'written' where run_date = :day and username in (:people)")
                .param("day", day)
                .param("people", people)
                .update();
        return people.size() == batch;
    }

    private void write(LocalDate day, List<String> people) {
        Duration worth = Duration.between(
                clock.instant(), day.plusDays(1).atStartOfDay(MovableClock.ZONE).toInstant());
        Map<String, String> schools = new HashMap<>();
        List<NewMail> mails = new ArrayList<>();
        tasksOf(people, day)
                .forEach((username, tasks) -> mails.add(new NewMail(
                        "digest:" + day + ":" + username,
                        username,
                        "digest",
                        null,
                        null,
                        model(tasks, schools),
                        worth)));
        outbox.enqueue(mails);
    }

    /** A person's task that is spoken of. */
    private record Reminder(String username, Fact task, boolean restricted, boolean isProtected) {}

    /**
     * A line of the mail.
     *
     * @param number null of a protected matter, and so are title and school
     */
    record Line(String path, String taskKey, String number, String title, String school, SpokenDue due) {}

    private Map<String, List<Reminder>> tasksOf(List<String> people, LocalDate day) {
        LocalDate since = jdbc.sql("select since_date from notification_run where run_date = :day")
                .param("day", day)
                .query(LocalDate.class)
                .single();
        SortedSet<LocalDate> days = ReminderDays.dueDays(since, day, workingDays);
        return jdbc
                .sql("select r.username, k.restricted, k.restriction, " + TaskFacts.COLUMNS + """
                                 from (
                                    select t.task_id, t.assignee as username from inbox_task t
                                    where t.assignee in (:people) and t.state = 'open' and t.due_date in (:days)
                                      and t.overdue_from >= :from and t.overdue_from < :until
                                    union
                                    select t.task_id, h.username from org_holding h
                                    join inbox_candidate c on c.post_key = h.post_key and c.waiting = true
                                      and c.overdue_from >= :from and c.overdue_from < :until
                                    join inbox_task t on t.task_id = c.task_id
                                    where h.username in (:people) and
                                """ + HELD_TODAY + """
                                     and t.assignee is null and t.state = 'open' and t.due_date in (:days)
                                    union
                                    select t.task_id, h.username from org_holding h
                                    join inbox_task t on t.assignee = h.substitute_for
                                    join inbox_candidate c on c.task_id = t.task_id and c.post_key = h.post_key
                                    where h.username in (:people) and h.substitute_for is not null and
                                """
                        + HELD_TODAY + """
                                     and t.state = 'open' and t.due_date in (:days)
                                      and t.overdue_from >= :from and t.overdue_from < :until) r
                                join inbox_task t on t.task_id = r.task_id
                                join inbox_case k on k.case_number = t.case_number
                                order by r.username, t.overdue_from, t.task_id
                                """)
                .param("people", people)
                .param("today", clock.today())
                .param("days", days)
                // What is due on these days is overdue from some time within; the indexes are in that order.
                .param("from", startOf(days.first()))
                .param("until", startOf(days.last().plusDays(2)))
                .query(Digests::reminder)
                .list()
                .stream()
                .filter(reminder -> !reminder.restricted()
                        || hearers.maySee(reminder.username(), reminder.task().caseNumber()))
                .collect(Collectors.groupingBy(Reminder::username, LinkedHashMap::new, Collectors.toList()));
    }

    private static OffsetDateTime startOf(LocalDate day) {
        return day.atStartOfDay(MovableClock.ZONE).toOffsetDateTime();
    }

    private static Reminder reminder(ResultSet rs, int row) throws SQLException {
        return new Reminder(
                rs.getString("username"),
                TaskFacts.read(rs, row),
                rs.getBoolean("restricted"),
                Restriction.valueOf(rs.getString("restriction")) == Restriction.PROTECTED);
    }

    private Map<String, Object> model(List<Reminder> reminders, Map<String, String> schools) {
        Map<Standing, List<Line>> lines = new EnumMap<>(Standing.class);
        Set.of(Standing.OVERDUE, Standing.TODAY, Standing.SOON)
                .forEach(standing -> lines.put(standing, new ArrayList<>()));
        reminders.stream().limit(MOST_TASKS).forEach(reminder -> lines.get(standing(reminder.task()))
                .add(line(reminder, schools)));
        Map<String, Object> model = new HashMap<>();
        model.put("overdue", lines.get(Standing.OVERDUE));
        model.put("today", lines.get(Standing.TODAY));
        model.put("soon", lines.get(Standing.SOON));
        model.put("count", reminders.size());
        model.put("more", Math.max(0, reminders.size() - MOST_TASKS));
        model.put("inbox", INBOX);
        return model;
    }

    private Standing standing(Fact task) {
        Standing standing = dates.standing(task.due().day(), task.due().at());
        return standing == Standing.LATER ? Standing.SOON : standing;
    }

    private Line line(Reminder reminder, Map<String, String> schools) {
        Fact task = reminder.task();
        boolean told = !reminder.isProtected();
        return new Line(
                TASKS + task.id(),
                task.key(),
                told ? task.caseNumber() : null,
                told ? task.title() : null,
                told && task.schoolCode() != null ? schools.computeIfAbsent(task.schoolCode(), this::schoolName) : null,
                SpokenDue.of(task.due(), dates));
    }

    private String schoolName(String code) {
        return organisation.find(code).map(Unit::shortName).orElse(code);
    }
}
