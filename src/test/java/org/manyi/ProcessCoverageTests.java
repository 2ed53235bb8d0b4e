package org.manyi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs after all others, on each database: every way through every diagram was gone by the application's own tests. */
@Tag("database")
@Order(Integer.MAX_VALUE)
class ProcessCoverageTests {

    @Test
    void everyFlowOfEveryDiagramWasTaken() {
        assumeFalse(ProcessCoverage.APPLICATION.isEmpty(), "no process ran before this test: run the whole suite");
        ProcessCoverage.APPLICATION.all().forEach(System.out::println);

        assertThat(ProcessCoverage.APPLICATION.all())
                .allMatch(coverage -> coverage.never().isEmpty());
    }
}
