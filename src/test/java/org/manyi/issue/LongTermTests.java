package org.manyi.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.TestClient;
import org.manyi.TestClient.Answer;
import org.manyi.issue.Loop.Report;
import org.manyi.shared.ValidationException;
import org.springframework.beans.factory.annotation.Autowired;

/** Long-term matters: a report a month, a gap that stays on record, an end that the department decides. */
@ManyiTest
class LongTermTests {

    @Autowired
    private Loop loop;

    @Autowired
    private TestClient api;

    @BeforeEach
    void onAWorkingDay() {
        loop.toWorkingDay();
    }

    @AfterEach
    void home() {
        loop.home();
    }

    private String longTerm() {
        String number = loop.raised(new Report().school("S0034").category("teaching"));
        loop.complete(number, "triageIssue", Map.of("decision", "accept", "rectification", "longTerm"));
        loop.complete(number, "signForIssue", Map.of("decision", "sign"));
        return number;
    }

    private void report(String number, String stage) {
        loop.complete(number, "reportProgress", Map.of("progress", "每周巡查两次", "stage", stage));
    }

    @Test
    void itIsReportedOnEveryMonthUntilTheDepartmentFindsAStageComplete() {
        String number = longTerm();
        LocalDate first = loop.issue(number).dueDate();
        assertThat(first).isAfterOrEqualTo(loop.today().plusMonths(1));
        assertThat(loop.task(number, "reportProgress").dueDate()).isEqualTo(first);
        report(number, "goOn");
        assertThat(loop.keys(number)).isEmpty();

        loop.travelTo(first.plusDays(1));
        LocalDate second = loop.issue(number).dueDate();
        assertThat(second).isAfter(first.plusDays(20));
        assertThat(loop.task(number, "reportProgress").dueDate()).isEqualTo(second);
        report(number, "propose");
        assertThat(loop.task(number, "decideStageCompletion").candidatePosts()).contains("dept:jijiao:staff");
        loop.complete(number, "decideStageCompletion", Map.of("decision", "goOn", "reason", "再坚持一个月"));
        loop.travelTo(second.plusDays(1));
        report(number, "propose");
        loop.complete(number, "decideStageCompletion", Map.of("decision", "complete", "reason", "已经常态化"));

        IssueDetail completed = loop.issue(number);
        assertThat(completed.status()).isEqualTo("verifying");
        assertThat(completed.longTerm().stageCompletedOn()).isEqualTo(loop.today());
        assertThat(completed.longTerm().periods()).hasSize(3);
        assertThat(completed.rounds().get(0).measures()).isEqualTo("每周巡查两次");
        loop.pass(number);
        loop.complete(number, "approveClosure", Map.of("decision", "approve"));
        assertThat(loop.status(number)).isEqualTo("closed");
    }

    @Test
    void triageChoosesHowOftenItIsReportedOn() {
        String number = loop.raised(new Report().school("S0034").category("teaching"));
        Map<String, Object> accept = Map.of("decision", "accept", "rectification", "longTerm");
        for (int wrong : List.of(0, 13)) {
            Map<String, Object> values = new HashMap<>(accept);
            values.put("reportMonths", wrong);
            assertThatThrownBy(() -> loop.complete(number, "triageIssue", values))
                    .isInstanceOf(ValidationException.class);
        }
        Map<String, Object> quarterly = new HashMap<>(accept);
        quarterly.put("reportMonths", 3);
        loop.complete(number, "triageIssue", quarterly);
        loop.complete(number, "signForIssue", Map.of("decision", "sign"));

        LocalDate began = loop.today();
        LocalDate first = loop.issue(number).dueDate();
        assertThat(first).isBetween(began.plusMonths(3), began.plusMonths(3).plusDays(10));
        assertThat(loop.issue(number).longTerm().reportMonths()).isEqualTo(3);
        report(number, "goOn");
        loop.travelTo(first.plusDays(1));
        assertThat(loop.issue(number).dueDate())
                .isBetween(began.plusMonths(6), began.plusMonths(6).plusDays(10));
    }

    @Test
    void aMissedReportStaysOnRecordAndTheNextIsAskedFor() {
        String number = longTerm();
        LocalDate first = loop.issue(number).dueDate();

        loop.travelTo(first.plusDays(1));

        IssueDetail missed = loop.issue(number);
        assertThat(missed.longTerm().reportMissing()).isTrue();
        assertThat(missed.longTerm().periods())
                .extracting(IssueDetail.Period::state)
                .containsExactly("missed", "open");
        assertThat(missed.history()).extracting(IssueDetail.HistoryEntry::event).contains("ProgressMissed");
        assertThat(loop.keys(number)).containsExactly("reportProgress");
        assertThat(api.as("jijiao")
                        .get("/api/v1/issues?reportMissing=true&school=S0034")
                        .body())
                .contains(number);
        report(number, "goOn");
        assertThat(api.as("jijiao")
                        .get("/api/v1/issues?reportMissing=true&school=S0034")
                        .body())
                .doesNotContain(number);
        assertThat(loop.issue(number).longTerm().reportMissing()).isFalse();
    }

    @Test
    void theDepartmentFindsAStageCompleteByItself() {
        String number = longTerm();
        Map<String, Object> body = Map.of("version", loop.issue(number).version(), "reason", "已经装好并验收");

        assertThat(api.as("principal034")
                        .post("/api/v1/issues/" + number + "/actions/completeStage", body)
                        .status())
                .isEqualTo(403);
        Answer completed = api.as("jijiao").post("/api/v1/issues/" + number + "/actions/completeStage", body);

        assertThat(completed.status()).isEqualTo(200);
        assertThat(completed.text("/status")).isEqualTo("verifying");
        assertThat(completed.text("/longTerm/periods/0/state")).isEqualTo("closed");
        assertThat(loop.keys(number)).containsExactly("verifyRectification");
        loop.fail(number);
        assertThat(loop.keys(number))
                .as("the next round is a long-term one too")
                .containsExactly("reportProgress");
        assertThat(loop.issue(number).longTerm().stageCompletedOn()).isNull();
    }

    @Test
    void itHasNoDeadlineToExtendOrToRest() {
        String number = longTerm();
        int version = loop.issue(number).version();

        assertThat(api.as("principal034")
                        .post(
                                "/api/v1/issues/" + number + "/actions/requestExtension",
                                Map.of("version", version, "workingDays", 2, "reason", "来不及"))
                        .status())
                .isEqualTo(409);
        assertThat(api.as("principal034")
                        .post(
                                "/api/v1/issues/" + number + "/actions/shelve",
                                Map.of(
                                        "version",
                                        version,
                                        "reason",
                                        "要等停课",
                                        "reviewOn",
                                        loop.after(loop.today(), 20).toString()))
                        .status())
                .isEqualTo(409);
    }
}
