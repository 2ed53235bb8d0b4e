package org.manyi.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.manyi.ManyiTest;
import org.manyi.inbox.TaskItem;
import org.manyi.issue.Loop.Report;
import org.manyi.shared.ConflictException;
import org.manyi.shared.ForbiddenException;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.ValidationException;
import org.springframework.beans.factory.annotation.Autowired;

/** More time: asked for before the deadline, decided by the department, felt by everything that hangs on the deadline. */
@ManyiTest
class ExtensionTests {

    @Autowired
    private Loop loop;

    @Autowired
    private Issues issues;

    @AfterEach
    void home() {
        loop.home();
    }

    @BeforeEach
    void onAWorkingDay() {
        loop.toWorkingDay();
    }

    private IssueDetail ask(String number, String username, int days) {
        return issues.requestExtension(number, loop.issue(number).version(), days, "配件下周才到", loop.user(username));
    }

    @Test
    void aGrantedExtensionMovesTheDeadlineTheTaskAndTheTimer() {
        String number = loop.rectifying(new Report());
        LocalDate due = loop.issue(number).dueDate();

        IssueDetail asked = ask(number, "principal002", 3);
        assertThat(asked.status()).isEqualTo("extensionReview");
        assertThat(loop.keys(number)).containsExactly("decideExtension", "rectifyIssue");
        loop.complete(number, "decideExtension", Map.of("decision", "grant", "workingDays", 2));

        LocalDate moved = loop.after(due, 2);
        IssueDetail granted = loop.issue(number);
        assertThat(granted.status()).isEqualTo("rectifying");
        assertThat(granted.dueDate()).isEqualTo(moved);
        assertThat(loop.task(number, "rectifyIssue").dueDate()).isEqualTo(moved);
        assertThat(granted.rounds().get(0).extensions()).singleElement().satisfies(extension -> {
            assertThat(extension.state()).isEqualTo("granted");
            assertThat(extension.workingDays()).isEqualTo(3);
            assertThat(extension.grantedDays()).isEqualTo(2);
            assertThat(extension.dueDate()).isEqualTo(moved);
        });

        loop.travelTo(moved);
        assertThat(loop.issue(number).rounds().get(0).overdueAt()).isNull();
        loop.travelTo(moved.plusDays(1));
        assertThat(loop.issue(number).rounds().get(0).overdueAt()).isNotNull();
    }

    @Test
    void aRefusedExtensionLeavesTheDeadlineAsItWas() {
        String number = loop.rectifying(new Report());
        LocalDate due = loop.issue(number).dueDate();
        ask(number, "staff002", 3);

        assertThatThrownBy(() -> loop.complete(number, "decideExtension", Map.of("decision", "refuse")))
                .isInstanceOf(ValidationException.class);
        loop.complete(number, "decideExtension", Map.of("decision", "refuse", "reason", "可以先做起来"));

        assertThat(loop.status(number)).isEqualTo("rectifying");
        assertThat(loop.issue(number).dueDate()).isEqualTo(due);
        loop.travelTo(due.plusDays(1));
        assertThat(loop.issue(number).rounds().get(0).overdueAt()).isNotNull();
    }

    @Test
    void nobodyIsLateWhileTheDepartmentOwesTheAnswer() {
        String number = loop.rectifying(new Report());
        LocalDate due = loop.issue(number).dueDate();
        loop.travelTo(due);
        ask(number, "principal002", 4);

        loop.travelTo(loop.after(due, 3));
        assertThat(loop.issue(number).rounds().get(0).overdueAt()).isNull();
        loop.complete(number, "decideExtension", Map.of("decision", "grant", "workingDays", 4));

        assertThat(loop.issue(number).dueDate()).isEqualTo(loop.after(due, 4));
        loop.travelTo(loop.after(due, 4).plusDays(1));
        assertThat(loop.issue(number).rounds().get(0).overdueAt()).isNotNull();
    }

    @Test
    void anAnswerThatComesAfterTheDeadlineAndIsNoMakesItLateAtOnce() {
        String number = loop.rectifying(new Report());
        LocalDate due = loop.issue(number).dueDate();
        ask(number, "principal002", 4);
        loop.travelTo(loop.after(due, 2));

        loop.complete(number, "decideExtension", Map.of("decision", "refuse", "reason", "没有必要"));

        loop.travelTo(loop.after(due, 3));
        assertThat(loop.issue(number).rounds().get(0).overdueAt()).isNotNull();
    }

