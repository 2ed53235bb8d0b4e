package org.manyi.spreadsheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.manyi.spreadsheet.Books.row;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.ConflictException;
import org.manyi.shared.ForbiddenException;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.ValidationException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

/** Mappings kept under names. People are imported by two administrators, counters by one of them. */
@ManyiTest
@Tag("database")
@RecordApplicationEvents
class MappingTemplateTests {

    @Autowired
    private Imports imports;

    @Autowired
    private MappingTemplates templates;

    @Autowired
    private CurrentUsers users;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private ApplicationEvents events;

    @AfterEach
    void noTemplates() {
        jdbc.sql("delete from import_template").update();
    }

    @Test
    void aTemplateThatOneSavedIsChosenByAnotherForTheSameForm() {
        UUID first = people("工号,称呼,所在处,职务\na,甲,S0001,校长\n", "sysadmin");
        MappingTemplate saved = templates.save(
                first,
                "  人事科名册 ",
                Map.of("0.A", "username", "0.B", "name", "0.C", "unitCode", "0.D", "role"),
                user("sysadmin"));
        UUID second = people("序号,称呼,工号,职务,所在处\n1,乙,b,校长,S0002\n", "secadmin");

        assertThat(templates.offers(second, user("secadmin"))).singleElement().satisfies(offer -> {
            assertThat(offer.template().name()).isEqualTo("人事科名册");
            assertThat(offer.template().owner()).isEqualTo("sysadmin");
            assertThat(offer.fits()).isTrue();
            assertThat(offer.own()).isFalse();
        });
        assertThat(templates
                        .apply(second, saved.id(), user("secadmin"))
                        .sheets()
                        .get(0)
                        .columns())
                .extracting(Mapping.Found::field)
                .containsExactly(null, "name", "username", "role", "unitCode");
        assertThat(imports.find(second, user("secadmin"))
                        .mapping()
                        .sheets()
                        .get(0)
                        .columns())
                .as("nothing is changed before the person agrees")
                .extracting(Mapping.Found::field)
                .doesNotContain("name", "username");
    }

    @Test
    void aTemplateThatDoesNotFitSaysWhichHeadersAreMissing() {
        UUID first = people("登录名,称呼,备用\na,甲,x\n", "sysadmin");
        templates.save(first, "名册", Map.of("0.A", "username", "0.B", "name"), user("sysadmin"));

        UUID other = people("账户,称呼\na,甲\n", "sysadmin");

        assertThat(templates.offers(other, user("sysadmin"))).singleElement().satisfies(offer -> {
            assertThat(offer.fits()).isFalse();
            assertThat(offer.missing()).containsExactly("登录名");
        });
    }

    @Test
    void headersAreComparedAsPeopleSeeThem() {
        UUID first = people("登录名,称呼\na,甲\n", "sysadmin");
        templates.save(first, "名册", Map.of("0.A", "username", "0.B", "name"), user("sysadmin"));

        UUID other = people("1、登 录 名（必填）,２、称呼\na,甲\n", "sysadmin");

        assertThat(templates.offers(other, user("sysadmin"))).singleElement().matches(MappingTemplates.Offer::fits);
    }

    @Test
    void whatWasDecidedAboutSheetsAndHiddenRowsIsKeptToo() {
        byte[] book = Books.poiBook(workbook -> {
            for (String name : List.of("名册", "选项")) {
                var sheet = workbook.createSheet(name);
                for (int number = 0; number < 3; number++) {
                    var created = sheet.createRow(number);
                    created.createCell(0).setCellValue(number == 0 ? "Series" : name + number);
                    created.createCell(1).setCellValue(number == 0 ? "Value" : "1");
                }
                sheet.getRow(2).setZeroHeight(true);
            }
            workbook.setSheetHidden(1, true);
        });
        UUID batch = counters(book);
        Map<String, String> chosen = Map.of(
                "0.A",
                "series",
                "0.B",
                "n",
                "1.A",
                "series",
                "1.B",
                "n",
                "0.hiddenRows",
                Mapping.SKIP,
                "1.sheet",
                Mapping.READ);
        MappingTemplate saved = templates.save(batch, "两张表", chosen, user("sysadmin"));

        Mapping applied = templates.apply(counters(book), saved.id(), user("sysadmin"));

        assertThat(applied.sheets())
                .extracting(Mapping.Sheet::leftOut, Mapping.Sheet::withoutHidden)
                .containsExactly(tuple(false, true), tuple(false, false));
    }

