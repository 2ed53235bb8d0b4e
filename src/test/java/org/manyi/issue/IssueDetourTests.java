package org.manyi.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.inbox.TaskItem;
import org.manyi.issue.IssueDetail.HistoryEntry;
import org.manyi.issue.Loop.Report;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.ValidationException;
import org.springframework.beans.factory.annotation.Autowired;

/** Every detour of the loop. */
@ManyiTest
class IssueDetourTests {

    @Autowired
    private Loop loop;

    @AfterEach
    void home() {
        loop.home();
    }

    @BeforeEach
    void onAWorkingDay() {
        loop.toWorkingDay();
    }

    @Nested
    class Triage {

        @Test
        void whatTheDepartmentLeavesOutIsTakenFromTheTable() {
            String number = loop.raised(new Report().category("food").school("S0003"));
            IssueDetail.Suggestion suggestion = loop.issue(number).suggestion();

            loop.complete(number, "triageIssue", Map.of("decision", "accept"));

            IssueDetail issue = loop.issue(number);
            assertThat(issue.department()).isEqualTo(suggestion.department());
            assertThat(issue.leadUnit().code()).isEqualTo("S0003");
            assertThat(issue.rectification()).isEqualTo(suggestion.rectification());
            assertThat(issue.urgency()).isEqualTo(suggestion.urgency());
        }

        @Test
        void theDepartmentChangesEverything() {
            String number = loop.raised(new Report().category("facilities"));

            loop.complete(
                    number,
                    "triageIssue",
                    Map.of(
                            "decision", "accept",
                            "department", "anquan",
                            "unitCode", "B1",
                            "coUnitCodes", List.of("S0002", "D1"),
                            "rectification", "longTerm",
                            "workingDays", 12,
                            "urgency", "critical"));

            IssueDetail issue = loop.issue(number);
            assertThat(issue.department().code()).isEqualTo("anquan");
            assertThat(issue.leadUnit().code()).isEqualTo("B1");
            assertThat(issue.coUnits()).extracting(IssueDetail.CoUnit::code).containsExactlyInAnyOrder("S0002", "D1");
            assertThat(issue.rectification()).isEqualTo("longTerm");
            assertThat(issue.urgency()).isEqualTo("critical");
            assertThat(loop.task(number, "signForIssue").candidatePosts()).containsExactly("body:B1:liaison");
            assertThat(loop.sees("body1", number)).isTrue();
            assertThat(loop.sees("anquan", number)).isTrue();

            loop.complete(number, "signForIssue", Map.of("decision", "sign"));
            assertThat(loop.keys(number)).containsExactly("contributeToRectification", "reportProgress");
            assertThat(loop.issue(number).dueDate())
                    .as("the first report")
                    .isAfterOrEqualTo(loop.today().plusMonths(1));
        }

        @Test
        void aConsultationIsAnsweredWithoutRectification() {
            String number = loop.raised(
                    new Report().kind("consultation").category("enrolment").reporter("李某", "13900000001"));
            loop.complete(number, "triageIssue", Map.of("decision", "accept"));
            assertThat(loop.keys(number)).containsExactly("answerIssue", "contactReporter");
            assertThat(loop.task(number, "answerIssue").dueDate()).isEqualTo(loop.after(loop.today(), 1));

            loop.complete(number, "answerIssue", Map.of("answer", "年满六周岁即可"));

            IssueDetail issue = loop.issue(number);
            assertThat(issue.status()).isEqualTo("answered");
            assertThat(issue.answer()).isEqualTo("年满六周岁即可");
            assertThat(issue.rectification()).isNull();
            assertThat(issue.leadUnit()).isNull();
            assertThat(issue.tasks()).isEmpty();
        }

