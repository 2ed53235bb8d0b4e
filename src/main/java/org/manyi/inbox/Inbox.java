package org.manyi.inbox;

import java.io.InputStream;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.manyi.calendar.Due;
import org.manyi.engine.Processes;
import org.manyi.evidence.Attachment;
import org.manyi.evidence.StoredFile;
import org.manyi.security.CurrentUser;
import org.manyi.shared.Count;
import org.manyi.shared.Slice;

/**
 * The inbox: lists, claim, hand over and the one gate through which tasks are completed. Every method answers
 * {@link org.manyi.shared.NotFoundException} for a task that the person may not see.
 */
public interface Inbox {

    /** A page of tasks. */
    default Slice<TaskItem> list(TaskQuery query, CurrentUser user) {
        return list(query, user, null);
    }

    /**
     * A page of tasks that have been counted before.
     *
     * @param counted what {@link #counts} said of the view under the same filters, null to count them now
     */
    Slice<TaskItem> list(TaskQuery query, CurrentUser user, Count counted);

    /** How many tasks each view holds under a query's filters, whatever view the query names; capped. */
    Map<TaskQuery.View, Count> counts(TaskQuery query, CurrentUser user);

    /** How many tasks the query's view holds under its filters; capped. */
    Count count(TaskQuery query, CurrentUser user);

    /** How many tasks are the person's own, capped. */
    Count countMine(CurrentUser user);

    /** The keys of the processes whose tasks come here, to filter by. */
    List<String> processes();

    /** The schools that the person's tasks may be about, to filter by; empty when there are too many to choose from. */
    List<TaskItem.UnitRef> schools(CurrentUser user);

    /** One task, open or done. */
    TaskItem find(String taskId, CurrentUser user);

    /** One task with all that its page shows. */
    TaskDetail detail(String taskId, CurrentUser user);

    /** The open tasks of a case that the person may see, soonest due first. */
    List<TaskItem> tasksOf(String caseNumber, CurrentUser user);

    /**
     * The form of a task.
     *
     * @param version the task's version, to be sent back on completion
     * @param schema the form-js schema in the current language, never null
     * @param data what the form shows when opened, never null
     * @param draft what the person typed before and did not submit, by field key; null for nothing
     * @param draftNote when that was and which files it names; null without a draft
     */
    record TaskForm(
            int version,
            Map<String, Object> schema,
            Map<String, Object> data,
            Map<String, Object> draft,
            DraftNote draftNote) {}

    /**
     * About a draft.
     *
     * @param at when it was kept
     * @param version the task's version when it was typed; another than the form's means that the task has changed since
     * @param files those that the draft names and that are there
     */
    record DraftNote(OffsetDateTime at, int version, List<StoredFile> files) {}

    /**
     * Keeps what somebody has typed into the form of an open task, in place of what was kept before; it goes when the task ends.
     *
     * @param version the task's version as the form was opened
     * @param values by field key; keys that the form does not have are left out
     * @return when it was kept
     * @throws org.manyi.shared.ValidationException when it is longer than 100,000 characters of JSON
     * @throws org.manyi.shared.ConflictException not-active when the task is over
     * @throws org.manyi.shared.ForbiddenException when the person has no part in it
     */
    OffsetDateTime keepDraft(String taskId, int version, Map<String, Object> values, CurrentUser user);

    /** Forgets what the person has typed into the form of a task; nothing happens where nothing was kept. */
    void dropDraft(String taskId, CurrentUser user);

    /**
     * The form of an open task.
     *
     * @throws org.manyi.shared.ConflictException not-active when it is over
     * @throws org.manyi.shared.ForbiddenException when the person sees the task but has no part in it
     */
    TaskForm form(String taskId, CurrentUser user);

    /**
     * Takes a task.
     *
     * @throws org.manyi.shared.ConflictException already-claimed by somebody else, not-active
     * @throws org.manyi.shared.ForbiddenException when it is not offered to a post of the person
     */
    TaskItem claim(String taskId, CurrentUser user);

