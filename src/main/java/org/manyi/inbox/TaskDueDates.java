package org.manyi.inbox;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.manyi.calendar.Due;
import org.manyi.calendar.DueDates;
import org.manyi.engine.Processes;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The days of all open tasks but those whose room keeps the day itself. */
@Component
class TaskDueDates implements DueDates {

    private final TaskBook book;
    private final CaseAccessBook access;
    private final Processes processes;
    private final ObjectProvider<DueDates> rooms;
    private final JdbcClient jdbc;

    TaskDueDates(
            TaskBook book,
            CaseAccessBook access,
            Processes processes,
            ObjectProvider<DueDates> rooms,
            JdbcClient jdbc) {
        this.book = book;
        this.access = access;
        this.processes = processes;
        this.rooms = rooms;
        this.jdbc = jdbc;
    }

    @Override
    public String name() {
        return "task";
    }

    @Override
    @Transactional(readOnly = true)
    public List<OpenDate> open(LocalDate notBefore, String after, int most) {
        // Never empty: a list of nothing is no SQL.
        List<String> elsewhere = Stream.concat(Stream.of(""), rooms.stream().flatMap(room -> room.tasks().stream()))
                .toList();
        return jdbc
                .sql("select " + TaskRow.COLUMNS + """
                         from inbox_task t
                         where t.state = 'open' and t.due_date >= :notBefore and t.due_at is null and t.task_id > :after
                           and t.task_key not in (:elsewhere)
                         order by t.task_id limit :most
                        """)
                .param("notBefore", notBefore)
                .param("after", after)
                .param("elsewhere", elsewhere)
                .param("most", most)
                .query(TaskRow::read)
                .list()
                .stream()
                .map(TaskDueDates::date)
                .toList();
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<OpenDate> lock(String key) {
        return book.find(key).flatMap(seen -> {
            access.lock(seen.caseNumber());
            return book.lock(key)
                    .filter(task -> task.state() == TaskRow.State.OPEN)
                    .map(TaskDueDates::date);
        });
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void move(OpenDate date, Due to) {
        book.reschedule(date.key(), to);
        processes.offerTask(date.key(), List.of(), TaskRow.overdueFrom(to));
    }

    private static OpenDate date(TaskRow task) {
        return new OpenDate(task.id(), task.caseNumber(), task.due());
    }
}