        @Test
        void whatWasAskedIsTakenUpAndPutRight() {
            String number = loop.triaged(new Report().kind("consultation").category("enrolment"));
            assertThatThrownBy(
                            () -> loop.complete(number, "answerIssue", Map.of("answer", "马上改", "outcome", "takenUp")))
                    .isInstanceOf(ValidationException.class);

            loop.complete(
                    number,
                    "answerIssue",
                    Map.of(
                            "answer", "公示栏确实看不清，马上改",
                            "outcome", "takenUp",
                            "unitCode", "S0002",
                            "rectification", "immediate",
                            "workingDays", 3));

            IssueDetail issue = loop.issue(number);
            assertThat(issue.status()).isEqualTo("toSign");
            assertThat(issue.takenUp()).isTrue();
            assertThat(issue.answer()).isEqualTo("公示栏确实看不清，马上改");
            assertThat(issue.leadUnit().code()).isEqualTo("S0002");
            assertThat(issue.rectification()).isEqualTo("immediate");
            assertThat(last(number).event()).isEqualTo("IssueTakenUp");
            loop.complete(number, "signForIssue", Map.of("decision", "sign"));
            assertThat(loop.issue(number).dueDate()).isEqualTo(loop.after(loop.today(), 3));
            loop.rectify(number);
            loop.pass(number);
            loop.complete(number, "approveClosure", Map.of("decision", "approve"));
            assertThat(loop.status(number)).isEqualTo("closed");
        }

        @Test
        void aSuggestionMayBeAnsweredAndAnAppealNot() {
            String suggestion = loop.raised(new Report().kind("suggestion"));
            loop.complete(suggestion, "triageIssue", Map.of("decision", "answer"));
            assertThat(loop.keys(suggestion)).containsExactly("answerIssue");
            loop.complete(suggestion, "answerIssue", Map.of("answer", "已列入明年计划"));
            assertThat(loop.status(suggestion)).isEqualTo("answered");
            assertThat(loop.issue(suggestion).takenUp()).isFalse();

            String appeal = loop.raised(new Report());
            assertThatThrownBy(() -> loop.complete(appeal, "triageIssue", Map.of("decision", "answer")))
                    .isInstanceOf(ValidationException.class);
        }

        @Test
        void theReporterIsAskedAndTheAnswerKept() {
            String number = loop.raised(new Report().reporter("李某", "13900000001"));
            assertThatThrownBy(() -> loop.complete(number, "triageIssue", Map.of("decision", "askReporter")))
                    .isInstanceOf(ValidationException.class);
            loop.complete(number, "triageIssue", Map.of("decision", "askReporter", "reason", "是哪个校门？"));

            assertThat(loop.status(number)).isEqualTo("triage");
            assertThat(loop.issue(number).question()).isEqualTo("是哪个校门？");
            TaskItem ask = loop.task(number, "askReporter");
            assertThat(ask.candidatePosts()).containsExactly("dept:office:staff");
            assertThat(ask.dueDate()).isEqualTo(loop.after(loop.today(), 2));
            assertThatThrownBy(() -> loop.complete(number, "askReporter", Map.of("outcome", "answered")))
                    .isInstanceOf(ValidationException.class);
            loop.complete(number, "askReporter", Map.of("outcome", "answered", "answer", "东门"));

            IssueDetail issue = loop.issue(number);
            assertThat(loop.keys(number)).containsExactly("contactReporter", "triageIssue");
            assertThat(issue.question()).isNull();
            assertThat(issue.contacts()).singleElement().satisfies(contact -> {
                assertThat(contact.kind()).isEqualTo("question");
                assertThat(contact.question()).isEqualTo("是哪个校门？");
                assertThat(contact.note()).isEqualTo("东门");
            });
            loop.complete(number, "triageIssue", Map.of("decision", "accept"));
            assertThat(loop.status(number)).isEqualTo("toSign");
        }

        @Test
        void nobodyIsAskedWhereNobodyReported() {
            String number = loop.raised(new Report());

            assertThatThrownBy(() ->
                            loop.complete(number, "triageIssue", Map.of("decision", "askReporter", "reason", "是哪个校门？")))
                    .isInstanceOf(ValidationException.class);
        }

