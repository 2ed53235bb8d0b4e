package org.manyi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs after all others: every way through every diagram was gone by the application's own tests, on each database. */
@Tag("afterwards")
class ProcessCoverageTests {

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgres"})
    void everyFlowOfEveryDiagramWasTaken(String database) throws IOException {
        ProcessCoverage application = ProcessCoverage.noted(database);
        System.out.println(database);
        application.all().forEach(System.out::println);

        assertThat(application.all()).allMatch(coverage -> coverage.never().isEmpty());
    }
}
