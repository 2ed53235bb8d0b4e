package org.manyi.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.TestClient;
import org.manyi.TestDistrict;
import org.manyi.TestSession;
import org.manyi.inbox.Inbox;
import org.manyi.inbox.TaskItem;
import org.manyi.inbox.TaskQuery;
import org.manyi.issue.IssueDetail.MaskedReporter;
import org.manyi.issue.Loop.Report;
import org.manyi.shared.ForbiddenException;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.ValidationException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What must be kept from whom. */
@ManyiTest
class ConfidenceTests {

    @Autowired
    private Loop loop;

    @Autowired
    private Issues issues;

    @Autowired
    private Inbox inbox;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TestClient client;

    @Test
    void anIssueIsSeenByThoseItConcernsAndNobodyElse() {
        String number = loop.triaged(new Report().school("S0002").category("facilities"));

        for (String sees :
                List.of("chair", "deputy2", "leader1", "district1", "principal002", "staff002", "office", "jicai")) {
            assertThat(loop.sees(sees, number)).as(sees).isTrue();
        }
        for (String not : List.of(
                "leader2", "district2", "principal003", "inspector1", "body1", "deputy3", "sysadmin", "auditor")) {
            assertThat(loop.sees(not, number)).as(not).isFalse();
        }
    }

    @Nested
    class ChildSafety {

        @Test
        void aMatterOfAChildsSafetyLeavesTheLoopAtOnce() {
            IssueDetail raised = loop.raise(
                    "office",
                    new Report().school("S0002").reporter("孙某", "13900000009").childSafety());
            String number = raised.number();

            assertThat(raised.status()).isEqualTo("protected");
            assertThat(loop.live("protected-matter")).contains(number);
            assertThat(loop.live("issue-rectification")).doesNotContain(number);
            for (String not : List.of("office", "principal002", "staff002", "district1", "leader1", "deputy2")) {
                assertThat(loop.sees(not, number)).as(not).isFalse();
            }
            TaskItem task = loop.task(number, "handleProtectedMatter");
            assertThat(task.candidatePosts()).containsExactly("bureau:child-protection");
            assertThat(task.dueAt()).isCloseTo(task.createdAt().plusHours(24), within(1, ChronoUnit.SECONDS));
            assertThat(task.urgency()).isEqualTo("critical");
            assertThat(task.title()).doesNotContain(raised.title());
            assertThat(task.school()).isNull();

            assertThat(issues.revealReporter(number, "核实情况", loop.user("protector"))
                            .phone())
                    .isEqualTo("13900000009");
            loop.complete(number, "handleProtectedMatter", Map.of("outcome", "已联系公安机关", "note", "持续跟进"));
            assertThat(loop.issue(number).status()).isEqualTo("protected");
            assertThat(loop.issue(number).closedAt()).isNotNull();
            assertThat(loop.issue(number).answer()).isEqualTo("已联系公安机关");
        }

        @Test
        void triageFindsThatAChildIsInDanger() {
            String number = loop.raised(new Report().school("S0002").reporter("孙某", "13900000009"));
            assertThat(loop.sees("staff002", number)).isTrue();

            Inbox.Completed completed = loop.complete(number, "triageIssue", Map.of("decision", "protect"));

            assertThat(completed.caseStatus()).isEqualTo("protected");
            assertThat(completed.nextTasks()).isEmpty();
            assertThat(loop.keys(number)).containsExactly("handleProtectedMatter");
            for (String not : List.of("office", "jicai", "principal002", "staff002", "district1")) {
                assertThat(loop.sees(not, number)).as(not).isFalse();
            }
        }

        @Test
        void whoReadsAProtectedMatterIsKeptInTheTrail() {
            String number = loop.raise("office", new Report().childSafety()).number();

            issues.find(number, loop.user("protector"));

            assertThat(jdbc.sql(
                                    "select count(*) from audit_entry where event = 'ProtectedMatterRead' and object_key = :number"
                                            + " and actor = 'protector'")
                            .param("number", number)
                            .query(Integer.class)
                            .single())
                    .isEqualTo(1);
        }

        @Test
        void toTheRoomsAboveItHasANeutralName() {
            String number = loop.raise("office", new Report().title("某某被同学长期殴打").childSafety())
                    .number();

            assertThat(issues.brief(number)).hasValueSatisfying(brief -> {
                assertThat(brief.title()).doesNotContain("殴打");
                assertThat(brief.schoolCode()).isNull();
            });
        }
    }

    @Nested
    class AboutAPerson {

        @Test
        void aComplaintAboutTheHeadGoesToTheDistrictAndTheSchoolNeverSeesIt() {
            String number =
                    loop.raised(new Report().school("S0002").kind("complaint").concerns("head", null));

            assertThat(loop.sees("principal002", number)).isFalse();
            assertThat(loop.sees("staff002", number)).isFalse();
            assertThat(loop.issue(number).suggestion().unit().code()).isEqualTo("D1");
            for (String field : List.of("unitCode", "coUnitCodes")) {
                Object value = field.equals("unitCode") ? "S0002" : List.of("S0002");
                assertThatThrownBy(
                                () -> loop.complete(number, "triageIssue", Map.of("decision", "accept", field, value)))
                        .isInstanceOf(ValidationException.class);
            }

            loop.complete(number, "triageIssue", Map.of("decision", "accept"));
            loop.complete(number, "signForIssue", Map.of("decision", "sign"));
            loop.rectify(number);
            assertThat(loop.issue(number).leadUnit().code()).isEqualTo("D1");
            assertThat(loop.sees("principal002", number)).isFalse();
            TaskQuery search =
                    new TaskQuery(TaskQuery.View.SUPERVISED, null, null, null, number, TaskQuery.Sort.DUE, null, 20);
            assertThat(inbox.list(search, loop.user("chair")).items()).hasSize(1);
            assertThat(inbox.list(search, loop.user("principal002")).items()).isEmpty();
        }

