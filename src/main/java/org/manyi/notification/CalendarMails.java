package org.manyi.notification;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.manyi.calendar.CalendarChange;
import org.manyi.calendar.CalendarChanges;
import org.manyi.calendar.CalendarEvent.DueDatesRecounted;
import org.manyi.calendar.DateTexts;
import org.manyi.calendar.DueDates;
import org.manyi.notification.Hearers.Audience;
import org.manyi.notification.TaskFacts.Fact;
import org.manyi.notification.Teller.Message;
import org.manyi.notification.Teller.Told;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tells those whose tasks are due later since the working calendar was changed: one mail a person and change, of all of them, once all are
 * counted. What is not begun yet says its day when it begins; a day that stayed is no news.
 */
@Component
class CalendarMails {

    private static final int MOST_TASKS = 30;

    /** The open tasks that bear a date which a change moved: the date's own, or those that its room names. */
    private static final String MOVED = """
             from calendar_moved m
            join inbox_task t on t.case_number = m.case_number and t.state = 'open' and t.due_date = m.to_day
             and (t.task_id = m.date_key or (m.room <> 'task' and t.task_key in (:kept)))
            """;

    private final JdbcClient jdbc;
    private final CalendarChanges changes;
    private final ObjectProvider<DueDates> rooms;
    private final Hearers hearers;
    private final Teller teller;
    private final DateTexts dates;

    CalendarMails(
            JdbcClient jdbc,
            CalendarChanges changes,
            ObjectProvider<DueDates> rooms,
            Hearers hearers,
            Teller teller,
            DateTexts dates) {
        this.jdbc = jdbc;
        this.changes = changes;
        this.rooms = rooms;
        this.hearers = hearers;
        this.teller = teller;
        this.dates = dates;
    }

    private record Moved(Fact task, String assignee, LocalDate from) {}

    /** A task as the mail shows it. */
    record Line(String path, String taskKey, String number, String title, SpokenDue from, SpokenDue to) {}

    @EventListener
    void on(DueDatesRecounted news) {
        CalendarChange change = changes.find(Long.parseLong(news.caseNumber()));
        // Never empty: a list of nothing is no SQL.
        List<String> kept = Stream.concat(Stream.of(""), rooms.stream().flatMap(room -> room.tasks().stream()))
                .toList();
        Map<String, List<String>> posts = postsByTask(change.id(), kept);
        Map<String, List<Moved>> byPerson = new TreeMap<>();
        for (Moved moved : moved(change.id(), kept)) {
            for (String person : people(moved, posts.getOrDefault(moved.task().id(), List.of()))) {
                byPerson.computeIfAbsent(person, it -> new ArrayList<>()).add(moved);
            }
        }
        byPerson.forEach((person, moved) -> teller.tell(message(change, moved), Set.of(person)));
    }

    private List<Moved> moved(long change, Collection<String> kept) {
        return jdbc.sql("select m.from_day, " + TaskFacts.COLUMNS + MOVED
                        + " where m.change_id = :change order by t.due_date, t.task_id")
                .param("kept", kept)
                .param("change", change)
                .query((row, n) -> new Moved(
                        TaskFacts.read(row, n), row.getString("assignee"), row.getObject("from_day", LocalDate.class)))
                .list();
    }

    private Map<String, List<String>> postsByTask(long change, Collection<String> kept) {
        return jdbc
                .sql("select t.task_id, c.post_key" + MOVED
                        + " join inbox_candidate c on c.task_id = t.task_id where m.change_id = :change")
                .param("kept", kept)
                .param("change", change)
                .query((row, n) -> Map.entry(row.getString("task_id"), row.getString("post_key")))
                .list()
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    private Set<String> people(Moved moved, List<String> posts) {
        Audience audience = hearers.of(moved.task().caseNumber());
        if (audience.isProtected()) {
            return Set.of();
        }
        return moved.assignee() == null ? audience.holders(posts) : audience.allowed(Set.of(moved.assignee()));
    }

    private Message message(CalendarChange change, List<Moved> moved) {
        Map<String, Object> model = new HashMap<>();
        model.put("year", String.valueOf(change.year()));
        model.put(
                "day",
                change.day() == null ? null : SpokenDue.ofDay(change.day().date(), dates));
        model.put("off", change.day() == null ? null : change.day().off());
        model.put("reason", change.day() == null ? null : change.day().name());
        model.put("count", moved.size());
        model.put("more", Math.max(0, moved.size() - MOST_TASKS));
        model.put("lines", moved.stream().limit(MOST_TASKS).map(this::line).toList());
        String key = "calendarDates:" + change.id();
        if (moved.size() > 1) {
            Told told = new Told("calendarDates", null, null, null, null, null, null, "/inbox", false);
            return new Message(key, NewsKind.DATES, "calendar-dates", model, false, told);
        }
        Fact task = moved.get(0).task();
        // Of one task alone: void once that is done.
        Told told = new Told(
                "calendarDates",
                task.caseNumber(),
                task.id(),
                task.key(),
                task.title(),
                task.schoolCode(),
                null,
                path(task),
                false);
        return new Message(key, NewsKind.DATES, "calendar-dates", model, false, told);
    }

    private Line line(Moved moved) {
        Fact task = moved.task();
        return new Line(
                path(task),
                task.key(),
                task.caseNumber(),
                task.title(),
                SpokenDue.ofDay(moved.from(), dates),
                SpokenDue.of(task.due(), dates));
    }

    private static String path(Fact task) {
        return "/tasks/" + task.id();
    }
}
