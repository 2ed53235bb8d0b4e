package org.manyi.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.TestClient;
import org.manyi.evidence.Samples;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Every promise is broken on purpose, in a transaction that is rolled back, and the comparison must say so. */
@ManyiTest
class BooksTests {

    @Autowired
    private Books books;

    @Autowired
    private TestClient client;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private PlatformTransactionManager transactions;

    @Value("${manyi.evidence.directory}")
    private Path evidence;

    private String number;
    private List<String> before;

    @BeforeEach
    void setUp() {
        number = client.as("office")
                .with("Idempotency-Key", UUID.randomUUID().toString())
                .post(
                        "/api/v1/issues",
                        Map.of(
                                "title", "对账测试" + UUID.randomUUID(),
                                "description", "对账测试用的问题描述",
                                "kind", "appeal",
                                "source", "hotline",
                                "category", "facilities",
                                "severity", "low",
                                "schoolCode", "S0002",
                                "confirmNotDuplicate", true))
                .text("/number");
        before = report();
    }

    private List<String> report() {
        List<String> lines = new ArrayList<>();
        books.check(lines::add);
        return lines.stream().filter(line -> line.startsWith("   ")).toList();
    }

    /** What the comparison says of faults, which never come to be. */
    private List<String> after(String... faults) {
        List<String> found = new ArrayList<>();
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            status.setRollbackOnly();
            for (String fault : faults) {
                assertThat(jdbc.sql(fault.replace("%N", number)).update())
                        .as(fault)
                        .isPositive();
            }
            found.addAll(report());
        });
        found.removeAll(before);
        return found;
    }

    private String taskId() {
        return client.as("office").get("/api/v1/issues/" + number).text("/tasks/0/id");
    }

    @Test
    void aGapInTheNumbers() {
        assertThat(after("update counter set n = n + 5 where series like 'issue-%'"))
                .anyMatch(line -> line.contains("the counter says"));
        String next = number.substring(0, 8) + "77777";
        assertThat(after(copy("issue", "number", "'" + next + "'")))
                .anyMatch(line -> line.contains("to 77777 without what is between"))
                .anyMatch(line -> line.contains("restore a backup"));
    }

    @Test
    void anAnswerWhoseIssueIsNotThere() {
        assertThat(after("update idempotency_key set location = '/api/v1/issues/1999-WT-00001'"
                        + " where location = '/api/v1/issues/%N'"))
                .anyMatch(line -> line.contains("answered with /api/v1/issues/1999-WT-00001"));
    }

    @Test
    void anOpenCaseWithoutItsProcess() {
        assertThat(
                        after(
                                "update act_ru_execution set business_key_ = 'nobody' where business_key_ = '%N' and parent_id_ is null"))
                .anyMatch(line -> line.contains(number + " is triage and has 0 live instances of issue-rectification"))
                .anyMatch(line -> line.contains("nobody: a live issue-rectification without a case"));
    }

    @Test
    void aClosedCaseThatStillRuns() {
        assertThat(after("update issue set status = 'closed' where number = '%N'"))
                .anyMatch(line -> line.contains(number + " is closed and has 1 live instances of issue-rectification"));
    }

    @Test
    void whatAMeetingGaveToDoWithoutItsProcess() {
        assertThat(after("""
                        insert into register_meeting (number, campaign_id, department_code, title, on_day, place, kind, minutes_files,
                            entered_by, entered_at, version)
                        values ('M-lost', 'nobody', 'office', 'x', date '2026-03-02', 'x', 'other', '', 'office', now(), 1)
                        """, """
                        insert into register_task (number, meeting_number, place, unit_code, what, named_day, due_on, provisional, state,
                            given_by, given_at, files, late, returns)
                        values ('M-lost.T1', 'M-lost', 1, 'S0001', 'x', date '2026-03-02', date '2026-03-02', false, 'open', 'office',
                            now(), '', false, 0)
                        """))
                .anyMatch(line -> line.contains("M-lost.T1 is open and has 0 live instances and 0 open tasks"));
    }

    @Test
    void aCaseThatNobodyMaySee() {
        assertThat(after(copy("issue", "number", "'2026-WT-88888'")))
                .anyMatch(line -> line.contains("2026-WT-88888: nothing says who may see it"));
    }

    @Test
    void anInboxThatDiffers() {
        String task = taskId();
        assertThat(after("update inbox_task set state = 'withdrawn' where task_id = '" + task + "'"))
                .anyMatch(line -> line.contains("task " + task + " of " + number + ": in the engine, not in the inbox"))
                .anyMatch(line -> line.contains("repair-inbox"));
        assertThat(after(copy("inbox_task", "task_id", "'orphan'")))
                .anyMatch(line -> line.contains("task orphan of " + number + ": in the inbox, not in the engine"));
    }

    @Test
    void aMailWrittenTwice() {
        Long any = jdbc.sql("select min(id) from mail")
                .query(Long.class)
                .optional()
                .orElse(null);
        assertThat(any).as("the raised issue has been told of").isNotNull();
        assertThat(
                        after(
                                "update mail set message_id = 'twice' where id in (select id from mail order by id fetch first 2 rows only)"))
                .anyMatch(line -> line.contains("Message-ID twice: 2 mails"));
        assertThat(after("update mail set state = 'sent', sent_at = null where id = " + any))
                .anyMatch(line -> line.contains("mail " + any + ": its state and its time"));
    }

    @Test
    void aFileThatIsLostOrOther() throws IOException {
        String id = client.as("office")
                .upload("/api/v1/attachments", "p.png", Samples.png(7))
                .text("/id");
        Path file =
                evidence.resolve(id.substring(0, 2)).resolve(id.substring(2, 4)).resolve(id);
        byte[] bytes = Files.readAllBytes(file);

        bytes[bytes.length - 1]++;
        Files.write(file, bytes);
        assertThat(report()).anyMatch(line -> line.contains("attachment " + id + ": other bytes"));
        Files.write(file, new byte[] {1});
        assertThat(report()).anyMatch(line -> line.contains("attachment " + id + ": 1 bytes"));
        Files.delete(file);
        assertThat(report()).anyMatch(line -> line.contains("attachment " + id + ": no bytes"));
        bytes[bytes.length - 1]--;
        Files.write(file, bytes);
        assertThat(report()).noneMatch(line -> line.contains(id));
        assertThat(after("update attachment set sha256 = 'x' where id = '" + id + "'"))
                .anyMatch(line -> line.contains(id));
        assertThat(after("delete from audit_entry where object_key = '" + id + "' and event = 'EvidenceStored'"))
                .anyMatch(line -> line.contains("attachment " + id + ": 0 times in the trail"));
    }

    @Test
    void bytesWithoutARow() {
        UUID id = UUID.randomUUID();
        Path file = evidence.resolve(id.toString().substring(0, 2))
                .resolve(id.toString().substring(2, 4))
                .resolve(id.toString());
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, new byte[] {1});
            assertThat(report()).as("under way, perhaps").noneMatch(line -> line.contains(id.toString()));
            Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
            assertThat(report()).anyMatch(line -> line.contains("file " + id + ": no row"));
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aStepThatTheTrailDoesNotHold() {
        assertThat(after("delete from audit_entry where object_key = '%N' and event = 'IssueRaised'"))
                .anyMatch(line -> line.contains(number + " IssueRaised: 1 in the history, 0 in the trail"));
        assertThat(after("delete from issue_history where number = '%N' and event = 'IssueRaised'"))
                .anyMatch(line -> line.contains(number + " IssueRaised: 0 in the history, 1 in the trail"));
        assertThat(after("update inbox_task set state = 'done' where task_id = '" + taskId() + "'"))
                .anyMatch(line -> line.contains(number + ": 1 tasks done, 0 in the trail"));
    }

    @Test
    void aTrailThatIsNotAsSealed() {
        assertThat(after("update audit_entry set seal_id = -1 where object_key = '%N' and event = 'IssueRaised'"))
                .anyMatch(line -> line.contains("seal -1: 1 entries bear its number"))
                .anyMatch(line -> line.contains("tell the auditor"));
    }

    @Test
    void aLockThatRanOut() {
        assertThat(after("update act_ru_job set lock_owner_ = 'gone', lock_exp_time_ = timestamp '2020-01-01 00:00:00'"
                        + " where id_ = (select min(id_) from act_ru_job)"))
                .anyMatch(line -> line.contains("its lock ran out"));
    }

    /** A second row like that of the case, under another key. */
    private String copy(String table, String key, String value) {
        List<String> columns = jdbc.sql(
                        "select lower(column_name) from information_schema.columns where lower(table_name) = :table")
                .param("table", table)
                .query(String.class)
                .list();
        String source = table.equals("inbox_task") ? "case_number" : "number";
        String names = String.join(", ", columns);
        String values = names.replaceAll("\\b" + key + "\\b", value);
        return "insert into %s (%s) select %s from %s where %s = '%%N' fetch first 1 rows only"
                .formatted(table, names, values, table, source);
    }
}
