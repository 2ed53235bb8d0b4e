package org.manyi.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.inbox.Inbox;
import org.manyi.inbox.TaskItem;
import org.manyi.issue.Loop.Report;
import org.manyi.org.OrganisationAdministration;
import org.manyi.shared.ForbiddenException;
import org.manyi.shared.ValidationException;
import org.springframework.beans.factory.annotation.Autowired;

/** Verification by people who had no part in it, and approval by a leader who did not direct it. */
@ManyiTest
class VerificationTests {

    @Autowired
    private Loop loop;

    @Autowired
    private Inbox inbox;

    @Autowired
    private Issues issues;

    @Autowired
    private OrganisationAdministration administration;

    @Test
    void aTeamWithAMemberFromTheSchoolOrItsDistrictIsNeverChosen() {
        administration.assign("team:1:inspector", "staff021");
        administration.assign("team:2:inspector", "district3");
        try {
            Set<String> chosen = new HashSet<>();
            for (int i = 0; i < 12; i++) {
                chosen.add(team(loop.verifying(new Report().school("S0021"))));
            }
            assertThat(chosen).doesNotContain("T1", "T2").hasSizeGreaterThan(1);
        } finally {
            administration.release("team:1:inspector", "staff021");
            administration.release("team:2:inspector", "district3");
        }
    }

    @Test
    void theTeamWithTheFewestOpenVerificationsIsChosen() {
        String first = loop.verifying(new Report().school("S0022"));
        String second = loop.verifying(new Report().school("S0022"));

        assertThat(team(second)).isNotEqualTo(team(first));
    }

    @Test
    void whoRectifiedInAnyRoundCannotVerifyEvenAfterChangingPosts() {
        String number = loop.rectifying(new Report().school("S0023"));
        TaskItem rectify = loop.task(number, "rectifyIssue");
        loop.complete(
                rectify,
                Map.of(
                        "measures",
                        "更换",
                        "result",
                        "达标",
                        "completedOn",
                        loop.today().toString()),
                loop.user("staff023"));
        loop.fail(number);
        loop.complete(
                loop.task(number, "rectifyIssue"),
                Map.of(
                        "measures",
                        "再换",
                        "result",
                        "达标",
                        "completedOn",
                        loop.today().toString()),
                loop.user("principal023"));
        administration.release("school:S0023:staff", "staff023");
        administration.assign("team:6:inspector", "staff023");
        try {
            TaskItem verification = loop.task(number, "verifyRectification");

            assertThat(verification.candidatePosts()).doesNotContain("team:6:inspector");
            assertThatThrownBy(() -> inbox.assign(verification.id(), "staff023", "请你核查", loop.user("dudao")))
                    .isInstanceOf(ValidationException.class);
        } finally {
            administration.release("team:6:inspector", "staff023");
            administration.assign("school:S0023:staff", "staff023");
        }
    }

    @Test
    void theSupervisionOfficeHandsAVerificationToAnyEligibleInspector() {
        String number = loop.verifying(new Report().school("S0024"));
        TaskItem verification = loop.task(number, "verifyRectification");
        String chosen = verification.candidatePosts().get(0);
        String other = chosen.equals("team:5:inspector") ? "inspector6" : "inspector5";

        inbox.assign(verification.id(), other, "原组出差", loop.user("dudao"));

        assertThat(loop.task(number, "verifyRectification").assignee().username())
                .isEqualTo(other);
        loop.complete(
                loop.task(number, "verifyRectification"),
                Map.of("decision", "pass", "mode", "onSite", "points", Loop.points(true)),
                loop.user(other));
        assertThat(loop.issue(number).rounds().get(0).verifiedBy().username()).isEqualTo(other);
    }

    @Test
    void itIsHandedToNobodyOutsideTheTeamsAndByNobodyElse() {
        String number = loop.verifying(new Report().school("S0025"));
        TaskItem verification = loop.task(number, "verifyRectification");

        assertThatThrownBy(() -> inbox.assign(verification.id(), "jijiao", "请你核查", loop.user("dudao")))
                .isInstanceOf(ValidationException.class);
        assertThatThrownBy(() -> inbox.assign(verification.id(), "inspector1", "请你核查", loop.user("principal025")))
                .isInstanceOf(ForbiddenException.class);
    }

    @Test
    void whenNoTeamIsImpartialTheSupervisionOfficeVerifies() {
        for (int team = 1; team <= 6; team++) {
            administration.assign("team:" + team + ":inspector", "staff026");
        }
        try {
            String number = loop.verifying(new Report().school("S0026"));

            assertThat(loop.task(number, "verifyRectification").candidatePosts())
                    .containsExactly("dept:dudao:staff");
            assertThat(loop.issue(number).rounds().get(0).team()).isNull();
        } finally {
            for (int team = 1; team <= 6; team++) {
                administration.release("team:" + team + ":inspector", "staff026");
            }
        }
    }

    @Test
    void theTeamSeesTheIssueOnlyFromThenOn() {
        String number = loop.rectifying(new Report().school("S0027"));
        for (int team = 1; team <= 6; team++) {
            assertThat(loop.sees("inspector" + team, number)).isFalse();
        }

        loop.rectify(number);

        String team = team(number);
        assertThat(loop.sees("inspector" + team.substring(1), number)).isTrue();
        loop.pass(number);
        assertThat(loop.sees("inspector" + team.substring(1), number)).isTrue();
    }

    @Test
    void theContactLeaderApproves() {
        String number = loop.verified(new Report().school("S0028"));

        assertThat(loop.task(number, "approveClosure").candidatePosts()).containsExactly("leader:3");
        assertThat(loop.task(number, "approveClosure").dueDate()).isEqualTo(loop.after(loop.today(), 2));
    }

    @Test
    void aLeaderWhoDecidedOnTheReturnDoesNotApprove() {
        String number = loop.triaged(new Report().school("S0029").category("facilities"));
        String staff = "dept:" + loop.issue(number).department().code() + ":staff";
        administration.assign(staff, "leader3");
        try {
            loop.complete(number, "signForIssue", Map.of("decision", "return", "reason", "不归我们"));
            loop.complete(
                    loop.task(number, "decideReturn"),
                    Map.of("unitCode", "S0029", "reason", "属于你校职责"),
                    loop.user("leader3"));
        } finally {
            administration.release(staff, "leader3");
        }
        loop.complete(number, "signForIssue", Map.of("decision", "sign"));
        loop.rectify(number);
        loop.pass(number);

        assertThat(loop.task(number, "approveClosure").candidatePosts()).containsExactly("dept:office:head");
    }

    @Test
    void aSchoolWithoutAContactLeaderHasTheDeputyApprove() {
        String number = loop.verified(new Report().school("S0030"));

        assertThat(loop.task(number, "approveClosure").candidatePosts()).containsExactly("bureau:deputy-schools");
        assertThat(issues.find(number, loop.user("deputy2")).tasks()).hasSize(1);
    }

    @Test
    void whereEvenTheChairBelongsToWhoRectifiedADeputyApproves() {
        String number = loop.rectifying(new Report().school("S0029"));
        String work = "school:S0029:staff";
        loop.rectify(number);
        Set<String> partial = Set.of("leader3", "office", "chair");
        partial.forEach(person -> administration.assign(work, person));
        try {
            loop.pass(number);
        } finally {
            partial.forEach(person -> administration.release(work, person));
        }

        assertThat(loop.task(number, "approveClosure").candidatePosts()).containsExactly("bureau:deputy-schools");
    }

    private String team(String number) {
        return loop.issue(number).rounds().get(0).team().code();
    }
}
