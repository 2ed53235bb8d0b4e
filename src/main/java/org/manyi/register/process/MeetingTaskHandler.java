package org.manyi.register.process;

import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import org.manyi.calendar.Due;
import org.manyi.calendar.WorkingDays;
import org.manyi.inbox.TaskHandler;
import org.manyi.inbox.TaskOffer;
import org.manyi.inbox.TaskRef;
import org.manyi.inbox.TaskSubmission;
import org.manyi.inbox.Urgency;
import org.manyi.org.Organisation;
import org.manyi.org.UnitType;
import org.manyi.register.MeetingTasks;
import org.manyi.register.TaskState;
import org.manyi.security.CurrentUser;
import org.manyi.shared.MovableClock;
import org.manyi.shared.ValidationException;
import org.springframework.stereotype.Component;

/** Answers the inbox for the two tasks of {@code meeting-task}: the unit does it, the department that gave it confirms it. */
@Component
class MeetingTaskHandler implements TaskHandler {

    static final String DO = "doMeetingTask";
    static final String CONFIRM = "confirmMeetingTask";

    private static final int TO_CONFIRM = 2;
    private static final int TO_DO_AGAIN = 3;

    private final TaskStore tasks;
    private final MeetingTasks desk;
    private final Organisation organisation;
    private final WorkingDays workingDays;
    private final MovableClock clock;

    MeetingTaskHandler(
            TaskStore tasks,
            MeetingTasks desk,
            Organisation organisation,
            WorkingDays workingDays,
            MovableClock clock) {
        this.tasks = tasks;
        this.desk = desk;
        this.organisation = organisation;
        this.workingDays = workingDays;
        this.clock = clock;
    }

    @Override
    public String process() {
        return MeetingTaskDesk.PROCESS;
    }

    @Override
    public Set<String> taskKeys() {
        return Set.of(DO, CONFIRM);
    }

    @Override
    public TaskOffer offer(TaskRef ref) {
        TaskRow task = tasks.find(ref.caseNumber());
        boolean confirming = ref.key().equals(CONFIRM);
        return new TaskOffer(
                organisation.workPosts(confirming ? task.department() : task.unit()),
                confirming ? withinDays(TO_CONFIRM) : onItsDay(task),
                task.what(),
                organisation.unit(task.unit()).type() == UnitType.SCHOOL ? task.unit() : null,
                Urgency.NORMAL,
                task.returns() == 0 ? null : task.returns() + 1);
    }

    private static Due onItsDay(TaskRow task) {
        LocalDate given = LocalDate.ofInstant(task.givenAt(), MovableClock.ZONE);
        return new Due(task.dueOn(), null, given, 0, task.provisional());
    }

    private Due withinDays(int days) {
        return workingDays.plus(workingDays.receivedOn(clock.instant()), days);
    }

    /** What came back, to start from. */
    @Override
    public Map<String, Object> formData(TaskRef ref, CurrentUser user) {
        TaskRow task = tasks.find(ref.caseNumber());
        return ref.key().equals(DO) && task.report() != null ? Map.of("report", task.report()) : Map.of();
    }

    /** Nobody confirms what he handed in himself. */
    @Override
    public void checkAssignee(TaskRef ref, CurrentUser candidate) {
        if (ref.key().equals(CONFIRM)
                && candidate.username().equals(tasks.find(ref.caseNumber()).handedInBy())) {
            throw ValidationException.of("username", "own", "register.problem.ownTask");
        }
    }

    @Override
    public void check(TaskSubmission submission) {
        if (submission.task().key().equals(DO) || confirms(submission)) {
            return;
        }
        if (submission.text("reason") == null) {
            throw ValidationException.of("reason", "required", "register.problem.reason");
        }
        LocalDate newDue = submission.day("newDue");
        if (newDue != null && newDue.isBefore(clock.today())) {
            throw ValidationException.of("newDue", "past", "register.problem.newDue");
        }
    }

    private static boolean confirms(TaskSubmission submission) {
        return "confirm".equals(submission.text("decision"));
    }

    @Override
    public Map<String, Object> complete(TaskSubmission submission) {
        TaskRow task = tasks.find(submission.task().caseNumber());
        String by = submission.user().username();
        if (submission.task().key().equals(DO)) {
            boolean late = task.late()
                    || task.state() != TaskState.RETURNED && clock.today().isAfter(task.dueOn());
            tasks.handIn(task.number(), submission.text("report"), submission.list("files"), late, by, clock.instant());
            return Map.of();
        }
        boolean confirmed = confirms(submission);
        if (confirmed) {
            tasks.confirm(task.number(), submission.text("reason"), by, clock.instant());
        } else {
            LocalDate named = submission.day("newDue");
            Due due = named == null ? withinDays(TO_DO_AGAIN) : workingDays.on(named, clock.today());
            tasks.giveBack(task.number(), submission.text("reason"), due.day(), due.provisional(), by, clock.instant());
        }
        return Map.of("taskConfirmed", confirmed);
    }

    @Override
    public String caseStatus(String caseNumber) {
        return tasks.find(caseNumber).state().code();
    }

    @Override
    public CaseView view(String caseNumber, CurrentUser user) {
        return new CaseView("register/case :: given", desk.find(caseNumber, user));
    }
}
