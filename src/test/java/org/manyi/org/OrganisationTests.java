package org.manyi.org;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.security.Accounts;
import org.manyi.security.Accounts.NewAccount;
import org.manyi.security.CurrentUsers;
import org.manyi.security.HeldPost;
import org.manyi.security.PostDirectory;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.ValidationException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;
import org.springframework.transaction.annotation.Transactional;

@ManyiTest
@Transactional
@RecordApplicationEvents
class OrganisationTests {

    private static final String NEW_SCHOOL = "S9001";

    @Autowired
    private Organisation organisation;

    @Autowired
    private OrganisationAdministration administration;

    @Autowired
    private OrganisationDirectory directory;

    @Autowired
    private PostDirectory posts;

    @Autowired
    private PostNames postNames;

    @Autowired
    private Accounts accounts;

    @Autowired
    private CurrentUsers users;

    @Autowired
    private MovableClock clock;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private ApplicationEvents events;

    @AfterEach
    void forgetTheLanguage() {
        LocaleContextHolder.resetLocaleContext();
    }

    @Test
    void theDemonstrationDistrictHasItsUnits() {
        assertThat(organisation.units(UnitType.DEPARTMENT)).hasSize(8);
        assertThat(organisation.units(UnitType.DISTRICT)).hasSize(4);
        assertThat(organisation.units(UnitType.TEAM)).hasSize(6);
        assertThat(organisation.units(UnitType.BODY)).extracting(Unit::code).containsExactly("B1");
        List<Unit> schools = organisation.units(UnitType.SCHOOL);
        assertThat(schools).hasSize(60);
        assertThat(schools).filteredOn(Unit::isKindergarten).hasSize(20);
        assertThat(schools)
                .extracting(Unit::kind)
                .contains("teaching-point", "special", "vocational", "private-training");
    }

    @Test
    void aSchoolIsFoundByAnyOfItsNamesAndItsCode() {
        for (String text : List.of("青禾区第一小学", "第一小学", "青禾镇中心小学", "s0001")) {
            assertThat(organisation.findSchools(text, 20))
                    .as(text)
                    .extracting(Unit::code)
                    .contains("S0001");
        }
    }

    @Test
    void theWildcardsOfASearchAreTakenLiterally() {
        assertThat(organisation.findSchools("%", 20)).isEmpty();
        assertThat(organisation.findSchools("S000_", 20)).isEmpty();
        assertThat(organisation.findSchools("!", 20)).isEmpty();
    }

    @Test
    void aSearchStopsAtItsLimit() {
        assertThat(organisation.findSchools("小学", 3)).hasSize(3);
    }

    @Test
    void aRenamedSchoolIsStillFoundByItsOldName() {
        create(NEW_SCHOOL, "青禾区南塘小学", "primary", "D1");

        administration.change(school(NEW_SCHOOL, "青禾区南塘实验小学", "primary", "D1"));

        assertThat(organisation.findSchools("南塘小学", 5)).extracting(Unit::name).containsExactly("青禾区南塘实验小学");
        assertThat(directory.facts(NEW_SCHOOL, users.byUsername("chair")).formerNames())
                .containsExactly(new UnitFacts.FormerName("青禾区南塘小学", clock.today()));
        assertThat(events.stream(UnitChanged.class).map(UnitChanged::detail).toList())
                .singleElement()
                .asString()
                .contains("name=青禾区南塘小学 → 青禾区南塘实验小学");
    }

    @Test
    void savingAUnitAsItIsChangesNothing() {
        create(NEW_SCHOOL, "青禾区南塘小学", "primary", "D1");

        administration.change(school(NEW_SCHOOL, "青禾区南塘小学", "primary", "D1"));

        assertThat(events.stream(UnitChanged.class)).isEmpty();
    }

    @Test
    void theCodeOfAUnitIsTakenOnce() {
        assertProblem("code", "taken", () -> create("S0001", "青禾区南塘小学", "primary", "D1"));
    }

