package org.manyi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The diagrams on their own, in a bare engine without the application: where a case goes from each decision. What the steps do is
 * tested with the rooms.
 */
class ProcessPathTests {

    private static final String CASE = "2026-WT-00042";

    private static final ProcessCoverage COVERAGE = new ProcessCoverage();

    private static ProcessEngine engine;
    private static Steps steps;

    @BeforeAll
    static void deployTheDiagrams() {
        steps = new Steps();
        Map<Object, Object> beans = new HashMap<>();
        for (String bean : List.of(
                "issueRectificationSteps",
                "rectificationRoundSteps",
                "shelvingSteps",
                "coHandlingSteps",
                "longTermFollowUpSteps",
                "recurrenceCheckSteps",
                "deadlineRemindersSteps")) {
            beans.put(bean, steps);
        }
        StandaloneInMemProcessEngineConfiguration configuration = new StandaloneInMemProcessEngineConfiguration();
        configuration.setProcessEngineName("paths");
        configuration.setBeans(beans);
        configuration.setCustomPreBPMNParseListeners(List.of(COVERAGE.listener()));
        configuration.setJdbcUrl("jdbc:h2:mem:paths;DB_CLOSE_DELAY=-1");
        configuration.setDatabaseSchemaUpdate("create-drop");
        configuration.setJobExecutorActivate(false);
        configuration.setDbMetricsReporterActivate(false);
        engine = configuration.buildProcessEngine();
        ProcessModel.all().forEach(model -> engine.getRepositoryService()
                .createDeployment()
                .addString(model.id() + ".bpmn", model.xml())
                .deploy());
    }

    @AfterAll
    static void printTheCoverageAndCloseTheEngine() {
        COVERAGE.all().forEach(coverage -> System.out.println("alone, " + coverage));
        engine.close();
    }

    @BeforeEach
    void forgetEarlierSteps() {
        steps.taken.clear();
        steps.longTerm = false;
    }

    @AfterEach
    void endWhatIsStillOpen() {
        engine.getRuntimeService()
                .createProcessInstanceQuery()
                .rootProcessInstances()
                .list()
                .forEach(instance -> engine.getRuntimeService().deleteProcessInstance(instance.getId(), "end of test"));
    }

    @Test
    void anIssueWithAReporterIsTriagedAndTheReporterContactedAtTheSameTime() {
        raise(true);

        assertThat(open()).containsExactlyInAnyOrder("contactReporter", "triageIssue");
        assertThat(steps.taken).containsExactly("suggestTriage");
        complete("contactReporter");
        assertThat(open()).containsExactly("triageIssue");
    }

    @Test
    void anIssueWithoutReporterIsTriagedOnly() {
        raise(false);

        assertThat(open()).containsExactly("triageIssue");
    }

    @Test
    void aCaseThatEndsTakesThePendingFirstContactWithIt() {
        raise(true);
        complete("triageIssue", "triageDecision", "decline");

        assertThat(open()).isEmpty();
        assertThat(ended()).isTrue();
    }

    @Test
    void aConsultationIsAnswered() {
        raise(false);
        complete("triageIssue", "triageDecision", "answer");
        complete("answerIssue", "takenUp", false);

        assertThat(ended()).isTrue();
    }

    @Test
    void whatWasAskedAndIsTakenUpIsSignedFor() {
        raise(false);
        complete("triageIssue", "triageDecision", "answer");
        complete("answerIssue", "takenUp", true);

        assertThat(open()).containsExactly("signForIssue");
    }

    @Test
    void theReporterIsAskedBeforeTheDepartmentDecides() {
        raise(true);
        complete("contactReporter");
        complete("triageIssue", "triageDecision", "askReporter");
        complete("askReporter");

        assertThat(open()).containsExactly("triageIssue");
    }

    @Test
    void whatIsMergedAtTriageEndsThere() {
        raise(true);
        complete("triageIssue", "triageDecision", "merge");

        assertThat(ended()).isTrue();
    }

