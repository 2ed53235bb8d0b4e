package org.manyi.issue;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.manyi.TestTime;
import org.manyi.calendar.WorkingDays;
import org.manyi.inbox.Inbox;
import org.manyi.inbox.TaskItem;
import org.manyi.org.Organisation;
import org.manyi.rehearsal.Rehearsal;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.MovableClock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Walks issues through the loop as people do, for tests: by the ledger's desk and the inbox's gate only. */
@Component
public class Loop {

    private static final AtomicInteger SERIAL = new AtomicInteger();

    private final Issues issues;
    private final RoundDetours roundDetours;
    private final Inbox inbox;
    private final CurrentUsers users;
    private final Organisation organisation;
    private final Rehearsal rehearsal;
    private final WorkingDays workingDays;
    private final MovableClock clock;
    private final TestTime time;
    private final JdbcClient jdbc;

    Loop(
            Issues issues,
            RoundDetours roundDetours,
            Inbox inbox,
            CurrentUsers users,
            Organisation organisation,
            Rehearsal rehearsal,
            WorkingDays workingDays,
            MovableClock clock,
            TestTime time,
            JdbcClient jdbc) {
        this.issues = issues;
        this.roundDetours = roundDetours;
        this.inbox = inbox;
        this.users = users;
        this.organisation = organisation;
        this.rehearsal = rehearsal;
        this.workingDays = workingDays;
        this.clock = clock;
        this.time = time;
        this.jdbc = jdbc;
    }

    /** The cases with a live root instance of a process; a case stands as often as it has instances. */
    public List<String> live(String process) {
        return jdbc.sql("""
                        select e.business_key_ from act_ru_execution e join act_re_procdef d on d.id_ = e.proc_def_id_
                        where e.parent_id_ is null and e.super_exec_ is null and d.key_ = :process
                        """).param("process", process).query(String.class).list();
    }

    /** What is reported; a test changes what it is about. */
    public static final class Report {

        private String title = "测试问题第" + SERIAL.incrementAndGet() + "号";
        private String kind = "appeal";
        private String source = "hotline";
        private String category = "facilities";
        private String severity = "medium";
        private String school = "S0002";
        private NewIssue.Reporter reporter;
        private boolean childSafety;
        private String concerns;
        private String concernsUser;
        private List<String> attachmentIds;
        private boolean confirmed = true;
        private String raisedBy = "office";

        public Report raisedBy(String username) {
            raisedBy = username;
            return this;
        }

        public Report title(String value) {
            title = value;
            return this;
        }

        public Report kind(String value) {
            kind = value;
            return this;
        }

        public Report source(String value) {
            source = value;
            return this;
        }

        public Report category(String value) {
            category = value;
            return this;
        }

        public Report severity(String value) {
            severity = value;
            return this;
        }

        public Report school(String value) {
            school = value;
            return this;
        }

        public Report reporter(String name, String phone) {
            reporter = new NewIssue.Reporter(name, phone);
            return this;
        }

        public Report childSafety() {
            childSafety = true;
            return this;
        }

        public Report concerns(String what, String username) {
            concerns = what;
            concernsUser = username;
            return this;
        }

        public Report attachments(String... ids) {
            attachmentIds = List.of(ids);
            return this;
        }

        public Report unconfirmed() {
            confirmed = false;
            return this;
        }

        NewIssue asNewIssue() {
            return new NewIssue(
                    title,
                    "测试用的描述",
                    kind,
                    source,
                    category,
                    severity,
                    school,
                    reporter,
                    childSafety,
                    concerns,
                    concernsUser,
                    attachmentIds,
                    confirmed);
        }
    }

    public CurrentUser user(String username) {
        return users.byUsername(username);
    }

    public IssueDetail raise(String username, Report report) {
        return issues.raise(report.asNewIssue(), user(username));
    }

    /** Raised by the office unless the report says otherwise, without a reporter unless it names one; the number. */
    public String raised(Report report) {
        return raise(report.raisedBy, report).number();
    }

    /** Raised, and taken on by the department that the rules propose. */
    public String triaged(Report report) {
        String number = raised(report);
        complete(number, "triageIssue", Map.of("decision", "accept"));
        return number;
    }

    /** Signed for: the first round runs. */
    public String rectifying(Report report) {
        String number = triaged(report);
        complete(number, "signForIssue", Map.of("decision", "sign"));
        return number;
    }

    /** Reported done: a team verifies. */
    public String verifying(Report report) {
        String number = rectifying(report);
        rectify(number);
        return number;
    }

    /** Verified: the reporter is called back, or a leader decides. */
    public String verified(Report report) {
        String number = verifying(report);
        pass(number);
        return number;
    }

    /** Closed, without a reporter to call. */
    public String closed(Report report) {
        return closed(report, false);
    }

    /** Closed, after a call to a satisfied reporter where there is one. */
    public String closed(Report report, boolean call) {
        String number = verified(report);
        if (call) {
            call(number, true, "satisfied");
        }
        complete(number, "approveClosure", Map.of("decision", "approve"));
        return number;
    }

