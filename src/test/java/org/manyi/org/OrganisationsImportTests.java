package org.manyi.org;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.security.CurrentUsers;
import org.manyi.spreadsheet.ImportKind;
import org.manyi.spreadsheet.ImportKind.Column;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

@ManyiTest
@Transactional
class OrganisationsImportTests {

    @Autowired
    private OrganisationsImport kind;

    @Autowired
    private Organisation organisation;

    @Autowired
    private OrganisationDirectory directory;

    @Autowired
    private CurrentUsers users;

    @Test
    void theColumnsAreThoseOfTheContract() {
        assertThat(kind.columns())
                .extracting(Column::title)
                .containsExactly("编码", "名称", "类型", "上级编码", "办学性质", "简称", "曾用名");
    }

    @Test
    void theSystemAdministratorAloneImportsOrganisations() {
        assertThat(kind.mayImport(users.byUsername("sysadmin"))).isTrue();
        for (String other : List.of("secadmin", "auditor", "chair", "office", "principal001")) {
            assertThat(kind.mayImport(users.byUsername(other))).as(other).isFalse();
        }
    }

    @Test
    void aWholeDistrictComesInInAnyOrder() {
        List<List<String>> lines = List.of(
                List.of("S9001", "青禾区南塘小学", "小学", "D9", "公办", "南塘小学", "南塘村小；南塘联小"),
                List.of("S9002", "青禾区南塘幼儿园", "幼儿园", "D9", "民办"),
                List.of("D9", "南塘学区", "学区"),
                List.of("zhaosheng", "招生办", "科室"),
                List.of("T9", "第九检查组", "检查组"),
                List.of("B9", "青禾区消防救援大队", "外部单位"),
                List.of("S9003", "南塘书法培训学校", "校外培训机构", "D9"));

        assertThat(ImportRows.problems(kind, lines)).isEmpty();
        kind.apply(ImportRows.rows(kind, lines), users.byUsername("sysadmin"), "b1");

        assertThat(organisation.unit("S9001"))
                .isEqualTo(new Unit("S9001", "青禾区南塘小学", "南塘小学", UnitType.SCHOOL, "primary", "D9", "public", true));
        assertThat(organisation.unit("S9002").shortName()).isEqualTo("青禾区南塘幼儿园");
        assertThat(organisation.unit("S9002").ownership()).isEqualTo("private");
        assertThat(organisation.unit("S9003").ownership()).isEqualTo("private");
        assertThat(organisation.unit("zhaosheng").parentCode()).isEqualTo("bureau");
        assertThat(organisation.unit("B9").parentCode()).isNull();
        assertThat(organisation.findSchools("南塘联小", 5)).extracting(Unit::code).containsExactly("S9001");
        assertThat(organisation.unitOf("team:9:inspector")).isEqualTo("T9");
    }

    @Test
    void unitsAreTakenBackWhereNobodyBuiltOnThem(@Autowired OrganisationAdministration administration) {
        Unit before = organisation.unit("S0001");
        List<ImportKind.Change> changes = kind.apply(
                ImportRows.rows(
                        kind,
                        List.of(
                                List.of("S0001", "青禾区改错名小学", "小学", "D2"),
                                List.of("S9001", "青禾区南塘小学", "小学", "D9"),
                                List.of("S9002", "青禾区南塘幼儿园", "幼儿园", "D9"),
                                List.of("D9", "南塘学区", "学区"),
                                List.of("B9", "青禾区消防救援大队", "外部单位"))),
                users.byUsername("sysadmin"),
                "b1");
        administration.assign("school:S9002:staff", "staff001");

        List<ImportKind.Kept> kept = kind.revert(changes);

        assertThat(kept)
                .extracting(one -> one.change().row(), one -> one.change().key(), one -> one.reason()
                        .messageKey())
                .containsExactlyInAnyOrder(
                        tuple(5, "S9002", "org.problem.kept.holders"), tuple(6, "D9", "org.problem.kept.children"));
        assertThat(organisation.unit("S0001")).isEqualTo(before);
        assertThat(organisation.findSchools("改错名", 5)).isEmpty();
        assertThat(organisation.find("S9001")).isEmpty();
        assertThat(organisation.find("B9")).isEmpty();
    }

