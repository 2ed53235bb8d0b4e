package org.manyi.rehearsal;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.manyi.calendar.WorkingDays;
import org.manyi.campaign.FanOut;
import org.manyi.campaign.Plan;
import org.manyi.campaign.PlanDays;
import org.manyi.campaign.PlannedDay;
import org.manyi.shared.MovableClock;

/**
 * On which day the people of the demonstration do what the year asks of them, so that most of it is done in time, a little late and a
 * little badly, and something of everything is left open on the day on which the telling ends.
 *
 * <p>The year under way is that of the last plan issued before the end: until the plan of the calendar year is issued in February it is
 * that of the year before, which waits for its award, while the next plan is a draft. A year is closed by its award on the day on which
 * the next plan is issued, a little earlier.
 */
final class YearDiary {

    private static final LocalTime DRAFTED = LocalTime.of(10, 20);
    private static final LocalTime AWARDED = LocalTime.of(14, 20);
    private static final LocalTime ISSUED = LocalTime.of(14, 30);
    private static final LocalTime NOON = LocalTime.of(12, 0);

    /** Of a hundred pieces of schools' work, how many are late, and of those checked, how many come back. */
    private static final int LATE = 2;

    private static final int RETURNED = 1;

    /** Schools of every kind; the first has something to see whoever logs in as its principal. */
    private static final Set<String> SENT_BACK = Set.of("S0001", "S0030", "S0054");

    private static final Set<String> WAITING = Set.of("S0002", "S0016", "S0024", "S0049", "S0052");
    private static final Set<String> SILENT = Set.of("S0018", "S0040", "S0044");

    /** So long after a node has opened somebody may have handed in for it and got it back. */
    private static final int SOME_DAYS = 4;

    private final WorkingDays workingDays;
    private final PlanDays planDays;
    private final Plan plan;
    private final Instant end;
    private final Map<Integer, Map<String, PlannedDay>> days = new HashMap<>();
    private final int underWay;
    private final String unfinished;
    private final String overdue;

    /**
     * A diary up to the end.
     *
     * @param plan that of any year
     */
    YearDiary(WorkingDays workingDays, PlanDays planDays, Plan plan, Instant end) {
        this.workingDays = workingDays;
        this.planDays = planDays;
        this.plan = plan;
        this.end = end;
        int thisYear = endsOn().getYear();
        this.underWay = issued(thisYear).isBefore(end) ? thisYear : thisYear - 1;
        this.unfinished = ofSchools(
                        node -> node.check() != null, day -> day.starts().isBefore(endsOn().minusDays(SOME_DAYS)))
                .orElse(null);
        this.overdue =
                ofSchools(node -> true, day -> day.due().isBefore(endsOn())).orElse(null);
    }

    /**
     * A task of the year that is open.
     *
     * @param key never null
     * @param year the plan's
     * @param node the node of a piece of work, null for a task of the plan's making
     * @param unit the unit that does it, null when none does
     * @param school whether that is a school
     * @param since the day on which the task arose
     * @param starts when the piece of work opens, null without one
     * @param due when the piece of work is due, null without one
     * @param returns how often it came back
     */
    record Task(
            String key,
            int year,
            String node,
            String unit,
            boolean school,
            LocalDate since,
            LocalDate starts,
            LocalDate due,
            int returns) {

        private String seed() {
            return key + node + unit + year;
        }
    }

    /** The year whose plan holds at the end. */
    int underWay() {
        return underWay;
    }

    /** When the first of the years is drafted: that before the one under way. */
    Instant firstDraft() {
        return at(working(LocalDate.of(underWay - 1, 1, 16)), DRAFTED);
    }

    /** When a year is copied from the one before. */
    Instant draft(int year) {
        return at(working(LocalDate.of(year - 1, 12, 24)), DRAFTED);
    }

    /** When somebody does a task; empty when nobody does before the end. */
    Optional<Instant> when(Task task) {
        return switch (task.key()) {
            case "doWork" -> task.school() ? ofSchool(task) : Optional.of(ofBureau(task));
            case "checkWork" -> ofChecker(task);
            case "revisePlan" -> {
                LocalDate day = back(day(task.year(), "revisePlan").due(), 3);
                yield Optional.of(inOffice(task, day.isAfter(task.since()) ? day : next(task.since(), 1)));
            }
            case "issuePlan" -> Optional.of(issued(task.year()));
            case "enterExternalResults" ->
                Optional.of(
                        inOffice(task, later(back(task.due(), 3), task.since().plusDays(1))));
            default -> Optional.of(inOffice(task, next(task.since(), 1)));
        };
    }

    /** By when an item of a school's ledger is to be done that is written on a day: some weeks later each, before the ledger closes. */
    LocalDate ledgerDue(int year, LocalDate written, int place) {
        LocalDate last = back(day(year, "closeLedger").due(), 10);
        LocalDate wanted = written.plusDays(45L * (place + 1));
        return later(written, wanted.isAfter(last) ? last : wanted);
    }

