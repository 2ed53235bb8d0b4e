package org.manyi.inbox;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.manyi.engine.EngineTaskCreated;
import org.manyi.engine.EngineTaskEnded;
import org.manyi.engine.Processes;
import org.manyi.org.Organisation;
import org.manyi.org.Unit;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.MovableClock;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Writes the read model in the engine's own transaction, so that it is never behind. */
@Component
class TaskArrivals {

    /** Who gets what nobody else would: a task without a holder would be lost. */
    static final String FALLBACK_POST = "dept:office:head";

    private static final int SEARCH_LENGTH = 500;

    private final TaskBook book;
    private final TaskHandlers handlers;
    private final TaskRights rights;
    private final CaseAccessBook access;
    private final Processes processes;
    private final Organisation organisation;
    private final CurrentUsers users;
    private final MovableClock clock;
    private final ApplicationEventPublisher events;

    TaskArrivals(
            TaskBook book,
            TaskHandlers handlers,
            TaskRights rights,
            CaseAccessBook access,
            Processes processes,
            Organisation organisation,
            CurrentUsers users,
            MovableClock clock,
            ApplicationEventPublisher events) {
        this.book = book;
        this.handlers = handlers;
        this.rights = rights;
        this.access = access;
        this.processes = processes;
        this.organisation = organisation;
        this.users = users;
        this.clock = clock;
        this.events = events;
    }

    @EventListener
    void on(EngineTaskCreated news) {
        arrive(new TaskRef(news.taskId(), news.taskKey(), news.processKey(), news.businessKey()));
    }

    @EventListener
    void on(EngineTaskEnded news) {
        book.end(
                news.taskId(),
                news.completed() ? TaskRow.State.DONE : TaskRow.State.WITHDRAWN,
                null,
                clock.instant(),
                null);
    }

    /** Puts a task that the engine has into the inbox. */
    void arrive(TaskRef ref) {
        TaskOffer offer = handlers.of(ref.process()).offer(ref);
        Set<String> holders = organisation.holders(offer.posts());
        List<String> posts = posts(offer, holders);
        access.grant(ref.caseNumber(), Set.of(), posts);
        Instant now = clock.instant();
        TaskRow waiting = new TaskRow(
                ref.id(),
                ref.key(),
                ref.process(),
                ref.caseNumber(),
                offer.title(),
                offer.schoolCode(),
                districtOf(offer.schoolCode()),
                null,
                offer.urgency(),
                offer.round(),
                offer.due(),
                TaskRow.overdueFrom(offer.due()),
                now,
                1,
                TaskRow.State.OPEN,
                null,
                null);
        String assignee = onlyPerson(waiting, posts, holders);
        TaskRow task = assignee == null ? waiting : waiting.assignedTo(assignee);
        book.insert(task, search(task));
        book.insertCandidates(task, posts);
        processes.offerTask(ref.id(), posts, task.overdueFrom());
        if (assignee != null) {
            processes.assignTask(ref.id(), assignee);
        }
        events.publishEvent(new TaskOffered(
                ref,
                posts,
                assignee,
                offer.title(),
                offer.schoolCode(),
                offer.due(),
                offer.urgency(),
                offer.round(),
                now));
    }

    /** Finds the task's school anew. */
    void locate(TaskRow task) {
        book.locate(task.id(), districtOf(task.schoolCode()), search(task));
    }

    private static List<String> posts(TaskOffer offer, Set<String> holders) {
        Set<String> posts = new LinkedHashSet<>(offer.posts());
        if (holders.isEmpty()) {
            posts.add(FALLBACK_POST);
        }
        return List.copyOf(posts);
    }

    /** Somebody who holds all of several candidate posts has the task at once: she is not asked to hand it to herself. */
    private String onlyPerson(TaskRow task, List<String> posts, Set<String> holders) {
        if (posts.size() < 2 || holders.size() != 1) {
            return null;
        }
        CurrentUser person = users.byUsername(holders.iterator().next());
        boolean holdsAll = posts.stream().allMatch(person::holds);
        return holdsAll && access.visible(person, task.caseNumber()) && !rights.barred(task, posts, person)
                ? person.username()
                : null;
    }

    private String districtOf(String schoolCode) {
        return schoolCode == null
                ? null
                : organisation.districtOf(schoolCode).map(Unit::code).orElse(null);
    }

    private String search(TaskRow task) {
        Stream<String> school = task.schoolCode() == null
                ? Stream.empty()
                : organisation.find(task.schoolCode()).stream()
                        .flatMap(unit -> Stream.of(unit.name(), unit.shortName(), unit.code()));
        String text = Stream.concat(Stream.of(task.caseNumber(), task.title()), school)
                .collect(Collectors.joining("\n"))
                .toLowerCase(Locale.ROOT);
        return text.length() <= SEARCH_LENGTH ? text : text.substring(0, SEARCH_LENGTH);
    }
}
