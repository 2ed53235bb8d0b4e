package org.manyi.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.query.Query;
import org.junit.jupiter.api.Test;

/** The engine's queries evaluate what they are given (CVE-2026-109432) and sort as told: ours give them nothing of the kind. */
class EngineQueriesTests {

    private static final JavaClasses MANYI = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.manyi");

    @Test
    void noQueryOfTheEngineTakesAnExpression() {
        noClasses()
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "of a query that takes an expression or opens or()",
                        (JavaMethodCall call) -> call.getTargetOwner().isAssignableTo(Query.class)
                                && (call.getName().endsWith("Expression")
                                        || call.getName().equals("or"))))
                .check(MANYI);
    }

    @Test
    void storedFiltersAreNotUsed() {
        noClasses()
                .should()
                .dependOnClassesThat(JavaClass.Predicates.assignableTo(FilterService.class))
                .check(MANYI);
    }

    @Test
    void noPageOrApiKnowsTheEngine() {
        noClasses()
                .that()
                .resideInAPackage("org.manyi..web..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.camunda..")
                .check(MANYI);
    }
}