    @Test
    void whatIsWithdrawnEndsWhereverItIs() {
        inRectification(true);
        requestExtension();
        assertThat(open()).containsExactlyInAnyOrder("rectifyIssue", "decideExtension");
        engine.getRuntimeService()
                .createMessageCorrelation("IssueWithdrawn")
                .processInstanceBusinessKey(CASE)
                .correlate();

        assertThat(open()).isEmpty();
        assertThat(ended()).isTrue();
    }

    @Test
    void aLeaderDecidesOnWhatIsReturnedTooOften() {
        raise(false);
        complete("triageIssue", "triageDecision", "accept");
        complete("signForIssue", "signed", false, "returnedTooOften", true);
        complete("decideResponsibility");

        assertThat(open()).containsExactly("signForIssue");
    }

    @Test
    void aMatterOfAChildsSafetyLeavesTheLoop() {
        raise(true);
        complete("triageIssue", "triageDecision", "protect");

        assertThat(steps.taken).containsExactly("suggestTriage", "protectMatter");
        assertThat(ended()).isTrue();
    }

    @Test
    void aReturnedIssueIsDecidedByTheDepartmentAndSignedForAgain() {
        raise(false);
        complete("triageIssue", "triageDecision", "accept");
        complete("signForIssue", "signed", false, "returnedTooOften", false);
        complete("decideReturn");
        complete("signForIssue", "signed", true);

        assertThat(open()).containsExactly("rectifyIssue");
    }

    @Test
    void anIssueIsClosedWhenItIsVerifiedTheReporterSatisfiedAndTheLeaderAgrees() {
        raise(true);
        complete("contactReporter");
        complete("triageIssue", "triageDecision", "accept");
        complete("signForIssue", "signed", true);
        passARound();
        complete("callReporter", "callOutcome", "satisfied");
        complete("approveClosure", "closureApproved", true);

        assertThat(steps.taken).containsExactly("suggestTriage", "openRound", "chooseTeam", "closeIssue");
        assertThat(ended()).isTrue();
    }

    @Test
    void withoutAReporterAVerifiedIssueGoesStraightToApproval() {
        inRectification(false);
        passARound();

        assertThat(open()).containsExactly("approveClosure");
    }

    @Test
    void aReporterWhoIsNotReachedIsCalledAgainUntilTheTriesAreUsedUp() {
        inRectification(true);
        passARound();
        complete("callReporter", "callOutcome", "retry");
        assertThat(open()).isEmpty();
        fire("timer_NextCall");
        complete("callReporter", "callOutcome", "exhausted");

        assertThat(open()).containsExactly("approveClosure");
    }

    @Test
    void aFailedVerificationADissatisfiedReporterAndARefusedApprovalEachOpenANewRound() {
        inRectification(true);
        complete("rectifyIssue");
        complete("verifyRectification", "roundPassed", false);
        passARound();
        complete("callReporter", "callOutcome", "dissatisfied");
        passARound();
        complete("callReporter", "callOutcome", "satisfied");
        complete("approveClosure", "closureApproved", false);

        assertThat(open()).containsExactly("rectifyIssue");
        assertThat(steps.taken.stream().filter("openRound"::equals)).hasSize(4);
    }

    @Test
    void everyRoundArmsItsOwnDeadline() {
        inRectification(false);
        fire("timer_RectificationDue");
        complete("rectifyIssue");
        complete("verifyRectification", "roundPassed", false);

        assertThat(job("timer_RectificationDue")).isNotNull();
    }

    @Test
    void aLateRoundIsRecordedOnceAndCarriesOn() {
        inRectification(false);
        fire("timer_RectificationDue");

        assertThat(steps.taken).endsWith("recordOverdue");
        assertThat(open()).containsExactly("rectifyIssue");
        assertThat(job("timer_RectificationDue")).isNull();
        passARound();
        assertThat(open()).containsExactly("approveClosure");
    }

