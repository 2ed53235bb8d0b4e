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
import org.manyi.inbox.Inbox;
import org.manyi.inbox.TaskItem;
import org.manyi.issue.Loop.Report;
import org.manyi.shared.ValidationException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The shelf: a leader's word, a clock that rests, a review, and the days that were left. */
@ManyiTest
class ShelvingTests {

    @Autowired
    private Loop loop;

    @Autowired
    private TestClient api;

    @Autowired
    private Inbox inbox;

    @Autowired
    private JdbcClient jdbc;

    @BeforeEach
    void onAWorkingDay() {
        loop.toWorkingDay();
    }

    @AfterEach
    void home() {
        loop.home();
    }

    private String rectifying() {
        return loop.rectifying(new Report().school("S0031").category("teaching"));
    }

    private Answer shelve(String number, String username, LocalDate reviewOn) {
        Map<String, Object> body = new HashMap<>();
        body.put("version", loop.issue(number).version());
        body.put("reason", "要等暑假停课才能施工");
        body.put("reviewOn", reviewOn == null ? null : reviewOn.toString());
        return api.as(username).post("/api/v1/issues/" + number + "/actions/shelve", body);
    }

    private Answer resume(String number, String username) {
        return api.as(username)
                .post(
                        "/api/v1/issues/" + number + "/actions/resume",
                        Map.of("version", loop.issue(number).version(), "reason", "施工队提前进场"));
    }

    private LocalDate review() {
        return loop.after(loop.today(), 20);
    }

    private String shelved(LocalDate reviewOn) {
        String number = rectifying();
        assertThat(shelve(number, "principal031", reviewOn).status()).isEqualTo(200);
        loop.complete(number, "decideShelving", Map.of("decision", "approve", "reason", "情况属实"));
        return number;
    }

    @Test
    void whatALeaderPutsOnTheShelfRestsAndGoesOnWithTheDaysThatWereLeft() {
        String number = rectifying();
        LocalDate due = loop.issue(number).dueDate();
        loop.travel(2);
        int left = loop.issue(number).suggestion().workingDays() - 2;
        LocalDate review = review();

        Answer asked = shelve(number, "principal031", review);
        assertThat(asked.text("/status")).isEqualTo("shelvingReview");
        assertThat(asked.text("/shelved/state")).isEqualTo("pending");
        assertThat(loop.task(number, "decideShelving").candidatePosts()).containsExactly("bureau:deputy-schools");
        loop.complete(number, "decideShelving", Map.of("decision", "approve"));

        IssueDetail shelved = loop.issue(number);
        assertThat(shelved.status()).isEqualTo("shelved");
        assertThat(shelved.dueDate()).isNull();
        assertThat(shelved.shelved().approver()).isNotNull();
        assertThat(shelved.shelved().daysLeft()).isEqualTo(left);
        assertThat(loop.keys(number)).isEmpty();
        assertThat(loop.live("shelving")).contains(number);

        loop.travelTo(review.minusDays(1));
        assertThat(loop.keys(number)).isEmpty();
        IssueDetail resting = loop.issue(number);
        assertThat(resting.overdue()).isFalse();
        assertThat(resting.card()).isEqualTo("none");
        assertThat(resting.rounds().get(0).overdueAt()).isNull();
        assertThat(resting.shelved().days()).isPositive();
        assertThat(due).isBefore(loop.today());

        loop.travelTo(review);
        assertThat(loop.task(number, "reviewShelved").candidatePosts()).contains("dept:jijiao:staff");
        loop.complete(number, "reviewShelved", Map.of("decision", "resume", "reason", "条件具备了"));

        assertThat(loop.status(number)).isEqualTo("rectifying");
        assertThat(loop.issue(number).shelved()).isNull();
        assertThat(loop.task(number, "rectifyIssue").dueDate()).isEqualTo(loop.after(loop.today(), left));
        assertThat(loop.issue(number).dueDate()).isEqualTo(loop.after(loop.today(), left));
        assertThat(loop.live("shelving")).doesNotContain(number);
        loop.travelTo(loop.issue(number).dueDate().plusDays(1));
        assertThat(loop.issue(number).rounds().get(0).overdueAt()).isNotNull();
        loop.rectify(number);
        assertThat(loop.status(number)).isEqualTo("verifying");
    }

    @Test
    void unitDepartmentAndContactHearTheDecisionAndTheReviewAndWhoDecidedDoesNotApproveTheClosure() {
        String number = loop.rectifying(
                new Report().school("S0031").category("teaching").reporter("钱多多", "13900001235"));
        LocalDate review = review();
        shelve(number, "principal031", review);
        loop.complete(number, "decideShelving", Map.of("decision", "approve"));
        assertThat(told(number, "shelved")).containsExactlyInAnyOrder("principal031", "staff031", "jijiao", "office");

        loop.travelTo(review);
        assertThat(told(number, "shelfReview"))
                .as("the department has the task")
                .containsExactlyInAnyOrder("principal031", "staff031", "office");
        loop.complete(number, "reviewShelved", Map.of("decision", "resume", "reason", "条件具备了"));
        loop.rectify(number);
        loop.pass(number);
        loop.call(number, true, "satisfied");

        TaskItem approval = loop.task(number, "approveClosure");
        assertThatThrownBy(() -> inbox.assign(approval.id(), "deputy2", "请你来批", loop.user("leader4")))
                .isInstanceOfSatisfying(
                        ValidationException.class,
                        refused -> assertThat(refused.fields().get(0).code()).isIn("directed", "notCandidate"));

        String refused = rectifying();
        shelve(refused, "jijiao", review());
        loop.complete(refused, "decideShelving", Map.of("decision", "refuse", "reason", "现在就能改"));
        assertThat(told(refused, "notShelved")).containsExactlyInAnyOrder("principal031", "staff031", "jijiao");
    }

