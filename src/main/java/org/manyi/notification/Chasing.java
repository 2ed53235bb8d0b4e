package org.manyi.notification;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.manyi.inbox.CaseAccess;
import org.manyi.inbox.Inbox;
import org.manyi.inbox.TaskItem;
import org.manyi.inbox.TaskRef;
import org.manyi.notification.CaseMails.News;
import org.manyi.notification.Hearers.Audience;
import org.manyi.notification.TaskFacts.Fact;
import org.manyi.security.CurrentUser;
import org.manyi.security.Role;
import org.manyi.shared.ConflictException;
import org.manyi.shared.ConflictException.Reason;
import org.manyi.shared.ForbiddenException;
import org.manyi.shared.MovableClock;
import org.manyi.shared.ValidationException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Pressing for a task (催办): with one click, by who oversees it, and not too often. */
@Service
public class Chasing {

    private static final Set<Role> OVERSEERS =
            EnumSet.of(Role.CHAIR, Role.DEPUTY, Role.LEADER, Role.DEPARTMENT, Role.DISTRICT);

    private final JdbcClient jdbc;
    private final Inbox inbox;
    private final CaseAccess access;
    private final CaseMails mails;
    private final Hearers hearers;
    private final TaskFacts facts;
    private final MovableClock clock;
    private final ApplicationEventPublisher events;
    private final int aDay;

    Chasing(
            JdbcClient jdbc,
            Inbox inbox,
            CaseAccess access,
            CaseMails mails,
            Hearers hearers,
            TaskFacts facts,
            MovableClock clock,
            ApplicationEventPublisher events,
            @Value("${manyi.notification.chases-a-day:3}") int aDay) {
        this.jdbc = jdbc;
        this.inbox = inbox;
        this.access = access;
        this.mails = mails;
        this.hearers = hearers;
        this.facts = facts;
        this.clock = clock;
        this.events = events;
        this.aDay = aDay;
    }

    /** The words that may go along. */
    public enum Word {
        /** Please get on with it. */
        SOON,
        /** It is late; please finish today. */
        LATE,
        /** Please say how it stands. */
        REPLY,
        /** Please call me. */
        CALL;

        /** The name in the database, in forms and message keys; never null. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        private static Word of(String code) {
            for (Word word : values()) {
                if (word.code().equals(code)) {
                    return word;
                }
            }
            throw ValidationException.of("word", "unknown", "notification.problem.word");
        }
    }

    /**
     * Somebody pressed.
     *
     * @param actor the username, never null
     * @param name as shown, never null
     * @param word a {@link Word}'s code, null for none
     * @param people how many were told
     * @param at business time, never null
     */
    public record Chase(String actor, String name, String word, int people, Instant at) {}

    /**
     * Presses for an open task.
     *
     * @param word a {@link Word}'s code; null or empty for none
     * @throws org.manyi.shared.NotFoundException when the person does not see the task
     * @throws ForbiddenException when it is the person's own, or not his to oversee
     * @throws ConflictException not-active when it is over, nobody has it, or it was pressed for often enough today
     * @throws ValidationException with field {@code word} when it is not of the list
     */
    @Transactional
    public Chase chase(String taskId, String word, CurrentUser user) {
        TaskItem task = inbox.find(taskId, user);
        if (!oversees(task, user)) {
            throw new ForbiddenException("notification.problem.chase");
        }
        Word said = word == null || word.isBlank() ? null : Word.of(word);
        // Two at once follow each other, so that neither exceeds what a day allows.
        access.lock(task.caseNumber());
        Fact fact = facts.find(taskId).orElseThrow();
        if (inbox.find(taskId, user).doneAt() != null) {
            throw ConflictException.of(Reason.NOT_ACTIVE);
        }
        refusal(taskId, user).ifPresent(key -> {
            throw new ConflictException(Reason.NOT_ACTIVE, key, aDay);
        });
        Audience audience = hearers.of(task.caseNumber());
        Collection<String> people = task.assignee() == null
                ? audience.holders(task.candidatePosts())
                : audience.allowed(Set.of(task.assignee().username()));
        if (people.isEmpty()) {
            throw new ConflictException(Reason.NOT_ACTIVE, "notification.problem.nobody");
        }
        Instant now = clock.instant();
        jdbc.sql("""
                        insert into notification_chase (task_id, case_number, actor, word, people, chased_on, chased_at)
                        values (:task, :case, :actor, :word, :people, :today, :now)
                        """)
                .param("task", taskId)
                .param("case", task.caseNumber())
                .param("actor", user.username())
                .param("word", said == null ? null : said.code())
                .param("people", people.size())
                .param("today", clock.today())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
        tell(fact, user, said, people);
        events.publishEvent(new TaskChased(
                now,
                user.username(),
                new TaskRef(taskId, task.key(), task.process(), task.caseNumber()),
                said == null ? null : said.code(),
                people.size()));
        return new Chase(user.username(), user.name(), said == null ? null : said.code(), people.size(), now);
    }

    /** Who pressed for a task the person sees, the latest first. */
    public List<Chase> chases(String taskId, CurrentUser user) {
        inbox.find(taskId, user);
        return jdbc.sql("""
                        select c.actor, coalesce(a.name, c.actor) as name, c.word, c.people, c.chased_at from notification_chase c
                        left join account a on a.username = c.actor where c.task_id = :task order by c.id desc
                        """)
                .param("task", taskId)
                .query((row, n) -> new Chase(
                        row.getString("actor"),
                        row.getString("name"),
                        row.getString("word"),
                        row.getInt("people"),
                        row.getTimestamp("chased_at").toInstant()))
                .list();
    }

    /** Whether the task is the person's to press for: seen, open, and not offered to one of his posts. */
    public boolean oversees(TaskItem task, CurrentUser user) {
        boolean his = task.assignee() != null && task.assignee().username().equals(user.username())
                || task.candidatePosts().stream().anyMatch(user::holds);
        return !his && OVERSEERS.stream().anyMatch(user::is);
    }

    /** Why the task may not be pressed for any more today, as a message key; empty when it may. */
    public Optional<String> refusal(String taskId, CurrentUser user) {
        LocalDate today = clock.today();
        List<String> actors = jdbc.sql(
                        "select actor from notification_chase where task_id = :task and chased_on = :today")
                .param("task", taskId)
                .param("today", today)
                .query(String.class)
                .list();
        if (actors.contains(user.username())) {
            return Optional.of("notification.problem.chasedToday");
        }
        return actors.size() >= aDay ? Optional.of("notification.problem.chasedEnough") : Optional.empty();
    }

    /** How often a task may be pressed for in a day. */
    public int aDay() {
        return aDay;
    }

    private void tell(Fact task, CurrentUser user, Word word, Collection<String> people) {
        String key = "chased:" + task.id() + ":" + clock.today() + ":" + user.username();
        String path = "/tasks/" + task.id();
        if (hearers.of(task.caseNumber()).isProtected()) {
            mails.tellOfProtectedMatter(key, NewsKind.CHASE, task.caseNumber(), task.id(), path, task.due(), people);
            return;
        }
        mails.tell(
                new News(
                        key,
                        NewsKind.CHASE,
                        "chased",
                        task.caseNumber(),
                        task.key(),
                        task.id(),
                        task.title(),
                        task.schoolCode(),
                        task.due(),
                        task.round(),
                        word == null ? null : "chased." + word.code(),
                        true,
                        task.critical(),
                        path),
                people);
    }
}