    @Test
    void anExtensionIsDecidedBesideTheRectification() {
        inRectification(false);
        requestExtension();
        assertThat(open()).containsExactlyInAnyOrder("rectifyIssue", "decideExtension");
        complete("decideExtension");
        requestExtension();

        assertThat(open()).containsExactlyInAnyOrder("rectifyIssue", "decideExtension");
    }

    @Test
    void whatIsReportedWithdrawsTheOpenRequestForExtension() {
        inRectification(false);
        requestExtension();
        complete("rectifyIssue");

        assertThat(open()).containsExactly("verifyRectification");
        assertThatThrownBy(this::requestExtension).isInstanceOf(MismatchingMessageCorrelationException.class);
    }

    @Test
    void whoAsksAgainInOneRoundAsksALeader() {
        inRectification(false);
        requestExtension(false);
        complete("decideExtension");
        requestExtension(true);

        assertThat(open()).containsExactlyInAnyOrder("rectifyIssue", "decideFurtherExtension");
        complete("decideFurtherExtension");
        assertThat(open()).containsExactly("rectifyIssue");
    }

    @Test
    void whatIsPutOnTheShelfRestsUntilItsReviewAndGoesOn() {
        inRectification(false);
        start("shelving", Map.of());
        assertThat(open()).containsExactlyInAnyOrder("rectifyIssue", "decideShelving");
        complete("decideShelving", "shelvingApproved", true);
        assertThat(open()).isEmpty();
        assertThat(job("timer_RectificationDue")).isNull();

        fire("timer_ReviewDue");
        complete("reviewShelved", "shelveAgain", false);

        assertThat(open()).containsExactly("rectifyIssue");
        assertThat(job("timer_RectificationDue")).isNotNull();
        assertThat(steps.taken).endsWith("freezeRound", "resumeRound");
    }

    @Test
    void whatStaysOnTheShelfIsDecidedByALeaderAgainAndGoesOnWhenHeRefuses() {
        inRectification(false);
        start("shelving", Map.of());
        complete("decideShelving", "shelvingApproved", true);
        fire("timer_ReviewDue");
        complete("reviewShelved", "shelveAgain", true);
        complete("decideShelving", "shelvingApproved", true);
        assertThat(open()).isEmpty();
        fire("timer_ReviewDue");
        complete("reviewShelved", "shelveAgain", true);
        complete("decideShelving", "shelvingApproved", false);

        assertThat(open()).containsExactly("rectifyIssue");
    }

    @Test
    void theShelfIsLeftAtAnyTime() {
        inRectification(false);
        start("shelving", Map.of());
        complete("decideShelving", "shelvingApproved", true);
        tell("ResumptionAsked");

        assertThat(open()).containsExactly("rectifyIssue");
        assertThat(steps.taken).endsWith("resumeEarly");
        assertThat(live("shelving")).isZero();
    }

    @Test
    void whatIsReportedNeedsNoShelf() {
        inRectification(false);
        start("shelving", Map.of());
        tell("RectificationSubmitted");

        assertThat(open()).containsExactly("rectifyIssue");
        assertThat(steps.taken).endsWith("withdrawShelving");
        assertThat(live("shelving")).isZero();
    }

    @Test
    void eachUnitThatHelpsHandsItsPartInOrIsLetOff() {
        start("co-handling", Map.of("unitCode", "D1"));
        complete("contributeToRectification");
        assertThat(ended()).isTrue();
        start("co-handling", Map.of("unitCode", "D1"));
        start("co-handling", Map.of("unitCode", "D2"));
        tell("ContributionsClosed");

        assertThat(ended()).isTrue();
        assertThat(steps.taken).containsExactly("withdrawContribution", "withdrawContribution");
    }

