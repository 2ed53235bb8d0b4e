package org.manyi.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** {@code kill -9} at any moment under twenty people who write. */
@Isolated
class KillTests {

    private static final int WRITERS = 20;
    private static final int KILLS = 2;

    @Test
    void whatWasAcknowledgedOnPostgresOutlivesEveryKill() {
        Database district = Harness.district();

        kill(Node.on(district).named("killed-postgres"), district::jdbc);
    }

    @Test
    void whatWasAcknowledgedOnAnH2FileOutlivesEveryKill() {
        Path data = Harness.h2District();

        kill(
                Node.onH2(data).named("killed-h2"),
                () -> JdbcClient.create(
                        new DriverManagerDataSource("jdbc:h2:file:" + data.resolve("db/manyi"), "manyi", "")));
    }

    private static void kill(Node.Setup setup, Supplier<JdbcClient> afterwards) {
        Node node = setup.start();
        Writers writers = null;
        try {
            node.awaitHealthy();
            writers = Writers.start(WRITERS, NodeClient.of(node).as("office").loggedIn());
            int kills = Harness.rounds(KILLS);
            Duration longest = Duration.ZERO;
            for (int i = 0; i < kills; i++) {
                writers.awaitMore(WRITERS);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(
                        ThreadLocalRandom.current().nextInt(500)));
                node.kill();
                node = setup.start();
                Duration start = node.awaitHealthy();
                longest = start.compareTo(longest) > 0 ? start : longest;
            }
            writers.awaitMore(WRITERS);
            writers.close();
            node.stop();
            System.out.printf(
                    "KILLS %d, writes %d, acknowledged %d, longest restart %.1f s%n",
                    kills, writers.log().size(), writers.acknowledged(), longest.toMillis() / 1000.0);
            assertThat(longest).isLessThan(Duration.ofSeconds(30));
            writers.assertKept(afterwards.get());
        } finally {
            if (writers != null) {
                writers.close();
            }
            node.close();
        }
        setup.assertBooksAgree();
    }
}
