package org.manyi.issue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.manyi.ManyiTest;
import org.manyi.issue.Loop.Report;
import org.manyi.rehearsal.Books;
import org.springframework.beans.factory.annotation.Autowired;

/** A detour of the loop met with a detour of the round: what goes on beside a round ends with it. */
@ManyiTest
class LeavingARoundTests {

    private static final String SCHOOL = "S0034";

    @Autowired
    private Loop loop;

    @Autowired
    private Books books;

    @BeforeEach
    void onAWorkingDay() {
        loop.toWorkingDay();
    }

    @AfterEach
    void theBooksAgree() {
        loop.home();
        List<String> report = new ArrayList<>();
        assertThat(books.check(report::add)).as("the books agree: %s", report).isTrue();
    }

    private static Report report() {
        return new Report()
                .school(SCHOOL)
                .category("facilities")
                .raisedBy("district1")
                .reporter("李某", "13900000001");
    }

    @ParameterizedTest(name = "{0} is withdrawn")
    @CsvSource({"shelved", "shelvingReview"})
    void whatRestsOrIsToRestEndsWholeWhenItIsWithdrawn(String status) {
        String number = loop.in(status, report());

        loop.act("district1", number, IssueAction.WITHDRAW, null);

        assertThat(loop.status(number)).isEqualTo("withdrawn");
        assertThat(loop.keys(number)).isEmpty();
        assertThat(loop.live("shelving")).doesNotContain(number);
    }

    @Test
    void anotherUnitBeginsAnewAndNothingIsLeftOfTheShelf() {
        String number = loop.in("shelved", report());

        loop.act("jicai", number, IssueAction.CHANGE_UNIT, "anquan");

        assertThat(loop.status(number)).isEqualTo("toSign");
        assertThat(loop.live("shelving")).doesNotContain(number);
        loop.complete(number, "signForIssue", Map.of("decision", "sign"));
        assertThat(loop.status(number)).isEqualTo("rectifying");
        assertThat(loop.issue(number).shelved()).isNull();
        assertThat(loop.issue(number).actions()).isNotNull();
    }

    @Test
    void aMergedMatterAsksNobodyForReportsOrHelpAnyMore() {
        String survivor = loop.raised(report());
        String number = loop.raised(report());
        loop.complete(
                number,
                "triageIssue",
                Map.of("decision", "accept", "rectification", "longTerm", "coUnitCodes", List.of("B1")));
        loop.complete(number, "signForIssue", Map.of("decision", "sign"));
        assertThat(loop.keys(number)).contains("reportProgress", "contributeToRectification");

        loop.act("office", number, IssueAction.MERGE, survivor);

        assertThat(loop.status(number)).isEqualTo("merged");
        assertThat(loop.keys(number)).isEmpty();
        assertThat(loop.live("co-handling")).doesNotContain(number);
        assertThat(loop.issue(number).coUnits())
                .extracting(IssueDetail.CoUnit::state)
                .containsExactly("withdrawn");
        assertThat(loop.issue(number).longTerm().periods())
                .extracting(IssueDetail.Period::state)
                .containsExactly("closed");
    }

    @Test
    void movedToAnotherRoundItAsksTheHelpersAnew() {
        String number = loop.raised(report());
        loop.complete(number, "triageIssue", Map.of("decision", "accept", "coUnitCodes", List.of("B1")));
        loop.complete(number, "signForIssue", Map.of("decision", "sign"));
        loop.complete(
                loop.tasks(number).stream()
                        .filter(task -> task.key().equals("contributeToRectification"))
                        .findFirst()
                        .orElseThrow(),
                Map.of("contribution", "已协调"),
                loop.user("body1"));
        loop.rectify(number);
        assertThat(loop.status(number)).isEqualTo("verifying");

        loop.act("office", number, IssueAction.MOVE_TO, "rectifying");

        assertThat(loop.status(number)).isEqualTo("rectifying");
        assertThat(loop.issue(number).round()).isEqualTo(2);
        assertThat(loop.keys(number)).contains("rectifyIssue", "contributeToRectification");
        assertThat(loop.live("co-handling")).contains(number);
        loop.act("office", number, IssueAction.MOVE_TO, "triage");
        assertThat(loop.keys(number)).containsExactlyInAnyOrder("contactReporter", "triageIssue");
    }
}