    @Test
    void aLongTermRoundIsReportedOnPeriodByPeriodUntilAStageIsComplete() {
        steps.longTerm = true;
        inRectification(false);
        assertThat(open()).containsExactly("reportProgress");
        fire("timer_ReportMissed");
        assertThat(steps.taken).endsWith("recordMissedReport", "openPeriod");
        complete("reportProgress", "stageProposed", false);
        assertThat(open()).isEmpty();
        fire("timer_PeriodOver");
        complete("reportProgress", "stageProposed", true);
        complete("decideStageCompletion", "stageCompleted", false);
        fire("timer_PeriodOver");
        complete("reportProgress", "stageProposed", true);
        complete("decideStageCompletion", "stageCompleted", true);

        assertThat(open()).containsExactly("verifyRectification");
    }

    @Test
    void theDepartmentEndsTheReportsByItself() {
        steps.longTerm = true;
        inRectification(false);
        tell("StageCompleted");

        assertThat(open()).containsExactly("verifyRectification");
    }

    @Test
    void aReopenedIssueStartsWithANewRoundUnderItsOldNumber() {
        engine.getRuntimeService()
                .startProcessInstanceByMessage(
                        "IssueReopened", CASE, Map.of("caseNumber", CASE, "reporterKnown", false));

        assertThat(open()).containsExactly("rectifyIssue");
        assertThat(steps.taken).containsExactly("openRound");
        passARound();
        complete("approveClosure", "closureApproved", true);
        assertThat(ended()).isTrue();
    }

    @Test
    void theCalledRoundCarriesTheCasesNumber() {
        inRectification(false);

        assertThat(engine.getRuntimeService()
                        .createProcessInstanceQuery()
                        .processDefinitionKey("rectification-round")
                        .processInstanceBusinessKey(CASE)
                        .count())
                .isOne();
    }

    @Test
    void recurrenceIsCheckedWhenItsDayHasCome() {
        start("recurrence-check", Map.of());
        assertThat(open()).isEmpty();
        fire("timer_RecurrenceDue");
        complete("checkRecurrence", "recurred", false);

        assertThat(steps.taken).isEmpty();
        assertThat(ended()).isTrue();
    }

    @Test
    void whatHasComeBackIsReopened() {
        start("recurrence-check", Map.of());
        fire("timer_RecurrenceDue");
        complete("checkRecurrence", "recurred", true);

        assertThat(steps.taken).containsExactly("reopenIssue");
        assertThat(ended()).isTrue();
    }

    @Test
    void aProtectedMatterIsHandledByOnePerson() {
        start("protected-matter", Map.of());
        complete("handleProtectedMatter");

        assertThat(ended()).isTrue();
    }

    @Test
    void remindersAreWrittenInBatchesEachAJobOfItsOwn() {
        steps.batches = 3;
        start("deadline-reminders", Map.of());
        int jobs = 0;
        while (!ended()) {
            Job job = engine.getManagementService()
                    .createJobQuery()
                    .processDefinitionKey("deadline-reminders")
                    .messages()
                    .singleResult();
            engine.getManagementService().executeJob(job.getId());
            jobs++;
        }

        assertThat(steps.taken).containsExactly("planDigests", "writeDigests", "writeDigests", "writeDigests");
        assertThat(jobs).isEqualTo(4);
    }

    @Test
    void remindersAreWrittenEveryMorningAtHalfPastSeven() {
        Job timer = engine.getManagementService()
                .createJobQuery()
                .processDefinitionKey("deadline-reminders")
                .timers()
                .singleResult();

        assertThat(timer.getDuedate()).isAfter(new Date());
        assertThat(String.format("%tR", timer.getDuedate())).isEqualTo("07:30");
    }

    private void raise(boolean reporterKnown) {
        start("issue-rectification", Map.of("reporterKnown", reporterKnown));
    }

    private void inRectification(boolean reporterKnown) {
        raise(reporterKnown);
        if (reporterKnown) {
            complete("contactReporter");
        }
        complete("triageIssue", "triageDecision", "accept");
        complete("signForIssue", "signed", true);
    }

    private void passARound() {
        complete("rectifyIssue");
        complete("verifyRectification", "roundPassed", true);
    }

