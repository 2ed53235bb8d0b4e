package org.manyi.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.manyi.faults.NodeClient.Answer;

/** A node killed while it imports a workbook: all of it is written or nothing, and whoever sent it is told. */
class ImportKillTests {

    private static final String IMPORTS = "/api/v1/imports/";
    private static final int ROWS = 300;
    private static final Duration LEASE = Duration.ofSeconds(8);
    private static final Duration RENEWAL = Duration.ofSeconds(2);

    /** What of the file is in the tables of units, their posts and the places they are seen from. */
    private static final String WRITTEN = """
            select (select count(*) from org_unit where code like 'K0%')
                 + (select count(*) from org_post where unit_code like 'K0%')
                 + (select count(*) from org_unit_scope where unit_code like 'K0%')
            """;

    @Test
    void aNodeKilledInTheMiddleOfWritingLeavesNothingAndTheFileIsWrittenOnceByTheNextTry() {
        assertNothingIsLeftAndTheNextTryWrites("halt statement.before[insert into org_unit (code]@" + ROWS / 2);
    }

    @Test
    void aNodeKilledBetweenTheLastRowAndTheCommitLeavesNothingEither() {
        assertNothingIsLeftAndTheNextTryWrites("halt commit.before[insert into import_change]");
    }

    @Test
    void aNodeKilledRightAfterTheCommitHasWrittenTheWholeFileAndItIsRefusedTheSecondTime() {
        Database district = Harness.district();
        sendTo(district, "halt commit.after[insert into import_change]");

        assertThat(units(district)).isEqualTo(ROWS);
        try (Node node = restarted(district)) {
            NodeClient sysadmin = NodeClient.of(node).as("sysadmin").loggedIn();
            assertThat(sysadmin.get(IMPORTS + batch(district)).text("/status")).isEqualTo("applied");
            Answer again = sysadmin.upload(IMPORTS + "organisations", "新校.csv", workbook());
            assertThat(again.status()).as(again.body()).isEqualTo(409);
            assertThat(again.text("/code")).isEqualTo("duplicate-file");
            assertThat(units(district)).isEqualTo(ROWS);
            node.stop();
        }
        Node.on(district).assertBooksAgree();
    }

    private static void assertNothingIsLeftAndTheNextTryWrites(String fault) {
        Database district = Harness.district();
        Instant killed = sendTo(district, fault);

        assertThat(district.count(WRITTEN)).as("rows of the file").isZero();
        String batch = batch(district);
        try (Node node = restarted(district)) {
            NodeClient sysadmin = NodeClient.of(node).as("sysadmin").loggedIn();
            Awaitility.await("the batch to be given up")
                    .atMost(LEASE.plus(RENEWAL).plus(RENEWAL))
                    .until(() -> !"running".equals(sysadmin.get(IMPORTS + batch).text("/status")));
            System.out.printf(
                    "IMPORT given up %.1f s after the kill, restart included%n",
                    Duration.between(killed, Instant.now()).toMillis() / 1000.0);
            Answer given = sysadmin.with("Accept-Language", "zh").get(IMPORTS + batch);
            assertThat(given.text("/status")).as(given.body()).isEqualTo("failed");
            assertThat(given.text("/failure")).contains("处理中断，没有写入任何内容");
            assertThat(district.count(WRITTEN)).isZero();

            Answer next = sysadmin.upload(IMPORTS + "organisations", "新校.csv", workbook());
            assertThat(next.status()).as(next.body()).isEqualTo(200);
            assertThat(next.text("/status")).isEqualTo("applied");
            assertThat(units(district)).isEqualTo(ROWS);
            assertThat(sysadmin.upload(IMPORTS + "organisations", "新校.csv", workbook())
                            .text("/code"))
                    .isEqualTo("duplicate-file");
            assertThat(units(district)).isEqualTo(ROWS);
            assertThat(district.count("select count(*) from audit_entry where event = 'ImportApplied'"
                            + " and object_key in (select cast(id as varchar) from import_batch where kind = 'organisations'"
                            + " and file_name = '新校.csv')"))
                    .as("told to the trail once")
                    .isEqualTo(1);
            node.stop();
        }
        Node.on(district).assertBooksAgree();
    }

    /** Sends the file to a node that dies of it; answers when. */
    private static Instant sendTo(Database district, String fault) {
        try (Node node = setup(district).named("import-killed").faults(fault).start()) {
            node.awaitHealthy();
            NodeClient sysadmin = NodeClient.of(node).as("sysadmin").loggedIn();
            Answer sent = sysadmin.upload(IMPORTS + "organisations", "新校.csv", workbook());
            assertThat(sent.status()).as(sent.body()).isZero();
            assertThat(node.awaitEnd(Duration.ofSeconds(10))).isEqualTo(137);
            return Instant.now();
        }
    }

    private static Node restarted(Database district) {
        Node node = setup(district).named("import-again").start();
        node.awaitHealthy();
        return node;
    }

    private static Node.Setup setup(Database district) {
        return Node.on(district).set("manyi.imports.lease", LEASE).set("manyi.imports.lease-renewal", RENEWAL);
    }

    private static String batch(Database district) {
        return district.jdbc()
                .sql("select cast(id as varchar) from import_batch where file_name = '新校.csv'")
                .query(String.class)
                .single();
    }

    private static long units(Database district) {
        return district.count("select count(*) from org_unit where code like 'K0%'");
    }

    private static byte[] workbook() {
        StringBuilder csv = new StringBuilder("编码,名称,类型,上级编码,办学性质\n");
        for (int number = 1; number <= ROWS; number++) {
            csv.append("K0%03d,青禾区新建小学%03d,小学,D1,公办\n".formatted(number, number));
        }
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }
}
