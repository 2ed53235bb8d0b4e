package org.manyi.issue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.inbox.TaskItem;
import org.manyi.issue.IssueDetail.HistoryEntry;
import org.manyi.issue.Loop.Report;
import org.springframework.beans.factory.annotation.Autowired;

/** The loop as one story without a detour. */
@ManyiTest
class IssueLoopTests {

    @Autowired
    private Loop loop;

    @AfterEach
    void home() {
        loop.home();
    }

    @Test
    void anIssueIsRaisedPutRightVerifiedCalledBackApprovedAndClosed() {
        loop.toWorkingDay();
        String number = loop.raised(new Report().school("S0002").reporter("张某某", "13900001234"));
        assertThat(number).matches("\\d{4}-WT-\\d{5}");
        assertThat(loop.status(number)).isEqualTo("triage");
        assertThat(loop.keys(number)).containsExactly("contactReporter", "triageIssue");

        loop.complete(number, "contactReporter", Map.of("outcome", "reached", "note", "已说明时限"));
        loop.complete(number, "triageIssue", Map.of("decision", "accept"));
        assertThat(loop.status(number)).isEqualTo("toSign");
        assertThat(loop.task(number, "signForIssue").candidatePosts())
                .containsExactlyInAnyOrder("school:S0002:principal", "school:S0002:staff");

        loop.complete(number, "signForIssue", Map.of("decision", "sign"));
        IssueDetail rectifying = loop.issue(number);
        assertThat(rectifying.status()).isEqualTo("rectifying");
        assertThat(rectifying.round()).isEqualTo(1);
        assertThat(rectifying.dueDate())
                .isEqualTo(loop.after(loop.today(), rectifying.suggestion().workingDays()));
        assertThat(loop.task(number, "rectifyIssue").dueDate()).isEqualTo(rectifying.dueDate());

        loop.rectify(number);
        assertThat(loop.status(number)).isEqualTo("verifying");
        TaskItem verification = loop.task(number, "verifyRectification");
        assertThat(verification.candidatePosts()).singleElement().asString().matches("team:\\d:inspector");
        assertThat(verification.dueDate()).isEqualTo(loop.after(loop.today(), 3));

        loop.pass(number);
        assertThat(loop.status(number)).isEqualTo("callback");
        loop.call(number, true, "satisfied");
        assertThat(loop.status(number)).isEqualTo("approving");
        assertThat(loop.task(number, "approveClosure").candidatePosts()).containsExactly("leader:1");

        loop.complete(number, "approveClosure", Map.of("decision", "approve", "reason", "整改到位"));
        IssueDetail closed = loop.issue(number);
        assertThat(closed.status()).isEqualTo("closed");
        assertThat(closed.closedAt()).isNotNull();
        assertThat(closed.tasks()).isEmpty();
        assertThat(closed.history().stream().map(HistoryEntry::event))
                .containsExactly(
                        "IssueRaised",
                        "TriageSuggested",
                        "ReporterContacted",
                        "IssueTriaged",
                        "UnitSigned",
                        "RoundOpened",
                        "RectificationSubmitted",
                        "TeamChosen",
                        "RectificationVerified",
                        "ReporterCalled",
                        "ClosureApproved",
                        "IssueClosed");
        assertThat(closed.rounds()).singleElement().satisfies(round -> {
            assertThat(round.measures()).isEqualTo("换了十二只灯管");
            assertThat(round.decision()).isEqualTo("pass");
            assertThat(round.points()).isEqualTo(List.of(new IssueDetail.Point("照度", true, null)));
        });
    }
}
