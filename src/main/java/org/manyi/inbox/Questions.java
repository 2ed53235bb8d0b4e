package org.manyi.inbox;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.security.SecurityEvent;
import org.manyi.shared.ConflictException;
import org.manyi.shared.ForbiddenException;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.ValidationException;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Asking a colleague for an opinion on a task. The task stays with who has it, its due day, reminders and supervision too; whoever has it by
 * then gets the opinion. Every method answers {@link NotFoundException} for a task that the person may not see.
 */
@Service
public class Questions {

    private static final int LONGEST_QUESTION = 1000;
    private static final int LONGEST_ANSWER = 2000;

    private final QuestionRows rows;
    private final QuestionBook book;
    private final TaskBook tasks;
    private final TaskDesk desk;
    private final TaskRights rights;
    private final TaskItems items;
    private final CasePeople people;
    private final CaseAccessBook access;
    private final Races races;
    private final CurrentUsers users;
    private final MovableClock clock;
    private final ApplicationEventPublisher events;

    Questions(
            QuestionRows rows,
            QuestionBook book,
            TaskBook tasks,
            TaskDesk desk,
            TaskRights rights,
            TaskItems items,
            CasePeople people,
            CaseAccessBook access,
            Races races,
            CurrentUsers users,
            MovableClock clock,
            ApplicationEventPublisher events) {
        this.rows = rows;
        this.book = book;
        this.tasks = tasks;
        this.desk = desk;
        this.rights = rights;
        this.items = items;
        this.people = people;
        this.access = access;
        this.races = races;
        this.users = users;
        this.clock = clock;
        this.events = events;
    }

    /**
     * Whom the person may ask about a task or mention in a remark on it: those of his own units and those who have a part in the case, of
     * these who may see it; by name.
     */
    @Transactional(readOnly = true)
    public List<Colleague> colleagues(String taskId, CurrentUser user) {
        return people.of(desk.require(taskId, user), user);
    }

    /** All questions that were asked about a task, the oldest first. */
    @Transactional(readOnly = true)
    public List<Question> of(String taskId, CurrentUser user) {
        TaskRow task = desk.require(taskId, user);
        return shown(rows.of(task.caseNumber()).stream()
                .filter(row -> row.taskId().equals(task.id()))
                .toList());
    }

    /**
     * The open questions of tasks, by the task's id.
     *
     * @param taskIds tasks that the person was shown, never null
     */
    @Transactional(readOnly = true)
    public Map<String, Question> openOf(Collection<String> taskIds) {
        Map<String, Question> open = new HashMap<>();
        shown(rows.openOf(taskIds)).forEach(question -> open.put(question.taskId(), question));
        return open;
    }

    /**
     * Asks a colleague.
     *
     * @param username one of {@link #colleagues}
     * @param question 2 to 1000 characters
     * @throws ForbiddenException when the person does not have the task
     * @throws ConflictException not-active when it is over, question-open when somebody is asked about it already
     * @throws ValidationException with field {@code username} or {@code question}
     */
    public Question ask(String taskId, String username, String question, CurrentUser user) {
        return races.settle(taskId, () -> {
            TaskRow task = lockOwn(taskId, user);
            String text = Remarks.checked("question", question, 2, LONGEST_QUESTION);
            rows.open(taskId).ifPresent(open -> {
                throw new ConflictException(
                        ConflictException.Reason.QUESTION_OPEN,
                        "inbox.problem.alreadyAsked",
                        items.person(open.colleague()).name());
            });
            if (username == null || username.isBlank()) {
                throw ValidationException.of("username", "required", "shared.field.required");
            }
            String colleague = people.of(task, user).stream()
                    .map(Colleague::username)
                    .filter(username.strip()::equals)
                    .findFirst()
                    .orElseThrow(() -> ValidationException.of("username", "notColleague", "inbox.field.notColleague"));
            rows.insert(task, user.username(), colleague, text, clock.instant());
            events.publishEvent(new QuestionAsked(clock.instant(), user.username(), task.ref(), colleague));
            return latest(taskId, user);
        });
    }