    /** Gives a task back to its posts. */
    TaskItem unclaim(String taskId, CurrentUser user);

    /**
     * Hands a task over.
     *
     * @param username who shall have it: a holder of a candidate post whom the case's rules allow, else a
     *     {@link org.manyi.shared.ValidationException}
     * @param reason 2 to 500 characters, kept in the history
     */
    TaskItem assign(String taskId, String username, String reason, CurrentUser user);

    /**
     * What came of a completion.
     *
     * @param caseStatus the case's status afterwards
     * @param nextTasks the case's open tasks that the person may see
     */
    record Completed(String caseNumber, String caseStatus, List<TaskItem> nextTasks) {}

    /**
     * The completion gate, one transaction: lock the row, version, right, schema, {@link TaskHandler#check},
     * {@link TaskHandler#complete}, engine.
     *
     * @param version the version the form was opened with
     * @param values by field key as sent; fields that the schema does not know are ignored
     * @param withdrawQuestion whether a colleague who was asked for his opinion and has not answered need not answer any more
     * @throws org.manyi.shared.ConflictException stale-version, already-claimed, not-active, or question-open where somebody is asked and the
     *     question is not withdrawn; nothing was changed
     * @throws org.manyi.shared.ValidationException per field
     */
    Completed complete(
            String taskId, int version, Map<String, Object> values, boolean withdrawQuestion, CurrentUser user);

    /** The same where no question is to be withdrawn. */
    default Completed complete(String taskId, int version, Map<String, Object> values, CurrentUser user) {
        return complete(taskId, version, values, false, user);
    }

    /**
     * Completes the open task of this key because its matter was settled at another door of its room, which has checked the person's
     * right and written the case's rows; called in the transaction that settles it.
     *
     * @param variables the routing variables for the engine, never null
     * @throws org.manyi.shared.ConflictException not-active when there is no such task
     */
    void settle(String caseNumber, String taskKey, Map<String, Object> variables, CurrentUser user);

    /**
     * A remark on a task, seen by all who see the case.
     *
     * @param text 1 to 2000 characters; what follows an {@code @} in it tells nobody
     * @param mentions the usernames of whom it tells besides those whom every remark tells, at most 20; null for none
     * @throws org.manyi.shared.ValidationException with field {@code text}, or {@code mentions} where one of them may not see the case
     */
    TaskComment comment(String taskId, String text, Collection<String> mentions, CurrentUser user);

    /** A remark that mentions nobody. */
    TaskComment comment(String taskId, String text, CurrentUser user);

    /** The remarks on all tasks of a case and the reasons of its hand overs, oldest first. */
    List<TaskComment> comments(String caseNumber, CurrentUser user);

    /**
     * Stores a file with a task, for a field of its form.
     *
     * @param name as sent by the client
     * @param bytes read once
     * @throws org.manyi.shared.ForbiddenException when the person may not complete the task
     * @throws org.manyi.shared.ConflictException not-active when it is over
     * @throws org.manyi.shared.ProblemException as {@link org.manyi.evidence.EvidenceStore#store} does
     */
    Attachment attach(String taskId, String name, InputStream bytes, CurrentUser user);

    /** To whom the person may hand the task over, by name; empty when it is not his right. */
    List<TaskItem.PersonRef> assignees(String taskId, CurrentUser user);

    /** The diagrams of a case, as {@link Processes#diagrams} gives them. */
    List<Processes.LiveDiagram> diagrams(String caseNumber, CurrentUser user);

    /** Gives the open task of this key another due date, as a granted extension does; called in the transaction that grants it. */
    void reschedule(String caseNumber, String taskKey, Due due);

    /** Gives the open tasks of a case another urgency; called in the transaction that decides it. */
    void press(String caseNumber, Urgency urgency);
}
