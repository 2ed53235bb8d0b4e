package org.manyi.org;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.manyi.ManyiTest;
import org.manyi.security.CurrentUsers;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

@ManyiTest
@Transactional
class VisibilityTests {

    @Autowired
    private Visibility visibility;

    @Autowired
    private OrganisationAdministration administration;

    @Autowired
    private CurrentUsers users;

    @Autowired
    private JdbcClient jdbc;

    @ParameterizedTest(name = "{0} sees {1}")
    @CsvSource({
        "chair, S0001",
        "chair, S0060",
        "chair, jijiao",
        "chair, B1",
        "deputy2, S0001",
        "deputy2, S0040",
        "deputy2, jijiao",
        "deputy3, S0041",
        "deputy3, S0047",
        "deputy3, xueqian",
        "deputy1, tiyu",
        "leader1, S0001",
        "leader1, S0041",
        "district1, S0001",
        "district1, S0045",
        "district1, D1",
        "principal001, S0001",
        "staff001, S0001",
        "principal060, S0060",
        "jijiao, jijiao",
        "office, office",
        "inspector1, T1",
        "body1, B1"
    })
    void aUnitIsSeenByThoseItConcerns(String username, String unit) {
        assertThat(visibility.covers(users.byUsername(username), unit)).isTrue();
    }

    @ParameterizedTest(name = "{0} does not see {1}")
    @CsvSource({
        "chair, S9999",
        "deputy2, S0041",
        "deputy2, xueqian",
        "deputy3, S0001",
        "deputy1, S0001",
        "deputy1, S0041",
        "leader1, S0011",
        "leader1, S0040",
        "district1, S0011",
        "district1, D2",
        "principal001, S0002",
        "principal001, D1",
        "staff001, S0002",
        "jijiao, S0001",
        "jijiao, xueqian",
        "office, S0001",
        "inspector1, S0001",
        "inspector1, T2",
        "body1, S0001",
        "protector, S0001",
        "protector, bureau",
        "leader1, bureau",
        "sysadmin, S0001",
        "secadmin, S0001",
        "auditor, S0001",
        "sysadmin, bureau"
    })
    void aUnitIsNotSeenByOthers(String username, String unit) {
        assertThat(visibility.covers(users.byUsername(username), unit)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sysadmin", "secadmin", "auditor"})
    void theThreeAdministratorsHaveNoScopeAtAll(String username) {
        assertThat(visibility.scopeOf(users.byUsername(username)).all()).isFalse();
        assertThat(visibility.scopeOf(users.byUsername(username)).scopeKeys()).isEmpty();
    }

    @Test
    void onlyTheChairNeedsNoKeys() {
        assertThat(visibility.scopeOf(users.byUsername("chair")).all()).isTrue();
        assertThat(visibility.scopeOf(users.byUsername("deputy2")).all()).isFalse();
    }

    @Test
    void aSchoolIsSeenUnderAllItsKeys() {
        assertThat(keysOf("S0001")).containsExactly("district:D1", "leader:1", "remit:schools", "unit:S0001");
        assertThat(keysOf("S0060")).containsExactly("district:D4", "remit:kindergartens", "unit:S0060");
        assertThat(keysOf("D1")).containsExactly("district:D1", "unit:D1");
        assertThat(keysOf("tiyu")).containsExactly("remit:sport", "unit:tiyu");
        assertThat(keysOf("T1")).containsExactly("unit:T1");
        assertThat(keysOf("bureau")).containsExactly("unit:bureau");
    }

    @Test
    void aSchoolThatMovesToAnotherDistrictIsSeenThereAndNoLongerHere() {
        administration.change(school("S0001", "primary", "D2"));

        assertThat(visibility.covers(users.byUsername("district2"), "S0001")).isTrue();
        assertThat(visibility.covers(users.byUsername("district1"), "S0001")).isFalse();
        assertThat(visibility.covers(users.byUsername("leader1"), "S0001")).isTrue();
    }

    @Test
    void aSchoolThatChangesItsKindChangesTheDeputyWhoSeesIt() {
        administration.change(school("S0001", "kindergarten", "D1"));

        assertThat(visibility.covers(users.byUsername("deputy3"), "S0001")).isTrue();
        assertThat(visibility.covers(users.byUsername("deputy2"), "S0001")).isFalse();
    }

    @Test
    void aSchoolGivenToAnotherContactLeaderIsSeenByHimAlone() {
        administration.changeContactLeader("S0001", "leader:2");
        assertThat(visibility.covers(users.byUsername("leader2"), "S0001")).isTrue();
        assertThat(visibility.covers(users.byUsername("leader1"), "S0001")).isFalse();

        administration.changeContactLeader("S0001", null);
        assertThat(visibility.covers(users.byUsername("leader2"), "S0001")).isFalse();
        assertThat(visibility.covers(users.byUsername("deputy2"), "S0001")).isTrue();
    }

    @Test
    void aRemitGivenToAnotherDeputyIsSeenByHimAlone() {
        administration.changeRemit("schools", "bureau:deputy-sport");

        assertThat(visibility.covers(users.byUsername("deputy1"), "S0001")).isTrue();
        assertThat(visibility.covers(users.byUsername("deputy1"), "tiyu")).isTrue();
        assertThat(visibility.covers(users.byUsername("deputy2"), "S0001")).isFalse();
    }

    @Test
    void whoLosesAPostLosesItsScopeAtOnce() {
        administration.release("school:S0001:staff", "staff001");

        assertThat(visibility.covers(users.byUsername("staff001"), "S0001")).isFalse();
    }

    @Test
    void aClosedSchoolStaysVisibleToThoseWhoAnsweredForIt() {
        administration.close("S0001");

        assertThat(visibility.covers(users.byUsername("district1"), "S0001")).isTrue();
        assertThat(visibility.covers(users.byUsername("leader1"), "S0001")).isTrue();
    }

    private static NewUnit school(String code, String kind, String district) {
        return new NewUnit(code, "青禾区第一小学", "第一小学", UnitType.SCHOOL, kind, district, "public", List.of());
    }

    private List<String> keysOf(String unit) {
        return jdbc
                .sql("select scope_key from org_unit_scope where unit_code = :unit")
                .param("unit", unit)
                .query(String.class)
                .list()
                .stream()
                .sorted()
                .toList();
    }
}