        @Test
        void triageMergesWhatIsTheSame() {
            String survivor = loop.raised(new Report().school("S0006").reporter("李某", "13900000001"));
            String other = loop.raised(new Report().school("S0007"));
            String number = loop.raised(new Report().school("S0006"));

            assertThatThrownBy(() -> loop.complete(
                            number, "triageIssue", Map.of("decision", "merge", "mergeInto", other, "reason", "同一件事")))
                    .isInstanceOf(ValidationException.class);
            loop.complete(number, "triageIssue", Map.of("decision", "merge", "mergeInto", survivor, "reason", "同一件事"));

            assertThat(loop.status(number)).isEqualTo("merged");
            assertThat(loop.issue(number).tasks()).isEmpty();
            assertThat(loop.issue(number).mergedInto().number()).isEqualTo(survivor);
            assertThat(loop.issue(survivor).merged())
                    .extracting(IssueDetail.Link::number)
                    .containsExactly(number);
            assertThat(loop.status(survivor)).isEqualTo("triage");
        }

        @Test
        void whatIsNotTakenOnEndsWithItsReason() {
            String number = loop.raised(new Report().reporter("李某", "13900000001"));

            assertThatThrownBy(() -> loop.complete(number, "triageIssue", Map.of("decision", "decline")))
                    .isInstanceOfSatisfying(ValidationException.class, refused -> assertThat(refused.fields())
                            .extracting(FieldProblem::field)
                            .containsExactly("reason"));
            assertThat(loop.status(number)).isEqualTo("triage");

            loop.complete(number, "triageIssue", Map.of("decision", "decline", "reason", "不归教育部门管"));
            IssueDetail issue = loop.issue(number);
            assertThat(issue.status()).isEqualTo("declined");
            assertThat(issue.tasks()).isEmpty();
            assertThat(last(number)).satisfies(entry -> {
                assertThat(entry.event()).isEqualTo("IssueDeclined");
                assertThat(entry.reason()).isEqualTo("不归教育部门管");
            });
        }

        @Test
        void aUnitThatDoesNotExistOrTakesNoWorkIsRefused() {
            String number = loop.raised(new Report());

            for (String unit : List.of("S9999", "T1", "bureau")) {
                assertThatThrownBy(() ->
                                loop.complete(number, "triageIssue", Map.of("decision", "accept", "unitCode", unit)))
                        .isInstanceOf(ValidationException.class);
            }
            assertThat(loop.status(number)).isEqualTo("triage");
        }
    }

    @Nested
    class Return {

        @Test
        void aUnitThatReturnsSuggestsAnotherAndTheDepartmentDecides() {
            String number = loop.triaged(new Report().school("S0002"));
            loop.complete(
                    number,
                    "signForIssue",
                    Map.of("decision", "return", "reason", "围墙归学区维护", "suggestedUnitCode", "D1"));
            assertThat(loop.status(number)).isEqualTo("returnReview");
            TaskItem decision = loop.task(number, "decideReturn");
            assertThat(decision.candidatePosts())
                    .containsExactly("dept:" + loop.issue(number).department().code() + ":staff");
            assertThat(decision.dueDate()).isEqualTo(loop.after(loop.today(), 1));

            loop.complete(number, "decideReturn", Map.of("unitCode", "D1", "reason", "归学区"));

            assertThat(loop.status(number)).isEqualTo("toSign");
            assertThat(loop.issue(number).leadUnit().code()).isEqualTo("D1");
            assertThat(loop.task(number, "signForIssue").candidatePosts()).containsExactly("district:D1:staff");
        }

