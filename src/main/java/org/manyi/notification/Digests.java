package org.manyi.notification;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
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
 * The daily reminders: one mail a person a day, of the tasks that a rung of their ladder speaks of today, of those in the person's charge that
 * are late, and of the news that the person wants to hear this way. What a standstill left out is made up for once, in its present state.
 */
@Service
public class Digests {

    private static final String INBOX = "/inbox";
    private static final String TASKS = "/tasks/";
    private static final int MOST_TASKS = 30;
    private static final Duration LONGEST_STANDSTILL = Duration.ofDays(30);

    private static final String HELD_TODAY =
            " (h.from_day is null or h.from_day <= :today) and (h.until_day is null or h.until_day > :today)";

    private static final String DUE_TODAY = """
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
             and h.substitute_for is not null and t.state = 'open' and t.due_date in (:days)
            union
            """;

    private final JdbcClient jdbc;
    private final Outbox outbox;
    private final Hearers hearers;
    private final Organisation organisation;
    private final LadderBook ladders;
    private final LadderLines lines;
    private final NoticeRows notices;
    private final Preferences preferences;
    private final WorkingDays workingDays;
    private final DateTexts dates;
    private final MovableClock clock;
    private final int batch;

    Digests(
            JdbcClient jdbc,
            Outbox outbox,
            Hearers hearers,
            Organisation organisation,
            LadderBook ladders,
            LadderLines lines,
            NoticeRows notices,
            Preferences preferences,
            WorkingDays workingDays,
            DateTexts dates,
            MovableClock clock,
            @Value("${manyi.notification.people-per-job:500}") int batch) {
        this.jdbc = jdbc;
        this.outbox = outbox;
        this.hearers = hearers;
        this.organisation = organisation;
        this.ladders = ladders;
        this.lines = lines;
        this.notices = notices;
        this.preferences = preferences;
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
        lines.plan(since, today);
        SortedSet<LocalDate> days = spokenOf(since, today);
        String due = days.isEmpty() ? "" : DUE_TODAY;
        String news = workingDays.isWorkingDay(today)
                ? " union select n.username from notification_notice n where n.channel = 'digest'"
                : "";
        JdbcClient.StatementSpec insert = jdbc.sql("insert into notification_digest (run_date, username, state)"
                        + " select :today, r.username, 'open' from ("
                        + due
                        + "select l.username from notification_line l where l.run_date = :today"
                        + news
                        + ") r")
                .param("today", today);
        (days.isEmpty() ? insert : insert.param("days", days)).update();
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
        Instant now = clock.instant();
        Instant midnight = day.plusDays(1).atStartOfDay(MovableClock.ZONE).toInstant();
        Map<String, String> schools = new HashMap<>();
        Map<String, Content> contents = new LinkedHashMap<>();
        tasksOf(people, day).forEach((username, tasks) -> contents.computeIfAbsent(username, it -> new Content())
                .mine
                .addAll(tasks));
        linesOf(people, day, contents);
        if (workingDays.isWorkingDay(clock.today())) {
            notices.waiting(people).forEach((username, news) -> contents.computeIfAbsent(username, it -> new Content())
                    .news
                    .addAll(news));
            notices.digested(people);
        }
        Map<String, QuietHours> quiet = preferences.quiet(contents.keySet());
        List<NewMail> mails = new ArrayList<>();
        contents.forEach((username, content) -> {
            // A duty is reminded of on a day off as well; only the hours are kept, as far as the day lasts.
            Instant goes = quiet.containsKey(username)
                    ? quiet.get(username).onThisDay().after(now, workingDays)
                    : now;
            mails.add(new NewMail(
                    "digest:" + day + ":" + username,
                    username,
                    "digest",
                    null,
                    null,
                    model(content, schools),
                    Duration.between(now, midnight),
                    goes.isAfter(now) && goes.isBefore(midnight) ? goes : null));
        });
        outbox.enqueue(mails);
    }

    /** What one person's mail says. */
    private static final class Content {
        private final List<Reminder> mine = new ArrayList<>();
        private final List<Reminder> charges = new ArrayList<>();
        private final List<Notices.Kept> news = new ArrayList<>();
        private int moreMine;
        private int moreCharges;
    }

    /** The due days that the ladder for all speaks of to who has the task. */
    private SortedSet<LocalDate> spokenOf(LocalDate since, LocalDate today) {
        return ReminderDays.dueDays(since, today, ladders.all().forAll().days(Ladder.Recipient.HOLDER), workingDays);
    }

