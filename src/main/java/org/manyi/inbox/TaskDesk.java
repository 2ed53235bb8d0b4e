package org.manyi.inbox;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.manyi.engine.Processes;
import org.manyi.org.Organisation;
import org.manyi.org.UnitType;
import org.manyi.security.Accounts;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.security.HeldPost;
import org.manyi.shared.ConflictException;
import org.manyi.shared.ForbiddenException;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.Texts;
import org.manyi.shared.ValidationException;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Taking, giving back and handing over, each in the caller's transaction. */
@Component
class TaskDesk {

    private final TaskBook book;
    private final TaskRights rights;
    private final TaskHandlers handlers;
    private final TaskItems items;
    private final TaskComments comments;
    private final QuestionBook questions;
    private final CaseAccessBook access;
    private final Processes processes;
    private final Organisation organisation;
    private final Accounts accounts;
    private final CurrentUsers users;
    private final MovableClock clock;
    private final ApplicationEventPublisher events;

    TaskDesk(
            TaskBook book,
            TaskRights rights,
            TaskHandlers handlers,
            TaskItems items,
            TaskComments comments,
            QuestionBook questions,
            CaseAccessBook access,
            Processes processes,
            Organisation organisation,
            Accounts accounts,
            CurrentUsers users,
            MovableClock clock,
            ApplicationEventPublisher events) {
        this.book = book;
        this.rights = rights;
        this.handlers = handlers;
        this.items = items;
        this.comments = comments;
        this.questions = questions;
        this.access = access;
        this.processes = processes;
        this.organisation = organisation;
        this.accounts = accounts;
        this.users = users;
        this.clock = clock;
        this.events = events;
    }

    /**
     * A task that the person sees, in whatever state.
     *
     * @throws NotFoundException when unknown or invisible
     */
    TaskRow require(String taskId, CurrentUser user) {
        TaskRow task =
                Optional.of(taskId).filter(Texts::storable).flatMap(book::find).orElseThrow(NotFoundException::new);
        access.require(user, task.caseNumber());
        return task;
    }

    /**
     * An open task that the person sees, with every other change of it and of its case waiting until the transaction ends.
     *
     * @throws ConflictException not-active when it is over
     */
    TaskRow lockOpen(String taskId, CurrentUser user) {
        TaskRow seen = require(taskId, user);
        // The case before the task, everywhere: a completion withdraws other tasks of its case, and would otherwise
        // wait for
        // somebody who waits for it.
        access.lock(seen.caseNumber());
        TaskRow task = book.lock(taskId).orElseThrow(NotFoundException::new);
        if (!task.open()) {
            throw ConflictException.of(ConflictException.Reason.NOT_ACTIVE);
        }
        return task;
    }

    /**
     * Lets pass who has the task or may take it.
     *
     * @throws ConflictException already-claimed when another candidate has it
     * @throws ForbiddenException when it is not offered to a post of the person
     */
    void requireOwn(TaskRow task, CurrentUser user) {
        if (!rights.candidate(book.candidates(task.id()), user)) {
            throw new ForbiddenException("inbox.problem.notCandidate");
        }
        if (task.assignee() != null && !task.assignee().equals(user.username())) {
            throw ConflictException.of(ConflictException.Reason.ALREADY_CLAIMED, name(task.assignee()));
        }
    }

    void claim(String taskId, CurrentUser user) {
        TaskRow task = lockOpen(taskId, user);
        List<String> candidates = book.candidates(taskId);
        boolean takesOver = task.assignee() != null && rights.mayTakeOver(task, candidates, rights.standings(user));
        if (!takesOver) {
            requireOwn(task, user);
        }
        rights.checkAssignee(task, candidates, user);
        if (takesOver) {
            give(task, user.username());
            comments.add(task.ref(), user.username(), user.username(), "", clock.instant());
            events.publishEvent(new TaskTakenOver(clock.instant(), user.username(), task.ref(), task.assignee()));
        } else if (task.assignee() == null) {
            give(task, user.username());
            events.publishEvent(new TaskClaimed(clock.instant(), user.username(), task.ref()));
        }
    }

    void unclaim(String taskId, CurrentUser user) {
        TaskRow task = lockOpen(taskId, user);
        if (!user.username().equals(task.assignee())) {
            throw new ForbiddenException("inbox.problem.notAssignee");
        }
        give(task, null);
        events.publishEvent(new TaskUnclaimed(clock.instant(), user.username(), task.ref()));
    }

