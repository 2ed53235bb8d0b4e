package org.manyi;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.data.relational.core.mapping.Table;
import org.springframework.data.repository.Repository;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.docs.Documenter;
import org.springframework.stereotype.Controller;

/** The walls between the rooms, and what may stand where inside them. */
class ModularityTests {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.manyi");

    private static final ArchRule ENGINE_ONLY_IN_ITS_ROOM = noClasses()
            .that(resideInAPackage("org.manyi..")
                    .and(DescribedPredicate.not(resideInAnyPackage("org.manyi.engine..", "org.manyi.*.process.."))))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.camunda..")
            .because("the day the engine is changed for a fork, only these change");

    private static final ArchRule ROWS_STAY_INSIDE = classes()
            .that()
            .areAnnotatedWith(Table.class)
            .or()
            .areAssignableTo(Repository.class)
            .should()
            .notBePublic()
            .allowEmptyShould(true)
            .because("a room's rows are its own business");

    private static final ArchRule CONTROLLERS_STAY_INSIDE = classes()
            .that()
            .areMetaAnnotatedWith(Controller.class)
            .should()
            .notBePublic()
            .andShould()
            .resideInAnyPackage("org.manyi.*.web..")
            .because("pages and API call a room's face, nobody calls them");

    private static final ArchRule NO_ROOM_IMPORTS_REHEARSAL = noClasses()
            .that()
            .resideInAPackage("org.manyi.*..")
            .and()
            .resideOutsideOfPackage("org.manyi.rehearsal..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.manyi.rehearsal..");

    private static final ArchRule ONLY_REHEARSAL_IMPORTS_AUDIT = noClasses()
            .that()
            .resideOutsideOfPackages("org.manyi.audit..", "org.manyi.rehearsal..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.manyi.audit..");

    private static final ArchRule TIME_COMES_FROM_THE_ONE_CLOCK = noClasses()
            .that()
            .resideOutsideOfPackage("org.manyi.shared..")
            .should()
            .callCodeUnitWhere(readsTheSystemsTime())
            .because("business time is moved in a rehearsal, and a test must be able to stand in the past");

    private static final Pattern ROOM = Pattern.compile("(?m)^\\| `(\\w+)` \\|[^|]*\\| ([^|]+) \\|$");

    private static final Pattern WRITES =
            Pattern.compile("\\b(?:insert\\s+into|update|delete\\s+from|merge\\s+into)\\s+(\\w+)");
    private static final Pattern READS = Pattern.compile("\\b(?:from|join)\\s+(\\w+)");
    private static final Pattern CREATES = Pattern.compile("create\\s+table\\s+(?:if\\s+not\\s+exists\\s+)?(\\w+)");
    private static final Pattern MIGRATION = Pattern.compile("V\\d+_\\d+__([a-z]+?)(_.*)?");

    @Test
    void roomsImportOnlyWhatTheirPackageSaysAndNeverInACircle() {
        ApplicationModules.of(ManyiApplication.class).verify();
    }

    @Test
    void theRoomsAreDrawn() {
        ApplicationModules modules = ApplicationModules.of(ManyiApplication.class);

        new Documenter(modules).writeDocumentation();

        assertThat(Path.of("target/spring-modulith-docs/components.puml")).isNotEmptyFile();
    }

    @Test
    void theTableOfRoomsIsTrue() {
        Map<String, Set<String>> written = new TreeMap<>();
        ROOM.matcher(ProcessModel.read(Path.of("docs/architecture.md")))
                .results()
                .forEach(row -> written.put(
                        row.group(1),
                        row.group(2).equals("-")
                                ? Set.of()
                                : Set.of(row.group(2).split(", "))));
        Map<String, Set<String>> declared = new TreeMap<>();
        ApplicationModules.of(ManyiApplication.class).forEach(module -> {
            String room = module.getIdentifier().toString();
            List<String> within = ProcessRules.withinReach(room);
            declared.put(room, Set.copyOf(within.subList(1, within.size())));
        });

        assertThat(written).isEqualTo(declared);
    }

    @Test
    void onlyTheEngineRoomAndProcessPackagesKnowTheEngine() {
        ENGINE_ONLY_IN_ITS_ROOM.check(CLASSES);
    }

    @Test
    void rowsAndRepositoriesAreNeverPublic() {
        ROWS_STAY_INSIDE.check(CLASSES);
    }

    @Test
    void pagesAndApiAreNobodysFace() {
        CONTROLLERS_STAY_INSIDE.check(CLASSES);
    }

    @Test
    void noRoomImportsTheRehearsal() {
        NO_ROOM_IMPORTS_REHEARSAL.check(CLASSES);
    }

    @Test
    void onlyTheRehearsalImportsTheAudit() {
        ONLY_REHEARSAL_IMPORTS_AUDIT.check(CLASSES);
    }

    @Test
    void timeIsAskedOfTheOneClock() {
        TIME_COMES_FROM_THE_ONE_CLOCK.check(CLASSES);
    }