    private void start(String process, Map<String, Object> variables) {
        Map<String, Object> all = new HashMap<>(variables);
        all.put("caseNumber", CASE);
        engine.getRuntimeService().startProcessInstanceByKey(process, CASE, all);
    }

    private void requestExtension() {
        requestExtension(false);
    }

    private void requestExtension(boolean further) {
        engine.getRuntimeService()
                .createMessageCorrelation("ExtensionRequested")
                .processInstanceBusinessKey(CASE)
                .setVariable("furtherExtension", further)
                .correlate();
    }

    private static void tell(String message) {
        engine.getRuntimeService()
                .createMessageCorrelation(message)
                .processInstanceBusinessKey(CASE)
                .correlateAll();
    }

    private List<String> open() {
        return engine.getTaskService().createTaskQuery().list().stream()
                .map(Task::getTaskDefinitionKey)
                .toList();
    }

    private Task task(String key) {
        return engine.getTaskService().createTaskQuery().taskDefinitionKey(key).singleResult();
    }

    private void complete(String key, Object... variables) {
        assertThat(open()).contains(key);
        Map<String, Object> values = new HashMap<>();
        for (int i = 0; i < variables.length; i += 2) {
            values.put((String) variables[i], variables[i + 1]);
        }
        engine.getTaskService().complete(task(key).getId(), values);
    }

    private Job job(String activity) {
        return engine.getManagementService()
                .createJobQuery()
                .activityId(activity)
                .singleResult();
    }

    private void fire(String timer) {
        engine.getManagementService().executeJob(job(timer).getId());
    }

    private static long live(String process) {
        return engine.getRuntimeService()
                .createProcessInstanceQuery()
                .processDefinitionKey(process)
                .count();
    }

    private boolean ended() {
        return engine.getRuntimeService().createProcessInstanceQuery().count() == 0;
    }

    /** Stands in for the step beans of all processes and keeps what was called. */
    public static class Steps {

        private final List<String> taken = new ArrayList<>();
        private int batches;
        private boolean longTerm;

        private void take() {
            String step = Arrays.stream(Thread.currentThread().getStackTrace())
                    .skip(2)
                    .findFirst()
                    .orElseThrow()
                    .getMethodName();
            taken.add(step);
        }

        public void suggestTriage(String caseNumber) {
            take();
        }

        public void protectMatter(String caseNumber) {
            take();
        }

        public void closeIssue(String caseNumber) {
            take();
        }

        public Date nextCallAt(String caseNumber) {
            return later();
        }

        public void openRound(DelegateExecution execution) {
            take();
            execution.setVariable("longTerm", longTerm);
        }

        public void freezeRound(String caseNumber) {
            take();
            tell("IssueShelved");
        }

        public Date reviewDueAt(String caseNumber) {
            return later();
        }

        public void resumeRound(String caseNumber) {
            take();
            tell("RoundResumed");
        }

        public void resumeEarly(String caseNumber) {
            take();
            tell("RoundResumed");
        }

        public void withdrawShelving(String caseNumber) {
            take();
        }

        public void withdrawContribution(DelegateExecution execution) {
            take();
        }

        public void openPeriod(String caseNumber) {
            take();
        }

        public Date missedAt(String caseNumber) {
            return later();
        }

        public Date periodOverAt(String caseNumber) {
            return later();
        }

        public void recordMissedReport(String caseNumber) {
            take();
        }

        public void recordOverdue(String caseNumber) {
            take();
        }

        public Date overdueAt(String caseNumber) {
            return later();
        }

        public void chooseTeam(String caseNumber) {
            take();
        }

        public Date checkAt(String caseNumber) {
            return later();
        }

        public void reopenIssue(String caseNumber) {
            take();
        }

        public void planDigests(DelegateExecution execution) {
            take();
        }

        public void writeDigests(DelegateExecution execution) {
            take();
            execution.setVariable("recipientsLeft", --batches > 0);
        }

        private static Date later() {
            return new Date(System.currentTimeMillis() + 3_600_000);
        }
    }
}