        @Test
        void theDepartmentInsistsOnceAndThenALeaderDecidesForGood() {
            String number = loop.triaged(new Report().category("teaching"));
            loop.complete(number, "signForIssue", Map.of("decision", "return", "reason", "不归我们"));
            loop.complete(number, "decideReturn", Map.of("unitCode", "S0002", "reason", "属于你校职责"));
            loop.complete(number, "signForIssue", Map.of("decision", "return", "reason", "还是不归我们"));

            assertThat(loop.status(number)).isEqualTo("returnReview");
            TaskItem decision = loop.task(number, "decideResponsibility");
            assertThat(loop.issue(number).department().code()).isEqualTo("jijiao");
            assertThat(decision.candidatePosts())
                    .as("the deputy in whose remit the department is")
                    .containsExactly("bureau:deputy-schools");
            assertThat(decision.dueDate()).isEqualTo(loop.after(loop.today(), 2));
            loop.complete(number, "decideResponsibility", Map.of("unitCode", "D1", "reason", "围墙归学区"));

            assertThat(loop.issue(number).leadUnit().code()).isEqualTo("D1");
            assertThat(last(number).event()).isEqualTo("ResponsibilityDecided");
            assertThat(last(number).reason()).isEqualTo("围墙归学区");
            assertThatThrownBy(() ->
                            loop.complete(number, "signForIssue", Map.of("decision", "return", "reason", "也不归我们")))
                    .isInstanceOfSatisfying(ValidationException.class, refused -> assertThat(refused.fields())
                            .extracting(FieldProblem::field)
                            .containsExactly("decision"));
            assertThat(loop.issue(number).actions()).doesNotContain("changeUnit");
            loop.complete(number, "signForIssue", Map.of("decision", "sign"));
            assertThat(loop.status(number)).isEqualTo("rectifying");
        }

        @Test
        void withoutARemitOverTheDepartmentTheContactLeaderDecides() {
            String number = loop.triaged(new Report().category("facilities"));
            loop.complete(number, "signForIssue", Map.of("decision", "return", "reason", "不归我们"));
            loop.complete(number, "decideReturn", Map.of("unitCode", "S0002", "reason", "属于你校职责"));
            loop.complete(number, "signForIssue", Map.of("decision", "return", "reason", "还是不归我们"));

            assertThat(loop.holder(loop.task(number, "decideResponsibility"))).isEqualTo("leader1");
        }

        @Test
        void aReturnNeedsItsReasonAndCannotSuggestTheUnitItself() {
            String number = loop.triaged(new Report());

            assertThatThrownBy(() -> loop.complete(number, "signForIssue", Map.of("decision", "return")))
                    .isInstanceOf(ValidationException.class);
            assertThatThrownBy(() -> loop.complete(
                            number,
                            "signForIssue",
                            Map.of("decision", "return", "reason", "不归我们", "suggestedUnitCode", "S0002")))
                    .isInstanceOf(ValidationException.class);
            assertThat(loop.status(number)).isEqualTo("toSign");
        }
    }

    @Nested
    class Rounds {

        @Test
        void aFailedVerificationOpensAnotherRoundWithADeadlineOfItsOwn() {
            String number = loop.verifying(new Report());
            LocalDate first = loop.issue(number).dueDate();
            loop.travel(2);

            loop.fail(number);

            IssueDetail issue = loop.issue(number);
            assertThat(issue.status()).isEqualTo("rectifying");
            assertThat(issue.round()).isEqualTo(2);
            assertThat(issue.dueDate()).isAfter(first);
            assertThat(loop.task(number, "rectifyIssue").round()).isEqualTo(2);
            assertThat(issue.rounds())
                    .satisfiesExactly(
                            round -> {
                                assertThat(round.decision()).isEqualTo("fail");
                                assertThat(round.returnCode()).isEqualTo("incomplete");
                                assertThat(round.cause()).isEqualTo("first");
                            },
                            round -> {
                                assertThat(round.cause()).isEqualTo("failed");
                                assertThat(round.supervised()).isFalse();
                            });
        }

        @Test
        void aPointThatIsNotInOrderCannotPass() {
            String number = loop.verifying(new Report());

            assertThatThrownBy(() -> loop.complete(
                            number,
                            "verifyRectification",
                            Map.of("decision", "pass", "mode", "onSite", "points", Loop.points(false))))
                    .isInstanceOf(ValidationException.class);
        }