    @Test
    void aRoomWritesItsOwnTablesAndReadsThoseWithinReach() {
        Map<String, String> owners = tableOwners();
        assertThat(owners).containsKeys("clock", "counter");

        List<String> found = new ArrayList<>();
        for (Path file : ProcessModel.files("src/main/java/org/manyi", ".java")) {
            Path inside = Path.of("src/main/java/org/manyi").relativize(file);
            if (inside.getNameCount() > 1) {
                trespasses(inside.getName(0).toString(), ProcessModel.read(file), owners)
                        .forEach(fault -> found.add(inside + " " + fault));
            }
        }
        assertThat(found).isEmpty();
    }

    private static Map<String, String> tableOwners() {
        Map<String, String> owners = new HashMap<>();
        for (Path file : ProcessModel.files("src/main/resources/db/migration", ".sql")) {
            var name = MIGRATION.matcher(ProcessModel.name(file));
            assertThat(name.matches()).as("%s names its room", file).isTrue();
            CREATES.matcher(ProcessModel.read(file).toLowerCase(Locale.ROOT))
                    .results()
                    .forEach(match -> owners.put(match.group(1), name.group(1)));
        }
        return owners;
    }

    /** Tables of ours that the source writes without owning, or reads out of reach; others are common table expressions or the engine's. */
    private static List<String> trespasses(String room, String source, Map<String, String> owners) {
        List<String> within = ProcessRules.withinReach(room);
        List<String> found = new ArrayList<>();
        for (String literal : SourceTexts.literals(source)) {
            String sql = literal.toLowerCase(Locale.ROOT);
            WRITES.matcher(sql)
                    .results()
                    .map(match -> match.group(1))
                    .filter(table ->
                            owners.containsKey(table) && !owners.get(table).equals(room))
                    .forEach(table -> found.add("writes " + table + " of " + owners.get(table)));
            READS.matcher(sql)
                    .results()
                    .map(match -> match.group(1))
                    .filter(table -> owners.containsKey(table) && !within.contains(owners.get(table)))
                    .forEach(table -> found.add("reads " + table + " of " + owners.get(table)));
        }
        return found;
    }

    private static DescribedPredicate<com.tngtech.archunit.core.domain.JavaCall<?>> readsTheSystemsTime() {
        Set<String> owners = Set.of(
                "java.time.Instant",
                "java.time.LocalDate",
                "java.time.LocalDateTime",
                "java.time.LocalTime",
                "java.time.OffsetDateTime",
                "java.time.ZonedDateTime",
                "java.time.Year",
                "java.time.YearMonth");
        return DescribedPredicate.describe("reads the system's time", call -> {
            CodeUnitCallTarget target = call.getTarget();
            String owner = target.getOwner().getFullName();
            boolean withClock =
                    target.getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(Clock.class));
            return owners.contains(owner) && target.getName().equals("now") && !withClock
                    || owner.equals(Date.class.getName())
                            && target.getName().equals("<init>")
                            && target.getRawParameterTypes().isEmpty()
                    || owner.equals(System.class.getName()) && target.getName().equals("currentTimeMillis")
                    || owner.equals(Clock.class.getName()) && target.getName().startsWith("system");
        });
    }

    /** The walls that are ours, against classes that break them. */
    @Nested
    class EachWallCanFail {

        @Test
        void theEngineElsewhere() {
            assertThatThrownBy(() -> ENGINE_ONLY_IN_ITS_ROOM.check(only(ProcessPathTests.class)))
                    .isInstanceOf(AssertionError.class);
        }

        @Test
        void aPublicRow() {
            assertThatThrownBy(() -> ROWS_STAY_INSIDE.check(only(PublicRow.class)))
                    .isInstanceOf(AssertionError.class);
        }

        @Test
        void aPublicPage() {
            assertThatThrownBy(() -> CONTROLLERS_STAY_INSIDE.check(only(PublicPage.class)))
                    .isInstanceOf(AssertionError.class);
        }

        @Test
        void theSystemsTime() {
            assertThatThrownBy(() -> TIME_COMES_FROM_THE_ONE_CLOCK.check(only(Impatient.class)))
                    .isInstanceOf(AssertionError.class);
        }

        @Test
        void tablesOfOthers() {
            Map<String, String> owners = Map.of("issue", "issue", "inbox_task", "inbox", "audit_entry", "audit");

            assertThat(trespasses("issue", "\"update inbox_task set a = ?\" + \"select a from audit_entry\"", owners))
                    .containsExactly("writes inbox_task of inbox", "reads audit_entry of audit");
            assertThat(trespasses(
                            "issue",
                            "\"insert into issue (a) select b from inbox_task for update skip locked\"",
                            owners))
                    .isEmpty();
        }

        private JavaClasses only(Class<?> type) {
            return new ClassFileImporter().importClasses(type);
        }

        @Table("row")
        public static class PublicRow {}

        @Controller
        public static class PublicPage {}

        static class Impatient {

            Instant soon() {
                return Instant.now();
            }
        }
    }
}