    /** Whether the checker sends it back. */
    boolean isSentBack(Task task) {
        return task.school()
                && task.returns() == 0
                && (isLeft(task, unfinished, SENT_BACK) || Chance.below(100, "back" + task.seed()) < RETURNED);
    }

    private Optional<Instant> ofSchool(Task task) {
        if (isLeft(task, overdue, SILENT)) {
            return Optional.empty();
        }
        LocalDate from = later(task.starts(), task.since());
        LocalDate left = leftOn(task);
        if (left != null && task.returns() > 0) {
            return Optional.empty();
        }
        if (left != null && !left.isBefore(from)) {
            return Optional.of(inOffice(task, left));
        }
        if (task.returns() > 0) {
            return Optional.of(inOffice(task, next(from, 1 + Chance.below(2, task.seed()))));
        }
        if (Chance.below(100, "late" + task.seed()) < LATE) {
            return Optional.of(inOffice(task, next(task.due(), 1 + Chance.below(6, task.seed()))));
        }
        int span = workingDays.between(from, task.due());
        if (span <= 0) {
            return Optional.of(inOffice(task, from));
        }
        // Few are quick, most are done in the last third of the time.
        int eagerness = Chance.below(100, task.seed());
        return Optional.of(inOffice(task, next(from, Math.max(1, span - span * eagerness * eagerness / 12_000))));
    }

    /** The day on which a school hands in what is left on somebody's desk at the end; null when it is not. */
    private LocalDate leftOn(Task task) {
        if (isLeft(task, unfinished, WAITING)) {
            return back(endsOn(), 1 + Chance.below(2, task.seed()));
        }
        return isLeft(task, unfinished, SENT_BACK) ? back(endsOn(), 2) : null;
    }

    private Optional<Instant> ofChecker(Task task) {
        if (isLeft(task, unfinished, WAITING)) {
            return Optional.empty();
        }
        boolean left = isLeft(task, unfinished, SENT_BACK);
        return Optional.of(inOffice(task, next(task.since(), left ? 1 : 1 + Chance.below(3, task.seed()))));
    }

    private boolean isLeft(Task task, String node, Set<String> schools) {
        return task.year() == underWay && task.node().equals(node) && schools.contains(task.unit());
    }

    private Instant ofBureau(Task task) {
        LocalDate from = later(task.starts(), task.since());
        if (task.node().equals("awardHonours")) {
            return at(later(day(task.year() + 1, "issuePlan").due(), from), AWARDED);
        }
        LocalDate early = back(task.due(), Chance.below(3, task.seed()));
        return inOffice(task, later(early, from));
    }

    private Instant issued(int year) {
        return at(day(year, "issuePlan").due(), ISSUED);
    }

    private PlannedDay day(int year, String node) {
        return days.computeIfAbsent(year, this::daysOf).get(node);
    }

    private Map<String, PlannedDay> daysOf(int year) {
        return planDays.of(plan.in(year)).stream()
                .filter(day -> day.occurrence() == 0)
                .collect(Collectors.toMap(PlannedDay::node, day -> day));
    }

    /** Of the last phase that has any, the schools' node that is due nearest to the end. */
    private Optional<String> ofSchools(Predicate<Plan.Node> wanted, Predicate<PlannedDay> ripe) {
        List<Plan.Node> nodes = plan.plannedNodes().stream()
                .filter(node -> node.fanOut() == FanOut.SCHOOL && wanted.test(node))
                .filter(node -> ripe.test(day(underWay, node.id())))
                .toList();
        return nodes.stream()
                .min(Comparator.<Plan.Node, LocalDate>comparing(node ->
                                plan.phase(node.phase()).orElseThrow().starts().in(underWay))
                        .reversed()
                        .thenComparing(
                                node -> Math.abs(day(underWay, node.id()).due().toEpochDay() - endsOn().toEpochDay())))
                .map(Plan.Node::id);
    }

    private LocalDate endsOn() {
        return LocalDate.ofInstant(end, MovableClock.ZONE);
    }

    private Instant inOffice(Task task, LocalDate day) {
        int minutes = Chance.below(200, "at" + task.seed() + task.returns());
        LocalTime start = Chance.below(2, "half" + task.seed()) == 0 ? LocalTime.of(8, 30) : NOON.plusHours(2);
        return at(working(day), start.plusMinutes(minutes));
    }

    private static Instant at(LocalDate day, LocalTime time) {
        return LocalDateTime.of(day, time).atZone(MovableClock.ZONE).toInstant();
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    private LocalDate working(LocalDate day) {
        return workingDays.isWorkingDay(day) ? day : workingDays.next(day);
    }

    private LocalDate next(LocalDate day, int count) {
        return workingDays.plus(day, count).day();
    }

    private LocalDate back(LocalDate day, int count) {
        LocalDate before = day;
        for (int i = 0; i < count; i++) {
            before = workingDays.previous(before);
        }
        return before;
    }
}
