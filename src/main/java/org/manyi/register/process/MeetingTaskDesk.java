package org.manyi.register.process;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.manyi.calendar.Due;
import org.manyi.calendar.WorkingDays;
import org.manyi.campaign.CampaignRecords;
import org.manyi.engine.Processes;
import org.manyi.evidence.EvidenceStore;
import org.manyi.inbox.CaseAccess;
import org.manyi.org.Organisation;
import org.manyi.org.Unit;
import org.manyi.org.UnitType;
import org.manyi.register.MeetingTasks;
import org.manyi.register.Meetings;
import org.manyi.register.TaskState;
import org.manyi.security.CurrentUser;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.ForbiddenException;
import org.manyi.shared.MovableClock;
import org.manyi.shared.Texts;
import org.manyi.shared.ValidationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Gives what meetings give to do, and reads it. */
@Service
@Transactional
class MeetingTaskDesk implements MeetingTasks {

    static final String PROCESS = "meeting-task";

    private static final Set<UnitType> DOERS = Set.of(UnitType.SCHOOL, UnitType.DISTRICT, UnitType.DEPARTMENT);
    private static final int LONGEST_WHAT = 200;

    /** A task may run into the year after; what is typed beyond that is a slip. */
    private static final int MOST_DAYS = 400;

    private final Meetings meetings;
    private final TaskStore tasks;
    private final CampaignRecords campaigns;
    private final Organisation organisation;
    private final WorkingDays workingDays;
    private final CaseAccess access;
    private final EvidenceStore evidence;
    private final Processes processes;
    private final MovableClock clock;

    MeetingTaskDesk(
            Meetings meetings,
            TaskStore tasks,
            CampaignRecords campaigns,
            Organisation organisation,
            WorkingDays workingDays,
            CaseAccess access,
            EvidenceStore evidence,
            Processes processes,
            MovableClock clock) {
        this.meetings = meetings;
        this.tasks = tasks;
        this.campaigns = campaigns;
        this.organisation = organisation;
        this.workingDays = workingDays;
        this.access = access;
        this.evidence = evidence;
        this.processes = processes;
        this.clock = clock;
    }

    @Override
    @Transactional(readOnly = true)
    public List<Item> of(String meeting, CurrentUser user) {
        access.require(user, meeting);
        return tasks.of(meeting, access.condition(user, "t.number")).stream()
                .map(this::item)
                .toList();
    }

    private Item item(TaskRow task) {
        boolean open = task.state() == TaskState.OPEN || task.state() == TaskState.RETURNED;
        return new Item(
                task.number(),
                task.meeting(),
                task.unit(),
                task.unitName(),
                task.what(),
                task.namedDay(),
                task.dueOn(),
                task.provisional(),
                task.state(),
                task.late() || open && task.dueOn().isBefore(clock.today()));
    }

    @Override
    @Transactional(readOnly = true)
    public Detail find(String number, CurrentUser user) {
        access.require(user, number);
        TaskRow task = tasks.find(number);
        return new Detail(
                item(task),
                task.meetingTitle(),
                organisation.unit(task.department()).shortName(),
                task.report(),
                evidence.findAll(task.files()),
                TaskStore.timestamp(task.handedInAt()),
                task.returnedReason(),
                tasks.history(number));
    }

    @Override
    @Transactional(readOnly = true)
    public int open(CurrentUser user) {
        return tasks.open(access.condition(user, "t.number"));
    }

    @Override
    public String give(String meeting, String what, String unit, LocalDate due, CurrentUser user) {
        access.require(user, meeting);
        access.lock(meeting);
        Meetings.Detail held = meetings.find(meeting, user);
        if (!held.mayWrite()) {
            throw new ForbiddenException("register.problem.ownMeeting");
        }
        if (!held.held()) {
            throw ValidationException.of("what", "not-held", "register.problem.notHeld");
        }
        String department = held.item().department();
        check(department, what, unit, due);
        String doer = unit.strip();
        int place = tasks.nextPlace(meeting);
        String number = meeting + ".T" + place;
        Set<String> posts = new LinkedHashSet<>(organisation.workPosts(department));
        String office = campaigns.plan(held.item().campaign()).leadingGroup().office();
        if (office != null) {
            posts.addAll(organisation.workPosts(office));
        }
        access.open(number, Set.of(doer), posts);
        access.grant(meeting, Set.of(doer), Set.of());
        Due moved = workingDays.on(due, clock.today());
        tasks.give(number, meeting, place, doer, what.strip(), due, moved, user.username(), clock.instant());
        processes.start(PROCESS, number, Map.of());
        return number;
    }

    private void check(String department, String what, String unit, LocalDate due) {
        List<FieldProblem> problems = new ArrayList<>();
        if (what == null || what.isBlank()) {
            problems.add(FieldProblem.of("what", "required", "register.problem.required"));
        } else if (what.strip().length() > LONGEST_WHAT) {
            problems.add(FieldProblem.of("what", "too-long", "register.problem.long", LONGEST_WHAT));
        } else if (!Texts.storable(what)) {
            problems.add(FieldProblem.of("what", "unreadable", "register.problem.unreadable"));
        }
        if (unit == null || !Texts.storable(unit) || !canDo(unit.strip(), department)) {
            problems.add(FieldProblem.of("unit", "unknown", "register.problem.doer"));
        }
        LocalDate today = clock.today();
        if (due == null) {
            problems.add(FieldProblem.of("dueDate", "required", "register.problem.day"));
        } else if (due.isBefore(today)) {
            problems.add(FieldProblem.of("dueDate", "too-early", "register.problem.early", today.toString()));
        } else if (due.isAfter(today.plusDays(MOST_DAYS))) {
            problems.add(FieldProblem.of(
                    "dueDate",
                    "too-late",
                    "register.problem.late",
                    today.plusDays(MOST_DAYS).toString()));
        }
        if (!problems.isEmpty()) {
            throw new ValidationException(problems);
        }
    }

    private boolean canDo(String unit, String department) {
        return !unit.equals(department)
                && organisation
                        .find(unit)
                        .filter(Unit::active)
                        .filter(found -> DOERS.contains(found.type()))
                        .isPresent();
    }
}
