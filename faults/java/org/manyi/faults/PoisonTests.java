package org.manyi.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.manyi.TestSession;

/** A job that takes its node down with it, every time. */
class PoisonTests {

    private static final String POISON = "from act_ru_job where process_def_key_ = 'deadline-reminders'";
    private static final int OTHERS = 10;

    @Test
    void aJobThatBringsItsNodeDownIsParkedAfterThreeCrashesAndTheOthersRunOn() {
        Database district = Harness.district();
        Node.Setup healthy = setup(district);
        Node.Setup poisoned = setup(district).faults("halt call.before[digests.plan]@*");
        Node node = poisoned.start();
        try {
            node.awaitHealthy();
            String others = String.join(
                    "','",
                    district.jdbc()
                            .sql(
                                    "select id_ from act_ru_job where process_def_key_ <> 'deadline-reminders' order by id_ limit "
                                            + OTHERS)
                            .query(String.class)
                            .list());
            String due = "update act_ru_job set duedate_ = now() - interval '1 minute' where ";
            Instant began = Instant.now();
            district.jdbc()
                    .sql(due + "process_def_key_ = 'deadline-reminders' or id_ in ('" + others + "')")
                    .update();
            Duration delay = null;
            Duration parked = null;
            int crashes = 0;
            while (delay == null || parked == null) {
                assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofMinutes(5));
                if (!node.isAlive()) {
                    crashes++;
                    node = poisoned.start();
                }
                if (delay == null
                        && district.count("select count(*) from act_ru_job where id_ in ('" + others + "')") == 0) {
                    delay = Duration.between(began, Instant.now());
                }
                if (parked == null && district.count("select count(*) " + POISON + " and retries_ = 0") > 0) {
                    parked = Duration.between(began, Instant.now());
                }
            }
            System.out.printf("PARKED after %d crashes in %s, the others after %s%n", crashes, parked, delay);
            assertThat(crashes).isEqualTo(3);
            assertThat(delay).as("the others need not wait until it is parked").isLessThan(parked);
            node.awaitHealthy();
            node.stop();
            healthy.assertBooksAgree();
            node = healthy.start();
            node.awaitHealthy();
            TestSession sysadmin = new TestSession(node.url());
            sysadmin.login("sysadmin", "Manyi-2026!");
            assertThat(sysadmin.get("/incidents").body()).contains("系统每次执行到这一步都中断");
            String job = district.jdbc()
                    .sql("select id_ " + POISON + " and retries_ = 0")
                    .query(String.class)
                    .single();
            assertThat(sysadmin.submit("/incidents", "/incidents/" + job + "/retry", Map.of())
                            .statusCode())
                    .isBetween(300, 399);
            Awaitility.await("the job that tries again")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> district.count("select count(*) from act_ru_job where id_ = '" + job + "'") == 0);
            node.stop();
        } finally {
            node.close();
        }
        healthy.assertBooksAgree();
    }

    /** With a shorter lock than in earnest, of which the test spends four. */
    private static Node.Setup setup(Database district) {
        return Node.on(district)
                .named("poison")
                .set("camunda.bpm.job-execution.lock-time-in-millis", Integer.getInteger("faults.lock", 8_000));
    }
}