    /** Brought to this status by the ways that lead there; a report with a reporter reaches every one. */
    public String in(String status, Report report) {
        return switch (status) {
            case "triage" -> raised(report);
            case "toSign" -> triaged(report);
            case "returnReview" -> {
                String number = triaged(report);
                complete(number, "signForIssue", Map.of("decision", "return", "reason", "不归我们"));
                yield number;
            }
            case "rectifying" -> rectifying(report);
            case "extensionReview" -> {
                String number = rectifying(report);
                CurrentUser principal = user("principal" + report.school.substring(2));
                issues.requestExtension(number, issue(number).version(), 2, "等配件", principal);
                yield number;
            }
            case "shelvingReview" -> shelvingAsked(report);
            case "shelved" -> {
                String number = shelvingAsked(report);
                complete(number, "decideShelving", Map.of("decision", "approve", "reason", "确实要等"));
                yield number;
            }
            case "verifying" -> verifying(report);
            case "callback" -> verified(report);
            case "approving" -> {
                String number = verified(report);
                call(number, true, "satisfied");
                yield number;
            }
            case "closed" -> closed(report, true);
            case "answered" -> {
                String number = triaged(report.kind("consultation"));
                complete(number, "answerIssue", Map.of("answer", "可以办理"));
                yield number;
            }
            case "declined" -> {
                String number = raised(report);
                complete(number, "triageIssue", Map.of("decision", "decline", "reason", "不归教育部门管"));
                yield number;
            }
            case "protected" -> raised(report.childSafety());
            case "withdrawn" -> {
                String number = raised(report);
                act(report.raisedBy, number, IssueAction.WITHDRAW, null);
                yield number;
            }
            case "merged" -> {
                String survivor = raised(report);
                String number = raised(report);
                act("office", number, IssueAction.MERGE, survivor);
                yield number;
            }
            default -> throw new AssertionError(status);
        };
    }

    private String shelvingAsked(Report report) {
        String number = rectifying(report);
        LocalDate review = clock.today().plusDays(30);
        while (!workingDays.isWorkingDay(review)) {
            review = review.plusDays(1);
        }
        roundDetours.shelve(
                number, issue(number).version(), "等上级拨款", review, user("principal" + report.school.substring(2)));
        return number;
    }

    /** Does something to an issue beside its tasks. */
    public IssueDetail act(String username, String number, IssueAction action, String target) {
        return issues.act(number, action, issue(number).version(), target, "测试的理由", user(username));
    }

    public void rectify(String number) {
        complete(
                number,
                "rectifyIssue",
                Map.of(
                        "measures", "换了十二只灯管",
                        "result", "照度达标",
                        "completedOn", clock.today().toString()));
    }

    public void pass(String number) {
        complete(number, "verifyRectification", Map.of("decision", "pass", "mode", "document", "points", points(true)));
    }

    public void fail(String number) {
        complete(
                number,
                "verifyRectification",
                Map.of("decision", "fail", "mode", "onSite", "points", points(false), "returnCode", "incomplete"));
    }

    public static List<Map<String, Object>> points(boolean ok) {
        Map<String, Object> point = new LinkedHashMap<>();
        point.put("point", "照度");
        point.put("ok", ok);
        return new ArrayList<>(List.of(point));
    }

    public void call(String number, boolean solved, String satisfaction) {
        complete(
                number,
                "callReporter",
                Map.of("reached", true, "solved", solved, "satisfaction", satisfaction, "note", "照实记录"));
    }

    /** Completes the issue's open task of this key by somebody who may. */
    public Inbox.Completed complete(String number, String key, Map<String, Object> values) {
        TaskItem task = task(number, key);
        return complete(task, values, user(holder(task)));
    }

    public Inbox.Completed complete(TaskItem task, Map<String, Object> values, CurrentUser user) {
        int version = inbox.form(task.id(), user).version();
        return inbox.complete(task.id(), version, values, user);
    }

    /** Somebody who has the task or may take it. */
    public String holder(TaskItem task) {
        if (task.assignee() != null) {
            return task.assignee().username();
        }
        return organisation.holders(task.candidatePosts()).stream()
                .filter(username -> inbox.tasksOf(task.caseNumber(), user(username)).stream()
                        .anyMatch(
                                it -> it.id().equals(task.id()) && it.actions().contains("complete")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("Nobody can do " + task));
    }

    /** The issue's open task of this key, as its overseer sees it. */
    public TaskItem task(String number, String key) {
        return tasks(number).stream()
                .filter(task -> task.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new AssertionError(number + " has no task " + key + " but " + keys(number)));
    }

    public List<TaskItem> tasks(String number) {
        return inbox.tasksOf(number, user("chair"));
    }

    public Set<String> keys(String number) {
        return tasks(number).stream()
                .map(TaskItem::key)
                .collect(java.util.stream.Collectors.toCollection(java.util.TreeSet::new));
    }

    /** The issue as the chair sees it. */
    public IssueDetail issue(String number) {
        return issues.find(number, user("chair"));
    }

    public String status(String number) {
        return issue(number).status();
    }

    public boolean sees(String username, String number) {
        try {
            issues.find(number, user(username));
            return true;
        } catch (org.manyi.shared.NotFoundException e) {
            return false;
        }
    }

    public LocalDate today() {
        return clock.today();
    }

    /** Moves the clock to this day, an hour before noon; everything due on the way happens. */
    public void travelTo(LocalDate day) {
        Instant to = day.atTime(LocalTime.of(11, 0)).atZone(MovableClock.ZONE).toInstant();
        if (to.isAfter(clock.instant())) {
            rehearsal.moveTo(to);
        }
    }

    /** Moves the clock on by so many working days. */
    public LocalDate travel(int workingDaysOn) {
        LocalDate day = workingDays.plus(clock.today(), workingDaysOn).day();
        travelTo(day);
        return day;
    }

    /** Back to the machine's day; what was done in days to come stays. */
    public void home() {
        time.reset();
    }

    /** Makes sure that today is a working day, so that limits count as one would count them. */
    public void toWorkingDay() {
        if (!workingDays.isWorkingDay(clock.today())) {
            travelTo(workingDays.next(clock.today()));
        }
    }

    public LocalDate after(LocalDate day, int count) {
        return workingDays.plus(day, count).day();
    }

    public LocalDate nextWorkingDay(LocalDate day) {
        return workingDays.next(day);
    }
}
