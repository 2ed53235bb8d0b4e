package org.manyi.inbox;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.manyi.security.CurrentUser;
import org.manyi.shared.ValidationException;
import org.springframework.stereotype.Component;

/** Who may do what with a task that he sees. */
@Component
class TaskRights {

    private final TaskHandlers handlers;

    TaskRights(TaskHandlers handlers) {
        this.handlers = handlers;
    }

    /** Whether the task is offered to a post of the person. */
    boolean candidate(Collection<String> candidates, CurrentUser user) {
        return user.posts().stream().anyMatch(post -> candidates.contains(post.key()));
    }

    /** Whether the person has the task; a post given up takes the right along, for tasks follow the post. */
    boolean holds(TaskRow task, Collection<String> candidates, CurrentUser user) {
        return user.username().equals(task.assignee()) && candidate(candidates, user);
    }

    /** Whether the person could complete the task now, claiming it where nobody has it. */
    boolean mayComplete(TaskRow task, Collection<String> candidates, CurrentUser user) {
        return task.open()
                && candidate(candidates, user)
                && (task.assignee() == null || user.username().equals(task.assignee()));
    }

    /** Whether the person may hand the task over. */
    boolean mayAssign(TaskRow task, Collection<String> candidates, CurrentUser user) {
        return task.open() && (candidate(candidates, user) || supervises(task, user));
    }

    /** Whether the person has, had or oversees the task, and so may read what its form holds. */
    boolean takesPart(TaskRow task, Collection<String> candidates, CurrentUser user) {
        return candidate(candidates, user)
                || user.username().equals(task.doneBy())
                || user.holds(CaseAccessBook.CHAIR)
                || supervises(task, user);
    }

    /** Whether the case's rules bar the person from a task that his post is offered. */
    boolean barred(TaskRow task, CurrentUser user) {
        try {
            handlers.of(task.process()).checkAssignee(task.ref(), user);
            return false;
        } catch (ValidationException e) {
            return true;
        }
    }

    /** What the person may do now, in the contract's words. */
    List<String> actions(TaskRow task, Collection<String> candidates, CurrentUser user) {
        List<String> actions = new ArrayList<>();
        if (mayComplete(task, candidates, user)) {
            actions.add(task.assignee() == null ? "claim" : "unclaim");
            actions.add("complete");
        }
        if (mayAssign(task, candidates, user)) {
            actions.add("assign");
        }
        return List.copyOf(actions);
    }

    private boolean supervises(TaskRow task, CurrentUser user) {
        return handlers.of(task.process()).supervisorPosts(task.ref()).stream().anyMatch(user::holds);
    }
}