    /** What the ladders say beyond that. */
    private void linesOf(List<String> people, LocalDate day, Map<String, Content> contents) {
        jdbc.sql("select r.username, r.part, r.total, k.restricted, k.restriction, " + TaskFacts.COLUMNS + """
                         from notification_line r
                        join inbox_task t on t.task_id = r.task_id
                        join inbox_case k on k.case_number = t.case_number
                        where r.run_date = :day and r.username in (:people) and t.state = 'open'
                        order by r.username, t.overdue_from, t.task_id
                        """)
                .param("day", day)
                .param("people", people)
                .query((row, n) -> {
                    Reminder reminder = reminder(row, n);
                    if (!reminder.restricted()
                            || hearers.maySee(
                                    reminder.username(), reminder.task().caseNumber())) {
                        Content content = contents.computeIfAbsent(reminder.username(), it -> new Content());
                        int more = Math.max(0, row.getInt("total") - MOST_TASKS);
                        if (row.getString("part").equals("mine")) {
                            content.mine.add(reminder);
                            content.moreMine = more;
                        } else {
                            content.charges.add(reminder);
                            content.moreCharges = more;
                        }
                    }
                    return reminder;
                })
                .list();
    }

    /** A person's task that is spoken of. */
    private record Reminder(String username, String process, Fact task, boolean restricted, boolean isProtected) {}

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
        SortedSet<LocalDate> days = spokenOf(since, day);
        if (days.isEmpty()) {
            return Map.of();
        }
        List<Reminder> due = jdbc.sql(
                        "select r.username, k.restricted, k.restriction, " + TaskFacts.COLUMNS + """
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
                .list();
        LadderBook.Shelf shelf = ladders.all();
        Set<String> ownDays = lines.ownDays(due.stream()
                .map(Reminder::task)
                .filter(task -> task.key().equals(LadderLines.WORK))
                .map(Fact::caseNumber)
                .collect(Collectors.toSet()));
        return due.stream()
                .filter(reminder ->
                        shelf.of(reminder.process(), reminder.task().key()).isForAll()
                                && !ownDays.contains(reminder.task().caseNumber()))
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
                rs.getString("process"),
                TaskFacts.read(rs, row),
                rs.getBoolean("restricted"),
                Restriction.valueOf(rs.getString("restriction")) == Restriction.PROTECTED);
    }

    /**
     * A line of news.
     *
     * @param number null of a protected matter, and so are title and school
     */
    record NewsLine(String words, String path, String taskKey, String number, String title, String school) {}

    private Map<String, Object> model(Content content, Map<String, String> schools) {
        Map<Standing, List<Line>> lines = new EnumMap<>(Standing.class);
        Set.of(Standing.OVERDUE, Standing.TODAY, Standing.SOON)
                .forEach(standing -> lines.put(standing, new ArrayList<>()));
        content.mine.stream().limit(MOST_TASKS).forEach(reminder -> lines.get(standing(reminder.task()))
                .add(line(reminder, schools)));
        Map<String, Object> model = new HashMap<>();
        model.put("overdue", lines.get(Standing.OVERDUE));
        model.put("today", lines.get(Standing.TODAY));
        model.put("soon", lines.get(Standing.SOON));
        model.put("count", content.mine.size() + content.moreMine);
        model.put("more", Math.max(0, content.mine.size() - MOST_TASKS) + content.moreMine);
        model.put(
                "charges",
                content.charges.stream()
                        .map(reminder -> line(reminder, schools))
                        .toList());
        model.put("chargeCount", content.charges.size() + content.moreCharges);
        model.put("moreCharges", content.moreCharges);
        model.put(
                "news",
                content.news.stream()
                        .limit(MOST_TASKS)
                        .map(kept -> newsLine(kept, schools))
                        .toList());
        model.put("newsCount", content.news.size());
        model.put("inbox", INBOX);
        return model;
    }

    private NewsLine newsLine(Notices.Kept kept, Map<String, String> schools) {
        boolean told = !kept.secret()
                && (kept.caseNumber() == null
                        || hearers.of(kept.caseNumber())
                                .allowed(Set.of(kept.username()))
                                .contains(kept.username()));
        return new NewsLine(
                kept.words(),
                kept.path(),
                kept.taskKey(),
                told ? kept.caseNumber() : null,
                told ? kept.title() : null,
                told && kept.schoolCode() != null
                        ? schools.computeIfAbsent(kept.schoolCode(), this::schoolName)
                        : null);
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