    @Test
    void aHeaderTheTemplateDoesNotKnowKeepsItsGuessUnlessTheFieldIsTaken() {
        UUID first = counters(Books.xlsx(row("甲列", "Value"), row("x", 1)));
        MappingTemplate saved = templates.save(first, "甲列", Map.of("0.A", "series", "0.B", "n"), user("sysadmin"));

        UUID other = counters(Books.xlsx(row("Name", "甲列", "Number"), row("x", "y", 1)));

        assertThat(templates
                        .apply(other, saved.id(), user("sysadmin"))
                        .sheets()
                        .get(0)
                        .columns())
                .extracting(Mapping.Found::field)
                .containsExactly(null, "series", "n");
    }

    @Test
    void theOwnerReplacesWhatHeSavedUnderTheSameNameAndTheTrailHearsOfBoth() {
        UUID batch = people("登录名,称呼\na,甲\n", "sysadmin");
        MappingTemplate first = templates.save(batch, "名册", Map.of("0.A", "username"), user("sysadmin"));

        MappingTemplate second =
                templates.save(batch, "名册", Map.of("0.A", "username", "0.B", "name"), user("sysadmin"));

        assertThat(second.id()).isEqualTo(first.id());
        assertThat(templates.offers(batch, user("sysadmin"))).singleElement().satisfies(offer -> assertThat(
                        offer.template().headers())
                .extracting(MappingTemplate.Header::field)
                .containsExactly("username", "name"));
        assertThat(events.stream(MappingTemplateSaved.class))
                .extracting(MappingTemplateSaved::columns, MappingTemplateSaved::replaced)
                .containsExactly(tuple(1, false), tuple(2, true));
        assertThat(jdbc.sql("select count(*) from audit_entry where object_key = :id")
                        .param("id", first.id().toString())
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
    }

    @Test
    void anotherMayNeitherReplaceNorDeleteIt() {
        UUID batch = people("登录名,称呼\na,甲\n", "sysadmin");
        MappingTemplate saved = templates.save(batch, "名册", Map.of("0.A", "username"), user("sysadmin"));

        assertThatThrownBy(() -> templates.save(batch, "名册", Map.of("0.B", "username"), user("secadmin")))
                .isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> templates.delete(batch, saved.id(), user("secadmin")))
                .isInstanceOf(ForbiddenException.class);

        assertThat(templates.offers(batch, user("secadmin"))).singleElement().satisfies(offer -> assertThat(
                        offer.template().headers().get(0).field())
                .isEqualTo("username"));
    }