        @Test
        void aComplaintAboutAMemberOfStaffIsKeptFromThatPersonOnly() {
            String number =
                    loop.triaged(new Report().school("S0002").kind("complaint").concerns("staff", "staff002"));

            assertThat(loop.sees("staff002", number)).isFalse();
            assertThat(loop.sees("principal002", number)).isTrue();
            assertThat(loop.issue(number).leadUnit().code()).isEqualTo("S0002");
            TaskItem sign = loop.task(number, "signForIssue");
            assertThatThrownBy(() -> inbox.claim(sign.id(), loop.user("staff002")))
                    .isInstanceOf(NotFoundException.class);
            assertThatThrownBy(() -> inbox.assign(sign.id(), "staff002", "请办理", loop.user("principal002")))
                    .isInstanceOf(ValidationException.class);
        }

        @Test
        void aComplaintAboutSomebodyWhoTurnsOutToBeTheHeadIsKeptFromTheSchool() {
            String number =
                    loop.raised(new Report().school("S0002").kind("complaint").concerns("staff", "principal002"));

            assertThat(loop.sees("staff002", number)).isFalse();
            assertThat(loop.issue(number).suggestion().unit().code()).isEqualTo("D1");
        }

        @Test
        void aComplaintAboutTheHeadOfADepartmentGoesToAnotherDepartment() {
            String number = loop.raised(
                    new Report().school("S0002").category("facilities").concerns("staff", "jicai"));

            assertThat(loop.issue(number).suggestion().department().code()).isNotEqualTo("jicai");
            assertThat(loop.sees("jicai", number)).isFalse();
            assertThatThrownBy(() ->
                            loop.complete(number, "triageIssue", Map.of("decision", "accept", "department", "jicai")))
                    .isInstanceOf(ValidationException.class);
        }
    }

    @Nested
    class Reporter {

        @Test
        void theBureauSeesTheReporterMaskedAndTheUnitNotAtAll() {
            String number = loop.rectifying(new Report().school("S0002").reporter("欧阳某", "13812345678"));

            assertThat(issues.find(number, loop.user("jicai")).reporter())
                    .isEqualTo(new MaskedReporter("欧*", "138****5678"));
            for (String unit : List.of("principal002", "staff002", "district1")) {
                IssueDetail seen = issues.find(number, loop.user(unit));
                assertThat(seen.reporter()).as(unit).isNull();
                assertThat(seen.reporterKnown()).isTrue();
                assertThat(seen.contacts()).isEmpty();
            }
        }

        @Test
        void theExportedTrailHoldsTheLookAndItsReasonAndNotWhatWasSeen() {
            String number = loop.raised(new Report().reporter("令狐某", "13712345679"));
            issues.revealReporter(number, "首次联系", loop.user("office"));
            TestSession auditor = new TestSession(client.baseUrl());
            auditor.login("auditor", TestDistrict.PASSWORD);

            String trail = auditor.submit("/audit", "/audit/export", Map.of("object", number))
                    .body();

            assertThat(trail.lines().filter(line -> line.contains(number)))
                    .anyMatch(line -> line.contains("首次联系"))
                    .noneMatch(line -> line.contains("令狐"))
                    .noneMatch(line -> line.contains("13712345679"));
        }

        @Test
        void whoHasToCallSeesTheReporterAndEveryLookIsKept() {
            String number = loop.raised(new Report().reporter("欧阳某", "13812345678"));
            assertThat(issues.find(number, loop.user("office")).actions()).contains("revealReporter");

            NewIssue.Reporter reporter = issues.revealReporter(number, "首次联系", loop.user("office"));

            assertThat(reporter).isEqualTo(new NewIssue.Reporter("欧阳某", "13812345678"));
            assertThat(loop.issue(number).history())
                    .filteredOn(entry -> entry.event().equals("ReporterRevealed"))
                    .singleElement()
                    .satisfies(entry -> {
                        assertThat(entry.reason()).isEqualTo("首次联系");
                        assertThat(entry.actor().username()).isEqualTo("office");
                    });
        }

        @Test
        void othersDoNotSeeTheReporterAndTheOfficeNoLongerOnceItHasCalled() {
            String number = loop.raised(new Report().school("S0002").reporter("欧阳某", "13812345678"));

            for (String not : List.of("jicai", "principal002", "chair", "leader1")) {
                assertThatThrownBy(() -> issues.revealReporter(number, "想看一看", loop.user(not)))
                        .as(not)
                        .isInstanceOf(ForbiddenException.class);
            }
            loop.complete(number, "contactReporter", Map.of("outcome", "reached"));
            assertThatThrownBy(() -> issues.revealReporter(number, "再看一看", loop.user("office")))
                    .isInstanceOf(ForbiddenException.class);
        }

        @Test
        void aLookNeedsItsReason() {
            String number = loop.raised(new Report().reporter("欧阳某", "13812345678"));

            assertThatThrownBy(() -> issues.revealReporter(number, " ", loop.user("office")))
                    .isInstanceOf(ValidationException.class);
        }

        @Test
        void theDatabaseHoldsNoReporterInClear() {
            String number = loop.raised(new Report().reporter("欧阳某", "13812345678"));

            assertThat(jdbc.sql("select reporter_name_enc || reporter_phone_enc from issue where number = :number")
                            .param("number", number)
                            .query(String.class)
                            .single())
                    .doesNotContain("欧阳", "5678");
            assertThat(jdbc.sql("select count(*) from audit_entry where detail like '%13812345678%'")
                            .query(Integer.class)
                            .single())
                    .isZero();
        }
    }
}