    @Test
    void oneRequestWaitsAtATime() {
        String number = loop.rectifying(new Report());
        ask(number, "principal002", 3);

        assertThatThrownBy(() -> ask(number, "staff002", 2)).isInstanceOf(ConflictException.class);

        assertThat(loop.tasks(number))
                .filteredOn(task -> task.key().equals("decideExtension"))
                .hasSize(1);
    }

    @Test
    void anotherOneMayFollowUntilTheRoundsTenDaysAreUsedUp() {
        String number = loop.rectifying(new Report());
        ask(number, "principal002", 6);
        loop.complete(number, "decideExtension", Map.of("decision", "grant", "workingDays", 6));

        assertThatThrownBy(() -> ask(number, "principal002", 5)).isInstanceOf(ValidationException.class);
        ask(number, "principal002", 4);
        assertThat(loop.task(number, "decideFurtherExtension").candidatePosts())
                .as("the deputy for the school, for the department lies in no remit")
                .doesNotContain("dept:jicai:staff");
        loop.complete(number, "decideFurtherExtension", Map.of("decision", "grant", "workingDays", 4));

        assertThat(issues.find(number, loop.user("principal002")).actions()).doesNotContain("requestExtension");
        assertThatThrownBy(() -> ask(number, "principal002", 1)).isInstanceOf(ValidationException.class);
    }

    @Test
    void theReportWithdrawsTheRequestThatWaits() {
        String number = loop.rectifying(new Report());
        ask(number, "principal002", 3);

        loop.rectify(number);

        assertThat(loop.status(number)).isEqualTo("verifying");
        assertThat(loop.keys(number)).containsExactly("verifyRectification");
        assertThat(loop.issue(number).rounds().get(0).extensions())
                .singleElement()
                .extracting(IssueDetail.Extension::state)
                .isEqualTo("withdrawn");
    }

    @Test
    void afterTheDeadlineItIsTooLate() {
        String number = loop.rectifying(new Report());
        loop.travelTo(loop.issue(number).dueDate().plusDays(1));

        assertThatThrownBy(() -> ask(number, "principal002", 3))
                .isInstanceOfSatisfying(ConflictException.class, refused -> assertThat(refused.code())
                        .isEqualTo("not-active"));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 11, 1000})
    void moreThanTenWorkingDaysOrLessThanOneAreRefused(int days) {
        String number = loop.rectifying(new Report());

        assertThatThrownBy(() -> ask(number, "principal002", days)).isInstanceOf(ValidationException.class);
        assertThat(loop.status(number)).isEqualTo("rectifying");
    }

    @Test
    void onlyTheUnitThatPutsItRightAsks() {
        String number = loop.rectifying(new Report());

        assertThatThrownBy(() -> ask(number, "district1", 3)).isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> ask(number, "principal003", 3)).isInstanceOf(NotFoundException.class);
        assertThat(issues.find(number, loop.user("staff002")).actions()).containsExactly("requestExtension", "shelve");
        assertThat(issues.find(number, loop.user("district1")).actions()).isEmpty();
    }

    @Test
    void whoLooksAtAnOldStateIsToldSo() {
        String number = loop.rectifying(new Report());
        int old = loop.issue(number).version() - 1;

        assertThatThrownBy(() -> issues.requestExtension(number, old, 3, "配件下周才到", loop.user("principal002")))
                .isInstanceOfSatisfying(ConflictException.class, refused -> assertThat(refused.code())
                        .isEqualTo("stale-version"));
    }

    @Test
    void outsideARoundThereIsNothingToExtend() {
        String number = loop.triaged(new Report());

        assertThatThrownBy(() -> ask(number, "principal002", 3))
                .isInstanceOfSatisfying(ConflictException.class, refused -> assertThat(refused.code())
                        .isEqualTo("not-active"));
    }

    @Test
    void theDepartmentHasADayToDecide() {
        String number = loop.rectifying(new Report());
        ask(number, "principal002", 3);

        TaskItem decision = loop.task(number, "decideExtension");
        assertThat(decision.dueDate()).isEqualTo(loop.after(loop.today(), 1));
        assertThat(decision.round()).isEqualTo(1);
    }
}
