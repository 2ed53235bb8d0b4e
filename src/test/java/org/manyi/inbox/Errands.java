package org.manyi.inbox;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.manyi.calendar.Due;
import org.manyi.calendar.WorkingDays;
import org.manyi.engine.Processes;
import org.manyi.security.CurrentUser;
import org.manyi.shared.MovableClock;
import org.manyi.shared.ValidationException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** A room of cases as small as can be, to test the inbox with: each errand says itself to whom its tasks go. */
@Component
class Errands implements TaskHandler {

    static final String PROCESS = "errand";

    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<String, Errand> errands = new ConcurrentHashMap<>();
    private final Map<String, Integer> completions = new ConcurrentHashMap<>();
    private final ObjectProvider<Processes> processes;
    private final ObjectProvider<CaseAccess> access;
    private final WorkingDays workingDays;
    private final MovableClock clock;
    private final TransactionTemplate transaction;

    Errands(
            ObjectProvider<Processes> processes,
            ObjectProvider<CaseAccess> access,
            WorkingDays workingDays,
            MovableClock clock,
            TransactionTemplate transaction) {
        this.processes = processes;
        this.access = access;
        this.workingDays = workingDays;
        this.clock = clock;
        this.transaction = transaction;
    }

    /** An errand under way. */
    static final class Errand {

        private final Errands all;
        final String number;
        private String title = "买粉笔";
        private String school;
        private Urgency urgency = Urgency.NORMAL;
        private LocalDate dueOn;
        private List<String> doers = List.of();
        private List<String> advisers = List.of("dept:office:staff");
        private Set<String> supervisors = Set.of();
        private Set<String> barred = Set.of();
        private Predicate<String> assignable;
        private List<String> units = List.of();

        private Errand(Errands all, String number) {
            this.all = all;
            this.number = number;
        }

        Errand titled(String text) {
            this.title = text;
            return this;
        }

        Errand about(String schoolCode) {
            this.school = schoolCode;
            this.units = List.of(schoolCode);
            return this;
        }

        Errand urgent(Urgency pressing) {
            this.urgency = pressing;
            return this;
        }

        Errand dueOn(LocalDate day) {
            this.dueOn = day;
            return this;
        }

        Errand doneBy(String... posts) {
            this.doers = List.of(posts);
            return this;
        }

        Errand advisedBy(String... posts) {
            this.advisers = List.of(posts);
            return this;
        }

        Errand supervisedBy(String... posts) {
            this.supervisors = Set.of(posts);
            return this;
        }

        Errand without(String... usernames) {
            this.barred = Set.of(usernames);
            return this;
        }

        Errand orBy(Predicate<String> posts) {
            this.assignable = posts;
            return this;
        }

        /** Starts it and returns its number. */
        String start() {
            all.transaction.executeWithoutResult(status -> {
                all.access.getObject().open(number, units, List.of());
                all.processes.getObject().start(PROCESS, number, Map.of("again", false));
            });
            return number;
        }
    }

    /** A new errand, not yet started. */
    Errand errand() {
        Errand errand = new Errand(this, "2026-PT-%05d".formatted(numbers.incrementAndGet()));
        errands.put(errand.number, errand);
        return errand;
    }

    /** How often the case's rows were written by a completion. */
    int completions(String caseNumber) {
        return completions.getOrDefault(caseNumber, 0);
    }

    @Override
    public String process() {
        return PROCESS;
    }

    @Override
    public Set<String> taskKeys() {
        return Set.of("doErrand", "adviseErrand");
    }

    @Override
    public TaskOffer offer(TaskRef task) {
        Errand errand = errands.get(task.caseNumber());
        Due due = errand.dueOn == null
                ? workingDays.plus(clock.today(), 3)
                : new Due(errand.dueOn, null, clock.today(), 0, false);
        List<String> posts = task.key().equals("doErrand") ? errand.doers : errand.advisers;
        return new TaskOffer(posts, due, errand.title, errand.school, errand.urgency, null);
    }

    @Override
    public Map<String, Object> formData(TaskRef task, CurrentUser user) {
        return Map.of("note", "还没去", "secret", "不在表里");
    }

    @Override
    public Map<String, List<Option>> options(TaskRef task, CurrentUser user) {
        return Map.of("shops", List.of(new Option("corner", "街角文具店")));
    }

    @Override
    public void checkAssignee(TaskRef task, CurrentUser candidate) {
        if (errands.get(task.caseNumber()).barred.contains(candidate.username())) {
            throw ValidationException.of("username", "barred", "inbox.field.notEligible");
        }
    }

    @Override
    public Set<String> supervisorPosts(TaskRef task) {
        return errands.get(task.caseNumber()).supervisors;
    }

    @Override
    public Predicate<String> assignablePosts(TaskRef task) {
        return errands.get(task.caseNumber()).assignable;
    }

    @Override
    public Bulk bulk(String taskKey) {
        return taskKey.equals("doErrand") ? new Bulk(Map.of("note", "一起去了"), "note") : null;
    }

    @Override
    public void check(TaskSubmission submission) {
        if ("没去".equals(submission.text("note"))) {
            throw ValidationException.of("note", "lazy", "shared.field.text");
        }
    }

    @Override
    public Map<String, Object> complete(TaskSubmission submission) {
        completions.merge(submission.task().caseNumber(), 1, Integer::sum);
        Map<String, Object> variables = new HashMap<>();
        if (submission.task().key().equals("doErrand")) {
            variables.put("again", submission.flag("again"));
        }
        return variables;
    }

    @Override
    public String caseStatus(String caseNumber) {
        return "errand";
    }

    @Override
    public CaseView view(String caseNumber, CurrentUser user) {
        return new CaseView("errand/case :: matter", Map.of("number", caseNumber));
    }

    Collection<String> numbers() {
        return errands.keySet();
    }
}