    /** Gives a task back for somebody who may no longer do it; one that he may still do through another post stays his. */
    void release(TaskRow seen, String username, String actor) {
        access.lock(seen.caseNumber());
        TaskRow task = book.lock(seen.id()).orElseThrow(NotFoundException::new);
        boolean his = task.open() && username.equals(task.assignee());
        if (his && !rights.candidate(book.candidates(task.id()), users.byUsername(username))) {
            give(task, null);
            events.publishEvent(new TaskUnclaimed(clock.instant(), actor, task.ref()));
        }
    }

    void assign(String taskId, String username, String reason, CurrentUser user) {
        String remark = Remarks.checked("reason", reason, 2, 500);
        TaskRow task = lockOpen(taskId, user);
        List<String> candidates = book.candidates(taskId);
        if (!rights.mayAssign(task, candidates, user)) {
            throw new ForbiddenException("inbox.problem.mayNotAssign");
        }
        CurrentUser target = target(username);
        if (target.username().equals(task.assignee())) {
            throw ValidationException.of("username", "same", "inbox.field.sameAssignee");
        }
        if (!rights.candidate(candidates, target)) {
            offerTo(task, assignablePost(task, target));
        }
        if (!access.visible(target, task.caseNumber())) {
            throw notEligible();
        }
        rights.checkAssignee(task, book.candidates(taskId), target);
        give(task, target.username());
        comments.add(task.ref(), user.username(), target.username(), remark, clock.instant());
        events.publishEvent(new TaskAssigned(clock.instant(), user.username(), task.ref(), target.username()));
    }

    /** To whom the person may hand the task over, by name. */
    List<TaskItem.PersonRef> assignees(TaskRow task, CurrentUser user) {
        List<String> candidates = book.candidates(task.id());
        if (!rights.mayAssign(task, candidates, user)) {
            return List.of();
        }
        Set<String> posts = new LinkedHashSet<>(candidates);
        Predicate<String> assignable = handlers.of(task.process()).assignablePosts(task.ref());
        if (assignable != null) {
            postsBeyondSchools().filter(assignable).forEach(posts::add);
        }
        List<String> eligible = new ArrayList<>();
        for (String username : organisation.holders(posts)) {
            if (!username.equals(task.assignee())
                    && active(username)
                    && !rights.barred(task, posts, users.byUsername(username))) {
                eligible.add(username);
            }
        }
        return items.people(eligible).values().stream()
                .sorted(Comparator.comparing(TaskItem.PersonRef::name).thenComparing(TaskItem.PersonRef::username))
                .toList();
    }

    private void give(TaskRow task, String username) {
        book.assign(task.id(), username);
        processes.assignTask(task.id(), username);
        if (username != null) {
            questions.heldBy(task, username);
        }
    }

    private void offerTo(TaskRow task, String post) {
        book.insertCandidates(task, List.of(post));
        access.grant(task.caseNumber(), Set.of(), Set.of(post));
        processes.offerTask(task.id(), List.of(post), task.overdueFrom());
    }

    private CurrentUser target(String username) {
        if (username == null || username.isBlank()) {
            throw ValidationException.of("username", "required", "shared.field.required");
        }
        if (!Texts.storable(username) || !active(username.strip())) {
            throw ValidationException.of("username", "unknown", "shared.field.unknown");
        }
        return users.byUsername(username.strip());
    }

    private boolean active(String username) {
        return accounts.find(username).map(Accounts.Account::active).orElse(false);
    }

    private String assignablePost(TaskRow task, CurrentUser target) {
        Predicate<String> assignable = handlers.of(task.process()).assignablePosts(task.ref());
        return Optional.ofNullable(assignable).stream()
                .flatMap(may ->
                        target.posts().stream().map(HeldPost::key).filter(may).sorted())
                .findFirst()
                .orElseThrow(TaskDesk::notEligible);
    }

    /** A task goes to posts of the bureau's side only; a school's work is the school's. */
    private Stream<String> postsBeyondSchools() {
        return Stream.of(UnitType.BUREAU, UnitType.DEPARTMENT, UnitType.DISTRICT, UnitType.TEAM, UnitType.BODY)
                .flatMap(type -> organisation.units(type).stream())
                .flatMap(unit -> organisation.workPosts(unit.code()).stream())
                .distinct();
    }

    private String name(String username) {
        return items.person(username).name();
    }

    private static ValidationException notEligible() {
        return ValidationException.of("username", "notCandidate", "inbox.field.notEligible");
    }
}