    @Test
    void aUnitThatACaseConcernsIsInUse(@Autowired OrganisationUse use, @Autowired JdbcClient jdbc) {
        jdbc.sql("insert into inbox_case (case_number, restricted, restriction) values ('use-1', false, 'NONE')")
                .update();
        jdbc.sql("insert into inbox_case_unit (case_number, unit_code) values ('use-1', 'S0060')")
                .update();

        assertThat(use.unitsInUse(List.of("S0060", "S0061"))).contains("S0060");
    }

    @Test
    void aKnownCodeIsUpdatedAndKeepsItsOldName() {
        List<List<String>> lines = List.of(List.of("S0001", "青禾区第一实验小学", "小学", "D2"));

        assertThat(ImportRows.problems(kind, lines)).isEmpty();
        kind.apply(ImportRows.rows(kind, lines), users.byUsername("sysadmin"), "b1");

        Unit unit = organisation.unit("S0001");
        assertThat(unit.name()).isEqualTo("青禾区第一实验小学");
        assertThat(unit.shortName()).isEqualTo("第一小学");
        assertThat(unit.parentCode()).isEqualTo("D2");
        assertThat(directory.facts("S0001", users.byUsername("chair")).formerNames())
                .extracting(UnitFacts.FormerName::name)
                .contains("青禾区第一小学", "青禾镇中心小学");
    }

    @Test
    void everyFaultIsNamedByRowAndColumn() {
        assertThat(ImportRows.problems(
                        kind,
                        List.of(
                                List.of("S9001", "青禾区南塘小学", "大学", "D1"),
                                List.of("S9002", "青禾区南塘二小", "小学", "D77"),
                                List.of("S9003", "青禾区南塘三小", "小学", ""),
                                List.of("S9004", "青禾区南塘四小", "小学", "jijiao"),
                                List.of("S9005", "青禾区南塘五小", "小学", "D1", "半公办"),
                                List.of("S 9006", "青禾区南塘六小", "小学", "D1"),
                                List.of("S9002", "青禾区南塘七小", "小学", "D1"),
                                List.of("T-9", "第九检查组", "检查组"),
                                List.of("Keshi", "招生办", "科室"),
                                List.of("S9007", "小", "小学", "D1"))))
                .containsExactly(
                        tuple(3, "type", "unknown"),
                        tuple(4, "parentCode", "unknown"),
                        tuple(5, "parentCode", "required"),
                        tuple(6, "parentCode", "type"),
                        tuple(7, "ownership", "unknown"),
                        tuple(8, "code", "format"),
                        tuple(9, "code", "duplicate"),
                        tuple(10, "code", "format"),
                        tuple(11, "code", "format"),
                        tuple(12, "name", "tooShort"));
    }

    @Test
    void aCodeKeepsItsType() {
        assertThat(ImportRows.problems(kind, List.of(List.of("S0001", "第一小学学区", "学区"))))
                .containsExactly(tuple(3, "type", "fixed"));
    }

    @Test
    void twoUnitsOfOneNameInOnePlaceAreQuestioned() {
        assertThat(ImportRows.problems(
                        kind,
                        List.of(
                                List.of("S9001", "青禾区南塘小学", "小学", "D1"),
                                List.of("S9002", "青禾区南塘小学", "小学", "D2"),
                                List.of("S9003", "青禾区南塘小学", "小学", "D1"),
                                List.of("S9004", "青禾区第二小学", "小学", "D1"))))
                .containsExactly(tuple(5, "name", "duplicate"), tuple(6, "name", "duplicate"));
    }

    @Test
    void aClosedUnitIsNotBroughtBackByAFile(@Autowired OrganisationAdministration administration) {
        administration.close("S0001");

        assertThat(ImportRows.problems(kind, List.of(List.of("S0001", "青禾区第一小学", "小学", "D1"))))
                .containsExactly(tuple(3, "code", "closed"));
    }
}