    @Test
    void theOwnerDeletesIt() {
        UUID batch = people("登录名,称呼\na,甲\n", "sysadmin");
        MappingTemplate saved = templates.save(batch, "名册", Map.of("0.A", "username"), user("sysadmin"));

        templates.delete(batch, saved.id(), user("sysadmin"));

        assertThat(templates.offers(batch, user("sysadmin"))).isEmpty();
        assertThatThrownBy(() -> templates.apply(batch, saved.id(), user("sysadmin")))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> templates.delete(batch, saved.id(), user("sysadmin")))
                .isInstanceOf(NotFoundException.class);
        assertThat(events.stream(MappingTemplateDeleted.class)).singleElement().matches(event -> event.caseNumber()
                .equals(saved.id().toString()));
    }

    @Test
    void theTemplatesOfAKindAreUnknownToWhoMayNotImportItAndToOtherKinds() {
        UUID batch = counters(Books.xlsx(row("Series", "Value"), row("x", 1)));
        MappingTemplate saved = templates.save(batch, "计数", Map.of("0.A", "series"), user("sysadmin"));
        UUID others = people("登录名,称呼\na,甲\n", "sysadmin");

        assertThat(templates.offers(others, user("sysadmin"))).isEmpty();
        for (String username : List.of("secadmin", "chair", "office")) {
            assertThatThrownBy(() -> templates.offers(batch, user(username))).isInstanceOf(NotFoundException.class);
            assertThatThrownBy(() -> templates.apply(batch, saved.id(), user(username)))
                    .isInstanceOf(NotFoundException.class);
            assertThatThrownBy(() -> templates.save(batch, "x", Map.of("0.A", "series"), user(username)))
                    .isInstanceOf(NotFoundException.class);
            assertThatThrownBy(() -> templates.delete(batch, saved.id(), user(username)))
                    .isInstanceOf(NotFoundException.class);
        }
        assertThatThrownBy(() -> templates.apply(others, saved.id(), user("sysadmin")))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> templates.delete(others, saved.id(), user("sysadmin")))
                .isInstanceOf(NotFoundException.class);
        assertThat(templates.save(others, "计数", Map.of("0.A", "username"), user("sysadmin")))
                .as("the same name for another kind is another template")
                .isNotEqualTo(saved);
    }

    @Test
    void aNameHasOneToSixtyCharactersThatCanBeWritten() {
        UUID batch = people("登录名,称呼\na,甲\n", "sysadmin");
        Map<String, String> chosen = Map.of("0.A", "username");

        for (String name : new String[] {null, "", " \u3000\t", "名".repeat(61), "a\u0000b", "a\nb", "\ud800"}) {
            assertThatThrownBy(() -> templates.save(batch, name, chosen, user("sysadmin")))
                    .isInstanceOfSatisfying(ValidationException.class, refused -> assertThat(refused.fields())
                            .extracting(field -> field.field())
                            .containsExactly("templateName"));
        }
        assertThat(templates
                        .save(batch, "名".repeat(60), chosen, user("sysadmin"))
                        .name())
                .hasSize(60);
        assertThat(templates
                        .save(batch, "x'); drop table import_template; --", chosen, user("sysadmin"))
                        .name())
                .startsWith("x')");
    }

    @Test
    void noColumnOrTwoForTheSameIsRefused() {
        UUID batch = people("登录名,称呼\na,甲\n", "sysadmin");

        assertThatThrownBy(() -> templates.save(batch, "空", Map.of("0.A", "nonsense"), user("sysadmin")))
                .isInstanceOf(ValidationException.class);
        assertThatThrownBy(() ->
                        templates.save(batch, "双", Map.of("0.A", "username", "0.B", "username"), user("sysadmin")))
                .isInstanceOf(ValidationException.class);
        assertThat(templates.offers(batch, user("sysadmin"))).isEmpty();
    }

    @Test
    void ofTwoWhoTakeANameInTheSameMomentOneGetsIt() throws Exception {
        UUID batch = people("登录名,称呼\na,甲\n", "sysadmin");
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 5; round++) {
                String name = "同名" + round;
                List<Callable<Boolean>> both =
                        List.of(saving(batch, name, "sysadmin"), saving(batch, name, "secadmin"));
                int won = 0;
                for (Future<Boolean> one : threads.invokeAll(both)) {
                    won += one.get() ? 1 : 0;
                }
                assertThat(won).isEqualTo(1);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(templates.offers(batch, user("sysadmin"))).hasSize(5);
    }

    @Test
    void thereAreNoMoreThanAHundredOfAKind() {
        UUID batch = people("登录名,称呼\na,甲\n", "sysadmin");
        for (int number = 0; number < 100; number++) {
            templates.save(batch, "方案" + number, Map.of("0.A", "username"), user("sysadmin"));
        }

        assertThatThrownBy(() -> templates.save(batch, "再一个", Map.of("0.A", "username"), user("sysadmin")))
                .isInstanceOf(ConflictException.class);
        assertThat(templates.save(batch, "方案7", Map.of("0.B", "username"), user("sysadmin")))
                .as("what is there is replaced still")
                .isNotNull();
    }

    private Callable<Boolean> saving(UUID batch, String name, String username) {
        return () -> {
            try {
                templates.save(batch, name, Map.of("0.A", "username"), user(username));
                return true;
            } catch (ForbiddenException | ConflictException e) {
                return false;
            }
        };
    }

    private UUID people(String csv, String username) {
        return receive("users", "名册.csv", csv.getBytes(StandardCharsets.UTF_8), username);
    }

    private UUID counters(byte[] book) {
        return receive("counters", "名册.xlsx", book, "sysadmin");
    }

    private UUID receive(String kind, String name, byte[] bytes, String username) {
        return imports.receive(kind, name, new ByteArrayInputStream(bytes), ImportBatch.Purpose.CHECK, user(username))
                .id();
    }

    private CurrentUser user(String username) {
        return users.byUsername(username);
    }
}