    @Test
    void aSchoolLiesInADistrictOrUnderTheBureauAndNowhereElse() {
        assertProblem("parentCode", "type", () -> create(NEW_SCHOOL, "青禾区南塘小学", "primary", "jijiao"));
        assertProblem("parentCode", "unknown", () -> create(NEW_SCHOOL, "青禾区南塘小学", "primary", "D99"));

        create(NEW_SCHOOL, "青禾区南塘小学", "primary", "bureau");

        assertThat(organisation.districtOf(NEW_SCHOOL)).isEmpty();
        assertThat(organisation.districtOf("S0001")).map(Unit::code).contains("D1");
    }

    @Test
    void theWorkPostsOfAUnitNameTheOneInCharge() {
        assertThat(organisation.workPosts("S0001")).containsExactly("school:S0001:principal", "school:S0001:staff");
        assertThat(organisation.chargePost("S0001")).isEqualTo("school:S0001:principal");
        assertThat(organisation.workPosts("jijiao")).containsExactly("dept:jijiao:staff", "dept:jijiao:head");
        assertThat(organisation.chargePost("jijiao")).isEqualTo("dept:jijiao:head");
        assertThat(organisation.workPosts("D1")).containsExactly("district:D1:staff");
        assertThat(organisation.workPosts("B1")).containsExactly("body:B1:liaison");
        assertThat(organisation.workPosts("T1")).containsExactly("team:1:inspector");
        assertThat(organisation.unitOf("team:1:inspector")).isEqualTo("T1");
        assertThat(organisation.unitOf("leader:3")).isEqualTo("bureau");
        assertThatThrownBy(() -> organisation.unitOf("school:S0001:janitor")).isInstanceOf(NotFoundException.class);
    }

    @Test
    void aPostIsNamedAsPeopleSayItInTheirLanguage() {
        LocaleContextHolder.setLocale(Locale.CHINESE);
        assertThat(organisation.postName("school:S0001:principal")).isEqualTo("第一小学 校长");
        assertThat(organisation.postName("school:S0041:principal")).isEqualTo("一幼 园长");
        assertThat(organisation.postName("leader:3")).isEqualTo("联系领导 3");
        assertThat(organisation.postNames(List.of("team:1:inspector", "no:such:post")))
                .containsEntry("team:1:inspector", "第一检查组 成员")
                .containsEntry("no:such:post", "no:such:post");

        LocaleContextHolder.setLocale(Locale.ENGLISH);
        assertThat(organisation.postName("bureau:child-protection")).isEqualTo("Child protection officer");
    }

    @Test
    void theDepartmentFollowsFromTheKindOfInstitution() {
        assertThat(organisation.departmentFor(organisation.unit("S0041"))).isEqualTo("xueqian");
        assertThat(organisation.departmentFor(organisation.unit("S0047"))).isEqualTo("xueqian");
        assertThat(organisation.departmentFor(organisation.unit("S0001"))).isEqualTo("jijiao");
        assertThat(organisation.departmentFor(organisation.unit("B1"))).isEqualTo("jijiao");
    }

    @Test
    void everyTeamHasItsMembers() {
        assertThat(organisation.teams()).hasSize(6).containsEntry("T2", Set.of("inspector2"));
    }

    @Test
    void onePersonMayHoldBothPostsOfASmallKindergarten() {
        assertThat(posts.postsOf("principal060"))
                .extracting(HeldPost::key)
                .containsExactly("school:S0060:principal", "school:S0060:staff");
        assertThat(organisation.holders(List.of("school:S0060:principal", "school:S0060:staff")))
                .containsExactly("principal060");
    }