        @Test
        void nothingCanBeReportedAsDoneInTheFuture() {
            String number = loop.rectifying(new Report());

            assertThatThrownBy(() -> loop.complete(
                            number,
                            "rectifyIssue",
                            Map.of(
                                    "measures", "更换灯管",
                                    "result", "已达标",
                                    "completedOn", loop.today().plusDays(1).toString())))
                    .isInstanceOf(ValidationException.class);
        }

        @Test
        void everyRoundHasItsOwnDeadlineAndTurnsOverdueByItself() {
            String number = loop.rectifying(new Report());
            LocalDate first = loop.issue(number).dueDate();

            loop.travelTo(first);
            assertThat(loop.issue(number).overdue()).isFalse();
            assertThat(overdueRounds(number)).isEmpty();
            loop.travelTo(first.plusDays(1));
            assertThat(loop.issue(number).overdue()).isTrue();
            assertThat(overdueRounds(number)).containsExactly(1);

            loop.toWorkingDay();
            loop.rectify(number);
            loop.fail(number);
            LocalDate second = loop.issue(number).dueDate();
            assertThat(second).isAfter(first);
            assertThat(loop.issue(number).overdue()).isFalse();
            assertThat(loop.task(number, "rectifyIssue").dueDate()).isEqualTo(second);

            loop.travelTo(second.plusDays(1));
            assertThat(overdueRounds(number)).containsExactly(1, 2);
        }

        @Test
        void aRoundReportedInTimeNeverTurnsOverdue() {
            String number = loop.verifying(new Report());

            loop.travelTo(loop.issue(number).dueDate().plusDays(3));

            assertThat(overdueRounds(number)).isEmpty();
            assertThat(loop.issue(number).card()).isEqualTo("none");
        }

        @Test
        void theCardIsYellowOneWorkingDayBeforeAndRedOnTheFirstWorkingDayAfter() {
            String number = loop.rectifying(new Report());
            LocalDate due = loop.issue(number).dueDate();
            assertThat(loop.issue(number).card()).isEqualTo("none");

            loop.travelTo(loop.after(loop.today(), daysUntil(due) - 1));
            assertThat(loop.issue(number).card()).isEqualTo("yellow");
            loop.travelTo(due);
            assertThat(loop.issue(number).card()).isEqualTo("yellow");
            loop.travelTo(loop.nextWorkingDay(due));
            assertThat(loop.issue(number).card()).isEqualTo("red");
        }

        private int daysUntil(LocalDate due) {
            int days = 1;
            while (loop.after(loop.today(), days).isBefore(due)) {
                days++;
            }
            return days;
        }

        private List<Integer> overdueRounds(String number) {
            return loop.issue(number).rounds().stream()
                    .filter(round -> round.overdueAt() != null)
                    .map(IssueDetail.Round::number)
                    .toList();
        }
    }

    @Nested
    class CallBack {

        @Test
        void aDissatisfiedReporterOpensASupervisedRoundThatPresses() {
            String number = loop.verified(new Report().reporter("王某", "13900000002"));

            loop.call(number, false, "dissatisfied");

            IssueDetail issue = loop.issue(number);
            assertThat(issue.status()).isEqualTo("rectifying");
            assertThat(issue.supervised()).isTrue();
            assertThat(issue.round()).isEqualTo(2);
            assertThat(loop.task(number, "rectifyIssue").urgency()).isEqualTo("urgent");
            assertThat(issue.rounds().get(1).cause()).isEqualTo("dissatisfied");

            loop.rectify(number);
            loop.pass(number);
            loop.call(number, true, "basicallySatisfied");
            assertThat(loop.status(number)).isEqualTo("approving");
        }

        @Test
        void whatTheReporterSaysIsNotSolvedGoesBackHoweverPoliteTheAnswer() {
            String number = loop.verified(new Report().reporter("王某", "13900000002"));

            loop.call(number, false, "satisfied");

            assertThat(loop.status(number)).isEqualTo("rectifying");
        }

