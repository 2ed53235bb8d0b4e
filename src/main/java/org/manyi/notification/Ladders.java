package org.manyi.notification;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.manyi.inbox.TaskHandler;
import org.manyi.security.Accounts;
import org.manyi.security.CurrentUser;
import org.manyi.security.Role;
import org.manyi.shared.ForbiddenException;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.ValidationException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The ladders of reminders, for the system administrator and the bureau's office. */
@Service
public class Ladders {

    private static final int FURTHEST = 30;
    private static final int MOST_RUNGS = 30;
    private static final int WINDOW = 30;
    private static final int MOST_NAMES = 20;
    private static final String OFFICE = "office";

    private final LadderBook book;
    private final LadderLines lines;
    private final Accounts accounts;
    private final ObjectProvider<TaskHandler> handlers;
    private final MovableClock clock;
    private final ApplicationEventPublisher events;

    Ladders(
            LadderBook book,
            LadderLines lines,
            Accounts accounts,
            ObjectProvider<TaskHandler> handlers,
            MovableClock clock,
            ApplicationEventPublisher events) {
        this.book = book;
        this.lines = lines;
        this.accounts = accounts;
        this.handlers = handlers;
        this.clock = clock;
        this.events = events;
    }

    /** Whether the person keeps the ladders. */
    public boolean open(CurrentUser user) {
        return user.is(Role.SYSADMIN) || user.unitCodes().contains(OFFICE);
    }

    /** The ladders that hold, the one for all first. */
    public List<Ladder> all(CurrentUser user) {
        require(user);
        return book.all().ladders();
    }

    /** The steps of each process by its key, to give ladders to; {@link Ladder#ANY} is not among them. */
    public Map<String, Set<String>> steps(CurrentUser user) {
        require(user);
        Map<String, Set<String>> steps = new TreeMap<>();
        handlers.forEach(handler ->
                steps.computeIfAbsent(handler.process(), it -> new TreeSet<>()).addAll(handler.taskKeys()));
        return steps;
    }

    /**
     * The ladder that holds for a step, be it its own or not.
     *
     * @throws NotFoundException when there is no such step
     */
    public Ladder of(String process, String taskKey, CurrentUser user) {
        require(user);
        requireStep(process, taskKey, user);
        return new Ladder(process, taskKey, book.all().of(process, taskKey).rungs());
    }

    /** Whether the step has a ladder of its own. */
    public boolean isOwn(String process, String taskKey) {
        return own(process, taskKey).isPresent();
    }

    /**
     * Whom a ladder speaks to.
     *
     * @param people how many
     * @param tasks of how many tasks
     * @param names of the first of them, in no order that matters
     * @param capped whether there are more than were counted
     */
    public record Preview(int people, int tasks, List<String> names, boolean capped) {}

    /** Whom a ladder would speak to today, going by the tasks that are open now. */
    public Preview today(Ladder ladder, CurrentUser user) {
        require(user);
        LocalDate today = clock.today();
        return preview(lines.told(ladder, today.minusDays(1), today));
    }

    /** Whom a ladder would have spoken to in the last 30 days, going by today's posts and the tasks that were open in that time. */
    public Preview lately(Ladder ladder, CurrentUser user) {
        require(user);
        LocalDate today = clock.today();
        return preview(lines.told(ladder, today.minusDays(WINDOW), today));
    }

    private Preview preview(List<LadderLines.Told> told) {
        Set<String> people =
                told.stream().map(LadderLines.Told::username).collect(Collectors.toCollection(TreeSet::new));
        Set<String> tasks = told.stream().map(LadderLines.Told::taskId).collect(Collectors.toSet());
        List<String> first = people.stream().limit(MOST_NAMES).toList();
        Map<String, String> names = accounts.names(first);
        return new Preview(
                people.size(),
                tasks.size(),
                first.stream().map(one -> names.getOrDefault(one, one)).toList(),
                told.size() == LadderLines.MOST_TOLD);
    }

    /**
     * Gives a step a ladder of its own, or changes it.
     *
     * @throws ValidationException with field {@code holder} when whoever has the task is never spoken to, or a rung is too far away
     * @throws NotFoundException when there is no such step
     */
    @Transactional
    public void put(Ladder ladder, CurrentUser user) {
        require(user);
        requireStep(ladder.process(), ladder.taskKey(), user);
        if (ladder.days(Ladder.Recipient.HOLDER).isEmpty()) {
            throw ValidationException.of("holder", "required", "notification.problem.holder");
        }
        if (ladder.rungs().size() > MOST_RUNGS
                || ladder.rungs().stream().anyMatch(rung -> Math.abs(rung.days()) > FURTHEST)) {
            throw ValidationException.of("holder", "range", "notification.problem.rungs", FURTHEST);
        }
        String before =
                own(ladder.process(), ladder.taskKey()).map(Ladders::text).orElse(null);
        if (!text(ladder).equals(before)) {
            book.put(ladder);
            changed(ladder.process(), ladder.taskKey(), before, text(ladder), user);
        }
    }

    /**
     * Takes a step's own ladder away, so that the wider one holds; not the one for all.
     *
     * @throws NotFoundException when it has none
     */
    @Transactional
    public void remove(String process, String taskKey, CurrentUser user) {
        require(user);
        Ladder before = own(process, taskKey).orElseThrow(NotFoundException::new);
        if (before.isForAll()) {
            throw new ForbiddenException("notification.problem.forAll");
        }
        book.remove(process, taskKey);
        changed(process, taskKey, text(before), null, user);
    }

    private Optional<Ladder> own(String process, String taskKey) {
        return book.all().ladders().stream()
                .filter(one -> one.process().equals(process) && one.taskKey().equals(taskKey))
                .findFirst();
    }

    private void changed(String process, String taskKey, String from, String to, CurrentUser user) {
        events.publishEvent(new LadderChanged(clock.instant(), user.username(), process + "/" + taskKey, from, to));
    }

    /** For the trail: {@code holder 1, holder 0, principal -1}. */
    private static String text(Ladder ladder) {
        return ladder.rungs().stream()
                .sorted(LadderBook.EARLIEST_FIRST)
                .map(rung -> rung.to().code() + " " + rung.days())
                .collect(Collectors.joining(", "));
    }

    private void requireStep(String process, String taskKey, CurrentUser user) {
        if (process.equals(Ladder.ANY) && taskKey.equals(Ladder.ANY)) {
            return;
        }
        Set<String> keys = steps(user).get(process);
        if (keys == null || !taskKey.equals(Ladder.ANY) && !keys.contains(taskKey)) {
            throw new NotFoundException();
        }
    }

    private void require(CurrentUser user) {
        if (!open(user)) {
            throw new NotFoundException();
        }
    }
}
