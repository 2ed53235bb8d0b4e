package org.manyi.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.TestClient;
import org.manyi.TestClient.Answer;
import org.manyi.inbox.TaskItem;
import org.manyi.issue.Loop.Report;
import org.manyi.shared.ValidationException;
import org.springframework.beans.factory.annotation.Autowired;

/** Units that help: each for itself, seen by the lead unit, waited for or left out with a reason. */
@ManyiTest
class CoHandlingTests {

    private static final Map<String, Object> REPORT =
            Map.of("measures", "换了灯管", "result", "照度达标", "completedOn", "2026-01-05");

    @Autowired
    private Loop loop;

    @Autowired
    private TestClient api;

    private String with(String... units) {
        String number =
                loop.raised(new Report().school("S0033").category("teaching").reporter("张某某", "13900000101"));
        loop.complete(number, "triageIssue", Map.of("decision", "accept", "coUnitCodes", List.of(units)));
        loop.complete(number, "signForIssue", Map.of("decision", "sign"));
        return number;
    }

    private Map<String, Object> report() {
        Map<String, Object> values = new java.util.HashMap<>(REPORT);
        values.put("completedOn", loop.today().toString());
        return values;
    }

    private Answer add(String number, String username, String unit) {
        return api.as(username)
                .post(
                        "/api/v1/issues/" + number + "/actions/addCoUnit",
                        Map.of("version", loop.issue(number).version(), "unitCode", unit, "reason", "校门外由它协调"));
    }

    private TaskItem part(String number, String post) {
        return loop.tasks(number).stream()
                .filter(task -> task.key().equals("contributeToRectification"))
                .filter(task -> task.candidatePosts().contains(post))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void eachUnitHasItsOwnTaskAndTheLeadUnitReadsWhatItHandedIn() {
        String number = with("B1", "anquan");
        assertThat(loop.tasks(number))
                .filteredOn(task -> task.key().equals("contributeToRectification"))
                .hasSize(2);

        loop.complete(part(number, "body:B1:liaison"), Map.of("contribution", "疏通了校门口"), loop.user("body1"));

        assertThatThrownBy(() -> loop.complete(number, "rectifyIssue", report()))
                .isInstanceOf(ValidationException.class);
        Answer seen = api.as("principal033").get("/api/v1/issues/" + number);
        assertThat(seen.body()).contains("疏通了校门口");
        loop.complete(part(number, "dept:anquan:staff"), Map.of("contribution", "查了消防"), loop.user("anquan"));
        loop.complete(number, "rectifyIssue", report());

        assertThat(loop.status(number)).isEqualTo("verifying");
        assertThat(loop.issue(number).coUnits())
                .extracting(IssueDetail.CoUnit::state)
                .containsOnly("contributed");
        assertThat(loop.live("co-handling")).doesNotContain(number);
    }

    @Test
    void whoIsAskedWhenTheRoundIsLateStillHasADay() {
        String number = with("B1");
        loop.travelTo(loop.after(loop.issue(number).dueDate(), 2));

        add(number, "jijiao", "anquan");

        assertThat(part(number, "dept:anquan:staff").dueDate()).isEqualTo(loop.nextWorkingDay(loop.today()));
        assertThat(part(number, "body:B1:liaison").overdue()).isTrue();
    }

    @Test
    void theLeadUnitReportsWithoutThemForAReasonAndWhatIsOpenIsWithdrawn() {
        String number = with("B1", "anquan");
        Map<String, Object> values = report();
        values.put("withoutCoUnits", "安全科的部分另行上报");

        loop.complete(number, "rectifyIssue", values);

        assertThat(loop.keys(number)).containsExactly("contactReporter", "verifyRectification");
        assertThat(loop.issue(number).coUnits())
                .extracting(IssueDetail.CoUnit::state)
                .containsOnly("withdrawn");
        assertThat(loop.issue(number).history())
                .filteredOn(entry -> entry.event().equals("RectificationSubmitted"))
                .extracting(IssueDetail.HistoryEntry::reason)
                .containsExactly("安全科的部分另行上报");
        assertThat(loop.issue(number).history())
                .filteredOn(entry -> entry.event().equals("ContributionWithdrawn"))
                .hasSize(2);

        loop.fail(number);
        assertThat(loop.tasks(number))
                .as("the next round asks them again")
                .filteredOn(task -> task.key().equals("contributeToRectification"))
                .hasSize(2);
    }

    @Test
    void aUnitThatOnlyHelpsSeesNeitherTheReporterNorWhatOthersHandedIn() {
        String number = with("B1", "anquan");
        loop.complete(part(number, "body:B1:liaison"), Map.of("contribution", "疏通了校门口"), loop.user("body1"));

        Answer seen = api.as("anquan").get("/api/v1/issues/" + number);

        assertThat(seen.status()).isEqualTo(200);
        assertThat(seen.body()).doesNotContain("疏通了校门口", "139****0101");
        assertThat(seen.text("/reporter")).isNull();
        assertThat(api.as("body1").get("/api/v1/issues/" + number).body()).contains("疏通了校门口");
    }

    @Test
    void theDepartmentAsksAnotherUnitToHelpWhileTheRoundRuns() {
        String number = with();
        assertThat(loop.sees("body1", number)).isFalse();
        assertThat(add(number, "principal033", "B1").status()).isEqualTo(403);

        Answer added = add(number, "jijiao", "B1");

        assertThat(added.status()).isEqualTo(200);
        assertThat(added.text("/coUnits/0/state")).isEqualTo("open");
        assertThat(loop.sees("body1", number)).isTrue();
        api.as("principal033")
                .post(
                        "/api/v1/issues/" + number + "/actions/requestExtension",
                        Map.of("version", loop.issue(number).version(), "workingDays", 2, "reason", "配件没有到"));
        loop.complete(number, "decideExtension", Map.of("decision", "grant", "workingDays", 2));
        assertThat(part(number, "body:B1:liaison").dueDate())
                .as("more time is more time for whoever helps")
                .isEqualTo(loop.issue(number).dueDate())
                .isEqualTo(loop.task(number, "rectifyIssue").dueDate());
        assertThat(add(number, "jijiao", "B1").status()).isEqualTo(422);
        assertThat(add(number, "jijiao", "S0033").status()).isEqualTo(422);
        assertThat(add(number, "jijiao", "nowhere").status()).isEqualTo(422);
        loop.complete(part(number, "body:B1:liaison"), Map.of("contribution", "协调好了"), loop.user("body1"));
        loop.complete(number, "rectifyIssue", report());
        assertThat(add(number, "jijiao", "anquan").status()).isEqualTo(409);
    }

    @Test
    void onTheShelfNothingIsExpectedAndAfterwardsItIsAgain() {
        String number = with("B1");
        api.as("jijiao")
                .post(
                        "/api/v1/issues/" + number + "/actions/shelve",
                        Map.of(
                                "version",
                                loop.issue(number).version(),
                                "reason",
                                "要等停课",
                                "reviewOn",
                                loop.after(loop.today(), 20).toString()));
        loop.complete(number, "decideShelving", Map.of("decision", "approve"));
        assertThat(loop.keys(number)).containsExactly("contactReporter");
        assertThat(add(number, "jijiao", "anquan").status()).isEqualTo(200);

        api.as("jijiao")
                .post(
                        "/api/v1/issues/" + number + "/actions/resume",
                        Map.of("version", loop.issue(number).version(), "reason", "可以施工了"));

        assertThat(loop.tasks(number))
                .filteredOn(task -> task.key().equals("contributeToRectification"))
                .hasSize(2);
    }
}