    private List<String> told(String number, String words) {
        return jdbc.sql("select username from notification_notice where case_number = :number and words = :words")
                .param("number", number)
                .param("words", words)
                .query(String.class)
                .list();
    }

    @Test
    void aRefusedRequestLeavesTheDeadlineAsItWas() {
        String number = rectifying();
        LocalDate due = loop.issue(number).dueDate();
        shelve(number, "jijiao", review());

        loop.complete(number, "decideShelving", Map.of("decision", "refuse", "reason", "现在就能改"));

        assertThat(loop.status(number)).isEqualTo("rectifying");
        assertThat(loop.issue(number).dueDate()).isEqualTo(due);
        assertThat(loop.keys(number)).containsExactly("rectifyIssue");
        loop.travelTo(due.plusDays(1));
        assertThat(loop.issue(number).rounds().get(0).overdueAt()).isNotNull();
    }

    @Test
    void theReportMakesTheRequestVoid() {
        String number = rectifying();
        shelve(number, "principal031", review());

        loop.rectify(number);

        assertThat(loop.keys(number)).containsExactly("verifyRectification");
        assertThat(loop.live("shelving")).doesNotContain(number);
    }

    @Test
    void theDepartmentOrTheLeaderTakesItOffTheShelfAtAnyTime() {
        String number = shelved(review());

        assertThat(resume(number, "principal031").status()).isEqualTo(403);
        Answer resumed = resume(number, "jijiao");

        assertThat(resumed.status()).isEqualTo(200);
        assertThat(resumed.text("/status")).isEqualTo("rectifying");
        assertThat(loop.keys(number)).containsExactly("rectifyIssue");
        assertThat(resume(number, "jijiao").status()).isEqualTo(409);

        String other = shelved(review());
        assertThat(resume(other, "deputy2").status()).isEqualTo(200);
    }

    @Test
    void toLeaveItLongerIsDecidedByALeaderAgain() {
        String number = shelved(loop.after(loop.today(), 3));
        loop.travelTo(loop.issue(number).shelved().reviewOn());
        LocalDate longer = review();

        loop.complete(
                number,
                "reviewShelved",
                Map.of("decision", "again", "reviewOn", longer.toString(), "reason", "材料还没有到"));
        assertThat(loop.issue(number).shelved().askedUntil()).isEqualTo(longer);
        loop.complete(number, "decideShelving", Map.of("decision", "approve"));
        assertThat(loop.issue(number).shelved().reviewOn()).isEqualTo(longer);
        assertThat(loop.keys(number)).isEmpty();

        loop.travelTo(longer);
        loop.complete(
                number,
                "reviewShelved",
                Map.of("decision", "again", "reviewOn", review().toString(), "reason", "还没有到"));
        loop.complete(number, "decideShelving", Map.of("decision", "refuse", "reason", "不能再等"));

        assertThat(loop.status(number)).isEqualTo("rectifying");
        assertThat(loop.keys(number)).containsExactly("rectifyIssue");
    }

    @Test
    void onlyAWorkingDayWithinHalfAYearCanBeTheReview() {
        String number = rectifying();
        LocalDate saturday = loop.today().plusDays(30);
        while (saturday.getDayOfWeek() != java.time.DayOfWeek.SATURDAY
                || loop.nextWorkingDay(saturday.minusDays(1)).equals(saturday)) {
            saturday = saturday.plusDays(1);
        }

        assertThat(shelve(number, "principal031", null).status()).isEqualTo(422);
        assertThat(shelve(number, "principal031", loop.today()).status()).isEqualTo(422);
        assertThat(shelve(number, "principal031", loop.today().plusDays(181)).status())
                .isEqualTo(422);
        assertThat(shelve(number, "principal031", saturday).status()).isEqualTo(422);
        assertThat(shelve(number, "district1", review()).status()).isIn(403, 404);
        assertThat(loop.status(number)).isEqualTo("rectifying");
    }

    @Test
    void whileOneThingIsDecidedNothingElseIsAsked() {
        String number = rectifying();
        shelve(number, "principal031", review());

        assertThat(shelve(number, "principal031", review()).status()).isEqualTo(409);
        assertThat(api.as("principal031")
                        .post(
                                "/api/v1/issues/" + number + "/actions/requestExtension",
                                Map.of("version", loop.issue(number).version(), "workingDays", 2, "reason", "来不及"))
                        .status())
                .isEqualTo(409);
    }

    @Test
    void whatRestsStaysInTheLedgerAndIsCounted() {
        String number = shelved(review());
        loop.travel(3);

        assertThat(api.as("jijiao")
                        .get("/api/v1/issues?status=shelved&school=S0031")
                        .body())
                .contains(number);
        Answer shelf = api.as("jijiao").get("/api/v1/issues/shelved");
        assertThat(shelf.status()).isEqualTo(200);
        assertThat(shelf.json().at("/count").asInt()).isPositive();
        assertThat(shelf.json().at("/items").findValuesAsString("number")).contains(number);
        assertThat(api.as("principal032").get("/api/v1/issues/shelved").body()).doesNotContain(number);
    }
}
