package org.manyi.inbox;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.manyi.org.Substitutes;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.ValidationException;
import org.springframework.stereotype.Component;

/** Who may do what with a task that he sees. */
@Component
class TaskRights {

    private final TaskHandlers handlers;
    private final Substitutes substitutes;
    private final CurrentUsers users;

    TaskRights(TaskHandlers handlers, Substitutes substitutes, CurrentUsers users) {
        this.handlers = handlers;
        this.substitutes = substitutes;
        this.users = users;
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

    /** For whom the person stands in today. */
    List<Substitutes.Standing> standings(CurrentUser user) {
        return substitutes.standingsOf(user.username());
    }

    /** Whether the task is in the hands of somebody on leave for whom one stands in, in a post that it is offered to. */
    boolean mayTakeOver(TaskRow task, Collection<String> candidates, Collection<Substitutes.Standing> standings) {
        return task.open()
                && task.assignee() != null
                && standings.stream()
                        .anyMatch(one -> one.absent().equals(task.assignee()) && candidates.contains(one.postKey()));
    }

    /**
     * Lets pass whom the case's rules let do the task. Who may do it as a substitute only, may do it where the one he stands in for
     * may: who is barred could otherwise choose who decides in his place.
     *
     * @throws ValidationException with field {@code username} when not
     */
    void checkAssignee(TaskRow task, Collection<String> candidates, CurrentUser user) {
        TaskHandler handler = handlers.of(task.process());
        handler.checkAssignee(task.ref(), user);
        boolean own = user.posts().stream().anyMatch(post -> !post.substitute() && candidates.contains(post.key()));
        List<String> absentees = own || !candidate(candidates, user)
                ? List.of()
                : standings(user).stream()
                        .filter(one -> candidates.contains(one.postKey()))
                        .map(Substitutes.Standing::absent)
                        .toList();
        if (!absentees.isEmpty()
                && absentees.stream().allMatch(absent -> refuses(handler, task, users.byUsername(absent)))) {
            throw ValidationException.of("username", "barred", "inbox.field.substituteBarred");
        }
    }

    private static boolean refuses(TaskHandler handler, TaskRow task, CurrentUser person) {
        try {
            handler.checkAssignee(task.ref(), person);
            return false;
        } catch (ValidationException e) {
            return true;
        }
    }

    /** Whether the case's rules bar the person from a task that his post is offered. */
    boolean barred(TaskRow task, Collection<String> candidates, CurrentUser user) {
        try {
            checkAssignee(task, candidates, user);
            return false;
        } catch (ValidationException e) {
            return true;
        }
    }

    /**
     * What the person may do now, in the contract's words.
     *
     * @param standings for whom he stands in; asked for tasks in others' hands only
     */
    List<String> actions(
            TaskRow task,
            Collection<String> candidates,
            CurrentUser user,
            Supplier<List<Substitutes.Standing>> standings) {
        List<String> actions = new ArrayList<>();
        if (mayComplete(task, candidates, user)) {
            actions.add(task.assignee() == null ? "claim" : "unclaim");
            actions.add("complete");
        } else if (task.assignee() != null
                && candidate(candidates, user)
                && mayTakeOver(task, candidates, standings.get())) {
            actions.add("claim");
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