        @Test
        void aReporterWhoDoesNotAnswerIsCalledOnThreeWorkingDaysAndThenItGoesOn() {
            String number = loop.verified(new Report().reporter("赵某", "13900000003"));
            for (int attempt = 1; attempt <= 2; attempt++) {
                loop.complete(number, "callReporter", Map.of("reached", false));
                assertThat(loop.keys(number)).doesNotContain("callReporter");
                assertThat(loop.status(number)).isEqualTo("callback");
                loop.travel(1);
                assertThat(loop.task(number, "callReporter").dueDate()).isEqualTo(loop.after(loop.today(), 1));
            }

            loop.complete(number, "callReporter", Map.of("reached", false));

            assertThat(loop.status(number)).isEqualTo("approving");
            assertThat(loop.issue(number).contacts())
                    .extracting(IssueDetail.Contact::outcome)
                    .containsExactly("retry", "retry", "exhausted");
        }
    }

    @Nested
    class Closure {

        @Test
        void aClosureThatIsReturnedOpensAnotherRoundAndSaysWhy() {
            String number = loop.verified(new Report());

            assertThatThrownBy(() -> loop.complete(number, "approveClosure", Map.of("decision", "return")))
                    .isInstanceOf(ValidationException.class);
            loop.complete(number, "approveClosure", Map.of("decision", "return", "reason", "缺检测报告"));

            IssueDetail issue = loop.issue(number);
            assertThat(issue.status()).isEqualTo("rectifying");
            assertThat(issue.rounds().get(1).cause()).isEqualTo("returned");
            assertThat(issue.history())
                    .filteredOn(entry -> entry.event().equals("ClosureReturned"))
                    .singleElement()
                    .extracting(HistoryEntry::reason)
                    .isEqualTo("缺检测报告");
        }

        @Test
        void afterTwentyEightDaysTheDepartmentFindsThatItLasted() {
            String number = loop.closed(new Report());
            LocalDate closedOn = loop.issue(number).closedAt().toLocalDate();
            loop.travelTo(closedOn.plusDays(27));
            assertThat(loop.keys(number)).isEmpty();

            loop.travelTo(closedOn.plusDays(28));

            TaskItem check = loop.task(number, "checkRecurrence");
            assertThat(check.candidatePosts())
                    .containsExactly("dept:" + loop.issue(number).department().code() + ":staff");
            assertThat(check.dueDate()).isEqualTo(loop.after(closedOn.plusDays(28), 5));
            loop.complete(number, "checkRecurrence", Map.of("decision", "lasting"));
            assertThat(loop.status(number)).isEqualTo("closed");
            assertThat(loop.keys(number)).isEmpty();
        }

        @Test
        void whatCameBackIsOpenAgainUnderItsNumberAndRunsTheWholeLoop() {
            String number = loop.closed(new Report().reporter("钱某", "13900000004"), true);
            loop.travelTo(loop.issue(number).closedAt().toLocalDate().plusDays(28));

            assertThatThrownBy(() -> loop.complete(number, "checkRecurrence", Map.of("decision", "recurred")))
                    .isInstanceOf(ValidationException.class);
            loop.complete(number, "checkRecurrence", Map.of("decision", "recurred", "note", "又坏了两只"));

            IssueDetail issue = loop.issue(number);
            assertThat(issue.status()).isEqualTo("rectifying");
            assertThat(issue.closedAt()).isNull();
            assertThat(issue.round()).isEqualTo(2);
            assertThat(issue.rounds().get(1).cause()).isEqualTo("recurred");

            loop.rectify(number);
            loop.pass(number);
            loop.call(number, true, "satisfied");
            loop.complete(number, "approveClosure", Map.of("decision", "approve"));
            assertThat(loop.status(number)).isEqualTo("closed");
        }
    }

    private HistoryEntry last(String number) {
        List<HistoryEntry> history = loop.issue(number).history();
        return history.get(history.size() - 1);
    }
}