    @Test
    void somebodyAppointedHoldsThePostFromThatDayUntilReleased() {
        account("newcomer");

        administration.assign("school:S0001:staff", "newcomer");
        administration.assign("school:S0001:staff", "newcomer");

        assertThat(organisation.holders(List.of("school:S0001:staff"))).containsExactly("newcomer", "staff001");
        assertThat(on(clock.today().minusDays(1)).holders(List.of("school:S0001:staff")))
                .containsExactly("staff001");
        assertThat(events.stream(PostAssigned.class)
                        .filter(event -> event.username().equals("newcomer")))
                .hasSize(1);

        administration.release("school:S0001:staff", "newcomer");

        assertThat(posts.postsOf("newcomer")).isEmpty();
        assertThat(events.stream(PostReleased.class)).hasSize(1).allSatisfy(event -> {
            assertThat(event.objectType()).isEqualTo("post");
            assertThat(event.caseNumber()).isEqualTo("school:S0001:staff");
        });
        assertThatThrownBy(() -> administration.release("school:S0001:staff", "newcomer"))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void aSchoolHasOnePrincipalAtATime() {
        account("newcomer");

        assertProblem("username", "occupied", () -> administration.assign("school:S0001:principal", "newcomer"));

        administration.release("school:S0001:principal", "principal001");
        administration.assign("school:S0001:principal", "newcomer");
        assertThat(organisation.holders(List.of("school:S0001:principal"))).containsExactly("newcomer");
    }

    @Test
    void aSubstituteHoldsThePostOnTheDaysOfTheSubstitutionOnly() {
        account("newcomer");
        LocalDate today = clock.today();
        String post = "school:S0001:principal";

        administration.substitute(post, "newcomer", "principal001", today.plusDays(2), today.plusDays(3));

        assertThat(on(today.plusDays(1)).holders(List.of(post))).containsExactly("principal001");
        assertThat(on(today.plusDays(2)).holders(List.of(post))).containsExactly("newcomer", "principal001");
        assertThat(on(today.plusDays(3)).holders(List.of(post))).containsExactly("newcomer", "principal001");
        assertThat(on(today.plusDays(4)).holders(List.of(post))).containsExactly("principal001");
        assertThat(new JdbcPostDirectory(jdbc, at(today.plusDays(2))).postsOf("newcomer"))
                .singleElement()
                .satisfies(held -> assertThat(held.substitute()).isTrue());
    }

    @Test
    void nobodyStandsInForWhoDoesNotHoldThePostOrOnDaysOutOfOrder() {
        account("newcomer");
        LocalDate today = clock.today();
        String post = "school:S0001:principal";

        assertProblem(
                "substituteFor",
                "notHolder",
                () -> administration.substitute(post, "newcomer", "staff001", today, today));
        assertProblem(
                "lastDay",
                "order",
                () -> administration.substitute(
                        post, "newcomer", "principal001", today.plusDays(2), today.plusDays(1)));
    }

    @Test
    void administratorsAndClosedAccountsHoldNoPost() {
        account("newcomer");
        accounts.deactivate("newcomer");

        assertProblem("username", "administrator", () -> administration.assign("school:S0001:staff", "auditor"));
        assertProblem("username", "unknown", () -> administration.assign("school:S0001:staff", "newcomer"));
        assertProblem("username", "unknown", () -> administration.assign("school:S0001:staff", "nobody-at-all"));
    }

    @Test
    void aClosedAccountLeavesItsPosts() {
        accounts.deactivate("principal060");

        assertThat(organisation.holders(List.of("school:S0060:principal", "school:S0060:staff")))
                .isEmpty();
        assertThat(events.stream(PostReleased.class)).hasSize(2);
    }

    @Test
    void aFurtherContactLeaderGetsTheNextNumber() {
        assertThat(administration.addLeader()).isEqualTo("leader:6");
        assertThat(administration.addLeader()).isEqualTo("leader:7");
        assertThat(organisation.unitOf("leader:7")).isEqualTo("bureau");
    }

    @Test
    void theContactLeaderAnswersForHisSchools() {
        assertThat(organisation.contactLeaderPost("S0001")).isEqualTo("leader:1");

        administration.changeContactLeader("S0001", "leader:2");

        assertThat(organisation.contactLeaderPost("S0001")).isEqualTo("leader:2");
        assertThat(events.stream(ContactLeaderChanged.class)
                        .map(ContactLeaderChanged::detail)
                        .toList())
                .singleElement()
                .asString()
                .contains("from=leader:1", "to=leader:2");
        assertProblem("schoolCode", "type", () -> administration.changeContactLeader("D1", "leader:1"));
        assertProblem(
                "leaderPost", "type", () -> administration.changeContactLeader("S0001", "school:S0001:principal"));
    }

    @Test
    void aSchoolWithoutAContactLeaderFallsToTheDeputyOfItsKind() {
        assertThat(organisation.contactLeaderPost("S0040")).isEqualTo("bureau:deputy-schools");
        assertThat(organisation.contactLeaderPost("S0060")).isEqualTo("bureau:deputy-kindergartens");

        administration.changeRemit("kindergartens", "bureau:deputy-sport");

        assertThat(organisation.contactLeaderPost("S0060")).isEqualTo("bureau:deputy-sport");
    }

    @Test
    void aVacantPostAnswersForNothing() {
        administration.release("leader:1", "leader1");
        assertThat(organisation.contactLeaderPost("S0001")).isEqualTo("bureau:deputy-schools");

        administration.release("bureau:deputy-schools", "deputy2");
        assertThat(organisation.contactLeaderPost("S0001")).isEqualTo("bureau:chair");
    }

    @Test
    void aClosedUnitIsOfferedNoMoreAndItsPostsAreReleased() {
        administration.close("S0001");

        assertThat(organisation.findSchools("S0001", 5)).isEmpty();
        assertThat(organisation.unit("S0001").active()).isFalse();
        assertThat(posts.postsOf("principal001")).isEmpty();
        assertThat(posts.postsOf("staff001")).isEmpty();
        assertThat(events.stream(UnitClosed.class)).hasSize(1);
        assertProblem("postKey", "closed", () -> administration.assign("school:S0001:principal", "principal001"));
    }

    @Test
    void aUnitWithActiveUnitsUnderItIsNotClosed() {
        assertProblem("code", "inUse", () -> administration.close("D1"));
        assertProblem("code", "inUse", () -> administration.close("bureau"));
    }

    @Test
    void whoHasLookedSeesAChangeMadeLaterInTheSameTransaction() {
        account("newcomer");
        create(NEW_SCHOOL, "青禾区南塘小学", "primary", "D1");
        String post = "school:" + NEW_SCHOOL + ":staff";
        assertThat(organisation.unit(NEW_SCHOOL).name()).isEqualTo("青禾区南塘小学");
        assertThat(organisation.districtOf(NEW_SCHOOL)).map(Unit::code).hasValue("D1");
        assertThat(organisation.holders(List.of(post))).isEmpty();

        administration.change(school(NEW_SCHOOL, "青禾区南塘实验小学", "primary", "D2"));
        administration.assign(post, "newcomer");

        assertThat(organisation.unit(NEW_SCHOOL).name()).isEqualTo("青禾区南塘实验小学");
        assertThat(organisation.districtOf(NEW_SCHOOL)).map(Unit::code).hasValue("D2");
        assertThat(organisation.holders(List.of(post))).containsExactly("newcomer");
    }

    private Unit create(String code, String name, String kind, String parent) {
        return administration.create(school(code, name, kind, parent));
    }

    private static NewUnit school(String code, String name, String kind, String parent) {
        return new NewUnit(code, name, null, UnitType.SCHOOL, kind, parent, "public", List.of());
    }

    private void account(String username) {
        accounts.create(List.of(new NewAccount(username, username, null, null, null, null, false)));
    }

    private Organisation on(LocalDate day) {
        return new JdbcOrganisation(jdbc, at(day), postNames, new Kinds(jdbc));
    }

    private static MovableClock at(LocalDate day) {
        return new MovableClock(
                Clock.fixed(day.atTime(9, 0).atZone(MovableClock.ZONE).toInstant(), MovableClock.ZONE));
    }

    private static void assertProblem(String field, String code, Runnable change) {
        assertThatThrownBy(change::run)
                .isInstanceOfSatisfying(ValidationException.class, refused -> assertThat(refused.fields())
                        .extracting(FieldProblem::field, FieldProblem::code)
                        .containsExactly(org.assertj.core.groups.Tuple.tuple(field, code)));
    }
}
