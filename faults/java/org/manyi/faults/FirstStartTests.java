package org.manyi.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two nodes started in the same moment on an empty database (A11), and nodes that must not take part at all (B11, keys, directories). */
class FirstStartTests {

    @Test
    void twoNodesStartedAtOnceOnAnEmptyDatabaseBothComeUpAndMakeTheAdministratorsOnce() {
        for (int round = 0; round < Harness.rounds(1); round++) {
            Database empty = Harness.emptyDatabase();
            try (Node a = administered(empty).named("a").start();
                    Node b = administered(empty).named("b").start()) {
                a.awaitHealthy();
                b.awaitHealthy();
                assertThat(empty.count("select count(*) from account")).isEqualTo(2);
                assertDeployedOnce(empty);
            }
            if (round == 0) {
                administered(empty).assertBooksAgree();
            }
        }
    }

    @Test
    void twoNodesStartedAtOnceOnAnEmptyDatabaseLoadTheDemonstrationOnce() {
        for (int round = 0; round < Math.max(1, Harness.rounds(1) / 4); round++) {
            Database empty = Harness.emptyDatabase();
            try (Node a = Node.on(empty).named("a").loading().start();
                    Node b = Node.on(empty).named("b").loading().start()) {
                a.awaitHealthy();
                b.awaitHealthy();
                assertThat(empty.jdbc()
                                .sql("select state from demonstration")
                                .query(String.class)
                                .list())
                        .containsExactly("LOADED");
                assertThat(empty.count("select count(*) from campaign where state = 'closed'"))
                        .as("last year's campaign")
                        .isEqualTo(1);
                assertThat(empty.count("select count(*) from campaign where state = 'running'"))
                        .as("this year's campaign")
                        .isEqualTo(1);
                assertThat(empty.count("select count(*) from mail where state = 'waiting'"))
                        .as("mails of the demonstration that would be sent")
                        .isZero();
                assertThat(a.log() + b.log()).containsOnlyOnce("The demonstration is loaded");
                assertDeployedOnce(empty);
            }
            Node.on(empty).assertBooksAgree();
        }
    }

    @Test
    void aNodeWithAnotherKeyOrAnotherDirectoryIsRefusedWithAReasonAndTheFirstGoesOn() {
        Database district = Harness.district();
        try (Node first = Node.on(district).named("first").start()) {
            first.awaitHealthy();
            String otherKey = Base64.getEncoder().encodeToString(new byte[32]);
            assertRefused(Node.on(district).named("other-key").env("MANYI_KEY", otherKey), "data key is not the one");
            assertRefused(
                    Node.on(district)
                            .named("other-directory")
                            .env("MANYI_DATA", Harness.temporaryDirectory().toString()),
                    "is not the one of this database");
            assertThat(first.health()).isEqualTo(200);
        }
        Node.on(district).assertBooksAgree();
    }

    @Test
    void aSecondNodeOnAnH2FileInUseIsRefusedWithAReasonAndTheFirstGoesOn() {
        var data = Harness.temporaryDirectory();
        Node.Setup setup = Node.onH2(data)
                .named("h2-first")
                .env("MANYI_DEMO", "false")
                .env("MANYI_ADMIN_PASSWORD", "Faults-2026!");
        try (Node first = setup.start()) {
            first.awaitHealthy();
            assertRefused(Node.onH2(data).named("h2-second"), "an H2 file serves one program");
            assertThat(first.health()).isEqualTo(200);
            assertThat(NodeClient.of(first).login("sysadmin", "Faults-2026!").status())
                    .as("the first node still knows its people; the password has to be changed first")
                    .isIn(200, 403);
            first.stop();
        }
        setup.assertBooksAgree();
    }

    private static Node.Setup administered(Database database) {
        return Node.on(database).set("manyi.demo", false).env("MANYI_ADMIN_PASSWORD", "Faults-2026!");
    }

    private static void assertRefused(Node.Setup setup, String reason) {
        try (Node node = setup.start()) {
            assertThat(node.awaitEnd(java.time.Duration.ofSeconds(90))).isNotZero();
            assertThat(node.log())
                    .contains("APPLICATION FAILED TO START", reason)
                    .doesNotContain("Caused by:");
        }
    }

    private static void assertDeployedOnce(Database database) {
        List<String> twice = database.jdbc()
                .sql("select key_ from act_re_procdef group by key_ having count(*) > 1")
                .query(String.class)
                .list();
        assertThat(twice).isEmpty();
        assertThat(database.count("select count(*) from act_re_procdef")).isPositive();
    }
}