    /**
     * Answers the question to oneself, or says why not.
     *
     * @param outcome {@link Question.State#ANSWERED} or {@link Question.State#DECLINED}; others and null are refused
     * @param text the opinion, or the reason; 2 to 2000 characters
     * @throws ForbiddenException when it is somebody else who was asked
     * @throws ConflictException not-active when the task is over or nobody is asked any more
     * @throws ValidationException with field {@code outcome} or {@code text}
     */
    public Question answer(String taskId, Question.State outcome, String text, CurrentUser user) {
        return races.settle(taskId, () -> {
            TaskRow task = desk.lockOpen(taskId, user);
            if (outcome != Question.State.ANSWERED && outcome != Question.State.DECLINED) {
                throw ValidationException.of("outcome", "choice", "shared.field.choice");
            }
            String said = Remarks.checked("text", text, 2, LONGEST_ANSWER);
            QuestionRows.Row question = open(taskId);
            if (!question.colleague().equals(user.username())) {
                throw new ForbiddenException("inbox.problem.notAsked");
            }
            book.end(question, task, outcome, said, user.username());
            return latest(taskId, user);
        });
    }

    /**
     * Takes back the open question of a task.
     *
     * @throws ForbiddenException when the person does not have the task
     * @throws ConflictException not-active when the task is over or nobody is asked any more
     */
    public Question recall(String taskId, CurrentUser user) {
        return races.settle(taskId, () -> {
            TaskRow task = lockOwn(taskId, user);
            book.end(open(taskId), task, Question.State.RECALLED, null, user.username());
            return latest(taskId, user);
        });
    }

    /** Lets lapse the questions to somebody about cases that he may no longer see. */
    void releaseUnseen(String username) {
        List<QuestionRows.Row> asked = rows.openTo(username);
        if (asked.isEmpty()) {
            return;
        }
        CurrentUser colleague = users.byUsername(username);
        release(asked.stream()
                .filter(question -> !access.visible(colleague, question.caseNumber()))
                .toList());
    }

    /** A closed account answers nothing any more. */
    @EventListener
    void on(SecurityEvent news) {
        if (news.kind() == SecurityEvent.Kind.ACCOUNT_DEACTIVATED) {
            release(rows.openTo(news.account()));
        }
    }

    private void release(List<QuestionRows.Row> questions) {
        for (QuestionRows.Row seen : questions) {
            access.lock(seen.caseNumber());
            rows.open(seen.taskId())
                    .filter(question -> question.id() == seen.id())
                    .ifPresent(question -> book.end(
                            question, tasks.find(question.taskId()).orElseThrow(), Question.State.LAPSED, null, null));
        }
    }

    private TaskRow lockOwn(String taskId, CurrentUser user) {
        TaskRow task = desk.lockOpen(taskId, user);
        if (!rights.holds(task, tasks.candidates(taskId), user)) {
            throw new ForbiddenException("inbox.problem.notHolder");
        }
        return task;
    }

    private QuestionRows.Row open(String taskId) {
        return rows.open(taskId)
                .orElseThrow(
                        () -> new ConflictException(ConflictException.Reason.NOT_ACTIVE, "inbox.problem.noQuestion"));
    }

    private Question latest(String taskId, CurrentUser user) {
        List<Question> all = of(taskId, user);
        return all.get(all.size() - 1);
    }

    private List<Question> shown(List<QuestionRows.Row> found) {
        Set<String> usernames = new LinkedHashSet<>();
        for (QuestionRows.Row row : found) {
            usernames.add(row.asker());
            usernames.add(row.colleague());
            if (row.endedBy() != null) {
                usernames.add(row.endedBy());
            }
        }
        Map<String, TaskItem.PersonRef> names = items.people(usernames);
        List<Question> questions = new ArrayList<>();
        for (QuestionRows.Row row : found) {
            questions.add(new Question(
                    row.taskId(),
                    names.get(row.asker()),
                    names.get(row.colleague()),
                    row.question(),
                    TaskRow.at(row.askedAt()),
                    row.state().code(),
                    row.answer(),
                    row.endedBy() == null ? null : names.get(row.endedBy()),
                    TaskRow.at(row.endedAt())));
        }
        return questions;
    }
}
