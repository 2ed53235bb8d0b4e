package org.manyi.inbox;

import java.util.Map;
import java.util.Set;
import org.manyi.security.CurrentUser;

/**
 * What a room knows of the tasks of its processes. Called by the inbox inside the transaction that creates or completes a task.
 */
public interface TaskHandler {

    /** The key of the process it answers for; never null. */
    String process();

    /** The keys of all user tasks of the process; never null. */
    Set<String> taskKeys();

    /** To whom the task goes and by when; called when it arises. */
    TaskOffer offer(TaskRef task);

    /**
     * What the form shows when opened, by field key; fields that the schema does not know are ignored. Never null.
     */
    default Map<String, Object> formData(TaskRef task, CurrentUser user) {
        return Map.of();
    }

    /**
     * The values that a select or radio whose schema names {@code valuesKey} offers, by that key; never null.
     */
    default Map<String, java.util.List<Option>> options(TaskRef task, CurrentUser user) {
        return Map.of();
    }

    /**
     * Whether a person who holds a candidate post may take this task all the same: a verifier may not have rectified.
     *
     * @throws org.manyi.shared.ValidationException with field {@code username} when not
     */
    default void checkAssignee(TaskRef task, CurrentUser candidate) {}

    /** The posts, beyond the candidates, whose holders may hand this task over to somebody else; never null. */
    default Set<String> supervisorPosts(TaskRef task) {
        return Set.of();
    }

    /**
     * Posts that may be given this task on hand over although not offered it; {@code null} when only candidates may take it.
     */
    default java.util.function.Predicate<String> assignablePosts(TaskRef task) {
        return null;
    }

    /**
     * Checks what the schema cannot.
     *
     * @throws org.manyi.shared.ProblemException when it may not be completed so; nothing has been written
     */
    void check(TaskSubmission submission);

    /**
     * What many tasks of a key may be completed with at once, each after its case was looked at.
     *
     * @param values the fixed values of the fields by key, never null
     * @param remarkField the key of the field that takes an opinion common to all, null for none
     */
    record Bulk(Map<String, Object> values, String remarkField) {}

    /** How tasks of this key may be completed many at once; {@code null} where each is completed on its own. */
    default Bulk bulk(String taskKey) {
        return null;
    }

    /** Writes the case's rows and returns the routing variables for the engine; never null. */
    Map<String, Object> complete(TaskSubmission submission);

    /** The case's status in the contract, such as {@code rectifying}; never null. */
    String caseStatus(String caseNumber);

    /** What the task page shows of the case: a template fragment of ours and its model. */
    CaseView view(String caseNumber, CurrentUser user);

    /**
     * An offered value.
     *
     * @param value as submitted, never null
     * @param label as shown, never null
     */
    record Option(String value, String label) {}

    /**
     * A fragment that shows a case beside its form.
     *
     * @param fragment a constant such as {@code issue/case :: matter}, its name not that of an HTML element (a fragment's name
     *     selects those too); never null
     * @param model the fragment's parameter, never null
     */
    record CaseView(String fragment, Object model) {}
}
