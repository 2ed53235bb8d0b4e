package org.manyi.inbox;

import java.time.Instant;
import org.manyi.security.CurrentUser;
import org.manyi.shared.ConflictException;
import org.manyi.shared.MovableClock;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** How a question ends, each in the caller's transaction, which has locked the case. */
@Component
class QuestionBook {

    private final QuestionRows rows;
    private final TaskItems items;
    private final MovableClock clock;
    private final ApplicationEventPublisher events;

    QuestionBook(QuestionRows rows, TaskItems items, MovableClock clock, ApplicationEventPublisher events) {
        this.rows = rows;
        this.items = items;
        this.clock = clock;
        this.events = events;
    }

    /**
     * Ends an open question and says so.
     *
     * @param answer null where nobody says anything
     * @param by null where it lapses by itself
     */
    void end(QuestionRows.Row question, TaskRow task, Question.State state, String answer, String by) {
        Instant now = clock.instant();
        rows.end(question, state, answer, by, now);
        events.publishEvent(new QuestionEnded(now, by, task.ref(), question.asker(), question.colleague(), state));
    }

    /**
     * Lets a task be completed of which no opinion is awaited, or whose holder gives up waiting.
     *
     * @param withdraw whether the person who completes it has said that the question is withdrawn
     * @throws ConflictException question-open when it is not
     */
    void beforeCompletion(TaskRow task, boolean withdraw, CurrentUser user) {
        rows.open(task.id()).ifPresent(question -> {
            if (!withdraw) {
                throw ConflictException.of(
                        ConflictException.Reason.QUESTION_OPEN,
                        items.person(question.colleague()).name());
            }
            end(question, task, Question.State.RECALLED, null, user.username());
        });
    }

    /** Nobody is asked about a task that has become his own. */
    void heldBy(TaskRow task, String username) {
        rows.open(task.id())
                .filter(question -> question.colleague().equals(username))
                .ifPresent(question -> end(question, task, Question.State.LAPSED, null, null));
    }
}
