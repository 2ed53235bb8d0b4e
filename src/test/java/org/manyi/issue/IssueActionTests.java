package org.manyi.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.TestClient;
import org.manyi.TestClient.Answer;
import org.manyi.issue.IssueDetail.HistoryEntry;
import org.manyi.issue.Loop.Report;
import org.manyi.rehearsal.Books;
import org.manyi.shared.ForbiddenException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What takes an issue off the order of its loop, as a program of the bureau's asks for it. */
@ManyiTest
class IssueActionTests {

    @Autowired
    private TestClient api;

    @Autowired
    private Loop loop;

    @Autowired
    private Issues issues;

    @Autowired
    private Books books;

    @Autowired
    private JdbcClient jdbc;

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

    private Answer act(String username, String number, String action, String field, String target) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("version", loop.issue(number).version());
        body.put("reason", "测试的理由");
        if (field != null) {
            body.put(field, target);
        }
        return api.as(username).post("/api/v1/issues/" + number + "/actions/" + action, body);
    }

    private HistoryEntry last(String number) {
        List<HistoryEntry> history = loop.issue(number).history();
        return history.get(history.size() - 1);
    }

    private void assertOnRecord(String number, String event, String username) {
        assertThat(loop.issue(number).history())
                .filteredOn(entry -> entry.event().equals(event))
                .last()
                .satisfies(entry -> {
                    assertThat(entry.actor().username()).isEqualTo(username);
                    assertThat(entry.reason()).isEqualTo("测试的理由");
                });
        assertThat(jdbc.sql("select count(*) from audit_entry where object_key = :number and event = :event")
                        .param("number", number)
                        .param("event", event)
                        .query(Integer.class)
                        .single())
                .isPositive();
    }

    @Nested
    class Withdraw {

        @Test
        void whoRaisedItTakesItBackAndEverythingOpenEnds() {
            String number = loop.rectifying(new Report().raisedBy("district1").reporter("李某", "13900000001"));
            issues.requestExtension(number, loop.issue(number).version(), 2, "等配件", loop.user("principal002"));
            assertThat(loop.keys(number)).containsExactly("contactReporter", "decideExtension", "rectifyIssue");

            Answer answer = act("district1", number, "withdraw", null, null);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text("/status")).isEqualTo("withdrawn");
            assertThat(answer.text("/closedAt")).isNotNull();
            assertThat(loop.keys(number)).isEmpty();
            assertThat(loop.live("issue-rectification")).doesNotContain(number);
            assertThat(loop.issue(number).rounds().get(0).extensions())
                    .extracting(IssueDetail.Extension::state)
                    .containsExactly("withdrawn");
            assertOnRecord(number, "IssueWithdrawn", "district1");
            assertThat(act("district1", number, "withdraw", null, null).status())
                    .isEqualTo(409);
        }

        @Test
        void anInstanceThatDoesNotKnowTheMessageEndsAllTheSame() {
            String number = loop.triaged(new Report().category("facilities"));
            jdbc.sql("""
                            delete from act_ru_event_subscr where event_name_ = 'IssueWithdrawn' and proc_inst_id_ in (
                                select proc_inst_id_ from act_ru_execution where business_key_ = :number)
                            """).param("number", number).update();

            assertThat(act("jicai", number, "withdraw", null, null).status()).isEqualTo(200);

            assertThat(loop.keys(number)).isEmpty();
            assertThat(loop.live("issue-rectification")).doesNotContain(number);
        }

        @Test
        void aReasonAndTheVersionAreAskedFor() {
            String number = loop.triaged(new Report());
            int version = loop.issue(number).version();

            Answer without = api.as("office")
                    .post("/api/v1/issues/" + number + "/actions/withdraw", Map.of("version", version, "reason", "无"));
            assertThat(without.status()).isEqualTo(422);
            assertThat(without.text("/errors/0/field")).isEqualTo("reason");
            Answer stale = api.as("office")
                    .post(
                            "/api/v1/issues/" + number + "/actions/withdraw",
                            Map.of("version", version - 1, "reason", "不办了"));
            assertThat(stale.status()).isEqualTo(409);
            assertThat(stale.text("/code")).isEqualTo("stale-version");
            assertThat(act("principal002", number, "withdraw", null, null).status())
                    .isEqualTo(403);
            assertThat(act("principal003", number, "withdraw", null, null).status())
                    .isEqualTo(404);
            assertThat(loop.status(number)).isEqualTo("toSign");
        }
    }

    @Nested
    class Merge {

        @Test
        void oneGoesOnForBothAndWhoeverCallsItsReporterSeesTheOther() {
            Report one = new Report().school("S0008").category("facilities").reporter("李某", "13900000001");
            String survivor = loop.rectifying(one);
            String number = loop.triaged(
                    new Report().school("S0008").category("facilities").reporter("赵某", "13900000002"));

            assertThat(act("jicai", number, "merge", "into", survivor).status()).isEqualTo(200);

            assertThat(loop.status(number)).isEqualTo("merged");
            assertThat(loop.keys(number)).isEmpty();
            assertOnRecord(number, "IssueMerged", "jicai");
            assertOnRecord(survivor, "IssueJoined", "jicai");
            assertThat(loop.issue(number).mergedInto().number()).isEqualTo(survivor);
            assertThat(issues.find(number, loop.user("office")).actions()).contains("revealReporter");
            loop.complete(survivor, "contactReporter", Map.of("outcome", "reached"));
            assertThatThrownBy(() -> issues.revealReporter(number, "回访", loop.user("office")))
                    .isInstanceOf(ForbiddenException.class);
            loop.rectify(survivor);
            loop.pass(survivor);

            IssueDetail calling = issues.find(survivor, loop.user("office"));
            assertThat(calling.merged()).singleElement().satisfies(link -> {
                assertThat(link.number()).isEqualTo(number);
                assertThat(link.reporter().phone()).isEqualTo("139****0002");
            });
            assertThat(issues.revealReporter(number, "一并回访", loop.user("office"))
                            .phone())
                    .isEqualTo("13900000002");
            assertThat(issues.find(survivor, loop.user("principal008")).merged())
                    .allSatisfy(link -> assertThat(link.reporter()).isNull());
        }

        @Test
        void onlyIntoAnOpenOneOfTheSameSchoolThatHasAReporterWhereThisHas() {
            String number = loop.raised(
                    new Report().school("S0008").category("facilities").reporter("李某", "13900000001"));
            String otherSchool = loop.raised(new Report().school("S0009").reporter("李某", "13900000001"));
            String over = loop.in("declined", new Report().school("S0008").reporter("李某", "13900000001"));
            String silent = loop.raised(new Report().school("S0008"));
            String hidden =
                    loop.raised(new Report().school("S0008").childSafety().reporter("李某", "13900000001"));

            for (String into : List.of(otherSchool, over, silent, hidden, number, "2020-WT-00001", "", "x\u0000")) {
                Answer refused = act("jicai", number, "merge", "into", into);
                assertThat(refused.status()).as(into).isEqualTo(422);
                assertThat(refused.text("/errors/0/field")).isEqualTo("into");
            }
            assertThat(issues.choices(number, IssueAction.MERGE, loop.user("jicai")))
                    .extracting(Issues.Choice::value)
                    .doesNotContain(otherSchool, over, silent, hidden, number);
            assertThat(act("jicai", silent, "merge", "into", number).status()).isEqualTo(200);
        }
    }

    @Nested
    class ChangeUnit {

        @Test
        void theNewUnitSignsAnewAndHasTheWholeTime() {
            String number = loop.verifying(new Report().category("facilities").reporter("李某", "13900000001"));
            assertThat(loop.issue(number).round()).isEqualTo(1);

            Answer answer = act("jicai", number, "changeUnit", "unitCode", "D1");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text("/status")).isEqualTo("toSign");
            assertThat(loop.keys(number))
                    .as("the first contact is left alone")
                    .containsExactly("contactReporter", "signForIssue");
            assertThat(loop.task(number, "signForIssue").candidatePosts()).containsExactly("district:D1:staff");
            assertThat(loop.live("rectification-round")).doesNotContain(number);
            assertOnRecord(number, "ResponsibleUnitChanged", "jicai");
            assertThat(loop.sees("district1", number)).isTrue();
            loop.complete(number, "signForIssue", Map.of("decision", "sign"));
            assertThat(loop.issue(number).round()).isEqualTo(2);
            assertThat(loop.issue(number).rounds().get(1).cause()).isEqualTo("first");
            loop.rectify(number);
            loop.pass(number);
            assertThat(act("jicai", number, "changeUnit", "unitCode", "S0002").status())
                    .as("verified")
                    .isEqualTo(409);
        }

        @Test
        void theUnitHasToBeAnotherOneThatTakesWork() {
            String number = loop.triaged(new Report().category("facilities"));

            for (String unit : List.of("S0002", "S9999", "T1", "")) {
                Answer refused = act("jicai", number, "changeUnit", "unitCode", unit);
                assertThat(refused.status()).as(unit).isEqualTo(422);
                assertThat(refused.text("/errors/0/field")).isEqualTo("unitCode");
            }
            assertThat(loop.status(number)).isEqualTo("toSign");
        }
    }

    @Nested
    class MoveTo {

        @Test
        void theOfficeMovesAnIssueToAnyStepForWhichItHasWhatThatNeeds() {
            String number = loop.verified(new Report().category("facilities").reporter("李某", "13900000001"));
            int rounds = loop.issue(number).round();

            assertThat(act("office", number, "moveTo", "step", "approving").status())
                    .isEqualTo(200);
            assertThat(loop.keys(number)).containsExactly("approveClosure", "contactReporter");
            act("chair", number, "moveTo", "step", "callback");
            assertThat(loop.keys(number)).containsExactly("callReporter", "contactReporter");
            act("office", number, "moveTo", "step", "rectifying");
            assertThat(loop.keys(number)).containsExactly("contactReporter", "rectifyIssue");
            assertThat(loop.issue(number).round()).isEqualTo(rounds + 1);
            assertThat(loop.issue(number).rounds().get(rounds).cause()).isEqualTo("moved");
            act("office", number, "moveTo", "step", "toSign");
            assertThat(loop.keys(number)).containsExactly("contactReporter", "signForIssue");
            act("office", number, "moveTo", "step", "triage");
            assertThat(loop.keys(number)).containsExactly("contactReporter", "triageIssue");
            assertOnRecord(number, "IssueMoved", "office");

            loop.complete(number, "triageIssue", Map.of("decision", "accept"));
            loop.complete(number, "signForIssue", Map.of("decision", "sign"));
            loop.rectify(number);
            loop.pass(number);
            assertThat(loop.status(number)).isEqualTo("callback");
        }

        @Test
        void aCallThatWaitsForItsDayIsMovedToo() {
            String number = loop.verified(new Report().reporter("李某", "13900000001"));
            loop.complete(number, "callReporter", Map.of("reached", false, "note", "无人接听"));

            assertThat(act("office", number, "moveTo", "step", "approving").status())
                    .isEqualTo(200);

            assertThat(loop.keys(number)).containsExactly("approveClosure", "contactReporter");
            loop.travel(2);
            assertThat(loop.keys(number)).doesNotContain("callReporter");
        }

        @Test
        void aStepThatLacksSomethingIsRefused() {
            String fresh = loop.raised(new Report());
            for (String step : List.of("toSign", "rectifying", "callback", "approving", "triage", "closed", "x", "")) {
                assertThat(act("office", fresh, "moveTo", "step", step).status())
                        .as(step)
                        .isEqualTo(422);
            }
            String unverified = loop.rectifying(new Report().category("facilities"));
            for (String step : List.of("callback", "approving", "rectifying", "verifying")) {
                assertThat(act("office", unverified, "moveTo", "step", step).status())
                        .as(step)
                        .isEqualTo(422);
            }
            assertThat(issues.choices(unverified, IssueAction.MOVE_TO, loop.user("office")))
                    .extracting(Issues.Choice::value)
                    .containsExactly("triage", "toSign");
            assertThat(act("jicai", unverified, "moveTo", "step", "triage").status())
                    .isEqualTo(403);
        }

        @Test
        void whatIsProtectedIsNeverMoved() {
            String number = loop.in("protected", new Report());

            assertThat(act("chair", number, "moveTo", "step", "triage").status())
                    .isEqualTo(409);
        }
    }

    @Nested
    class Reopen {

        @Test
        void aClosedIssueHasAnotherRoundAndIsNotCheckedForTheOldClosure() {
            String number = loop.closed(new Report().category("facilities"));
            assertThat(loop.live("recurrence-check")).contains(number);

            assertThat(act("jicai", number, "reopen", null, null).status()).isEqualTo(200);

            IssueDetail issue = loop.issue(number);
            assertThat(issue.status()).isEqualTo("rectifying");
            assertThat(issue.closedAt()).isNull();
            assertThat(issue.rounds()).hasSize(2);
            assertThat(issue.rounds().get(1).cause()).isEqualTo("reopened");
            assertThat(loop.live("recurrence-check")).doesNotContain(number);
            assertOnRecord(number, "IssueReopened", "jicai");
            loop.rectify(number);
            loop.pass(number);
            loop.complete(number, "approveClosure", Map.of("decision", "approve"));
            assertThat(loop.status(number)).isEqualTo("closed");
            assertThat(loop.live("recurrence-check")).contains(number);
        }

        @Test
        void anAnsweredOneGoesBackToItsDepartment() {
            String number = loop.in("answered", new Report().category("enrolment"));

            assertThat(act("office", number, "reopen", null, null).status()).isEqualTo(200);

            assertThat(loop.status(number)).isEqualTo("triage");
            assertThat(loop.keys(number)).containsExactly("triageIssue");
            loop.complete(number, "triageIssue", Map.of("decision", "accept"));
            loop.complete(number, "answerIssue", Map.of("answer", "补充说明"));
            assertThat(loop.issue(number).answer()).isEqualTo("补充说明");
            assertThat(last(number).event()).isEqualTo("IssueAnswered");
        }

        @Test
        void whatIsNotOverIsNotReopened() {
            String number = loop.triaged(new Report());

            assertThat(act("office", number, "reopen", null, null).status()).isEqualTo(409);
        }
    }
}
