package org.manyi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keeps the list of guards true to the code, so that taking them out one by one ({@link GuardMutations}) stays possible. */
class GuardTests {

    static List<Guard> guards() {
        return Guard.all();
    }

    @Test
    void atLeastThirtyGuardsAreListedEachOnce() {
        assertThat(guards()).extracting(Guard::name).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(30);
    }

    @ParameterizedTest
    @MethodSource("guards")
    void aGuardStandsExactlyOnceWhereTheListSays(Guard guard) {
        assertThat(Path.of(guard.file())).matches(Files::isRegularFile);
        assertThat(Guard.read(Path.of(guard.file()))).containsOnlyOnce(guard.text());
        assertThat(guard.mutated()).isNotEqualTo(Guard.read(Path.of(guard.file())));
    }

    @ParameterizedTest
    @MethodSource("guards")
    void theTestThatWatchesAGuardExists(Guard guard) throws ClassNotFoundException {
        String[] test = guard.test().split("#");
        assertThat(Arrays.stream(Class.forName(test[0]).getDeclaredMethods())
                        .filter(method -> method.getName().equals(test[1]))
                        .filter(method -> method.isAnnotationPresent(Test.class)
                                || method.isAnnotationPresent(ParameterizedTest.class)))
                .hasSize(1);
    }
}
