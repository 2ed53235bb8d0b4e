package org.manyi.issue.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.issue.IssueDetail;
import org.manyi.issue.Loop;
import org.manyi.shared.ConflictException;
import org.manyi.spreadsheet.ImportBatch;
import org.manyi.spreadsheet.ImportKind.Change;
import org.manyi.spreadsheet.ImportKind.Column;
import org.manyi.spreadsheet.ImportKind.Kept;
import org.manyi.spreadsheet.ImportKind.Row;
import org.manyi.spreadsheet.Imports;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A ledger that was kept elsewhere, brought in and taken back. */
@ManyiTest
class IssuesImportTests {

    @Autowired
    private IssuesImport kind;

    @Autowired
    private Imports imports;

    @Autowired
    private IssueNumbers numbers;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Loop loop;

    @Autowired
    private TransactionTemplate transactions;

    @BeforeEach
    void onAWorkingDay() {
        loop.toWorkingDay();
    }

    @AfterEach
    void home() {
        loop.home();
    }

    /** Rows from row 3 on; each line's fields and values in turns, beside those that every row needs. */
    private List<Row> rows(String[]... lines) {
        List<Row> rows = new ArrayList<>();
        for (String[] line : lines) {
            Map<String, String> values = new LinkedHashMap<>();
            values.put("title", "旧台账问题" + UUID.randomUUID());
            values.put("source", "12345热线");
            values.put("category", "校园安全");
            values.put("school", "S0019");
            values.put("receivedOn", loop.today().minusDays(40).toString());
            for (int i = 0; i < line.length; i += 2) {
                values.put(line[i], line[i + 1]);
            }
            rows.add(new Row("Sheet1", rows.size() + 3, values));
        }
        return rows;
    }

    private static String[] row(String... values) {
        return values;
    }

    private List<Change> applied(List<Row> rows) {
        assertThat(kind.check(rows)).isEmpty();
        return transactions.execute(status -> kind.apply(rows, loop.user("office"), "b1"));
    }

    private List<Tuple> problems(List<Row> rows) {
        return kind.check(rows).stream()
                .map(problem -> tuple(
                        problem.row().number(),
                        problem.problem().field(),
                        problem.problem().code()))
                .toList();
    }

    @Test
    void theColumnsAreThoseOfALedgerAndTheOfficeAloneBringsItIn() {
        assertThat(kind.columns())
                .extracting(Column::title)
                .containsExactly(
                        "标题", "问题描述", "来源渠道", "类别", "学校", "收到时间", "责任单位", "整改类型", "整改时限", "反映人", "联系电话", "状态", "销号时间",
                        "依据", "整改目标", "牵头领导");
        assertThat(kind.mayImport(loop.user("office"))).isTrue();
        for (String other : List.of("sysadmin", "secadmin", "auditor", "chair", "jijiao", "principal001")) {
            assertThat(kind.mayImport(loop.user(other))).as(other).isFalse();
        }
    }

    @Test
    void anOpenIssueBeginsAtSigningWithAUnitAndAtTriageWithoutOne() {
        LocalDate received = loop.today().minusDays(40);
        LocalDate due = loop.after(loop.today(), 7);
        List<Change> changes = applied(rows(
                row("unit", "S0019", "rectification", "限期整改", "dueOn", due.toString()),
                row("reporterName", "测试反映人", "reporterPhone", "13900000119")));

        IssueDetail withUnit = loop.issue(changes.get(0).key());
        assertThat(withUnit.status()).isEqualTo("toSign");
        assertThat(withUnit.raisedAt().toLocalDate()).isEqualTo(received);
        assertThat(withUnit.rectification()).isEqualTo("dated");
        assertThat(withUnit.leadUnit().code()).isEqualTo("S0019");
        assertThat(loop.keys(withUnit.number())).containsExactly("signForIssue");
        IssueDetail withoutUnit = loop.issue(changes.get(1).key());
        assertThat(withoutUnit.status()).isEqualTo("triage");
        assertThat(loop.keys(withoutUnit.number())).containsExactly("contactReporter", "triageIssue");
        assertThat(withoutUnit.reporter().phone()).isEqualTo("139****0119");
        int first = Integer.parseInt(withUnit.number().substring(8));
        assertThat(withoutUnit.number()).endsWith("%05d".formatted(first + 1));

        loop.complete(withUnit.number(), "signForIssue", Map.of("decision", "sign"));
        assertThat(loop.issue(withUnit.number()).dueDate()).isEqualTo(due);
        loop.rectify(withUnit.number());
        loop.pass(withUnit.number());
        loop.complete(withUnit.number(), "approveClosure", Map.of("decision", "approve"));
        assertThat(loop.status(withUnit.number())).isEqualTo("closed");
    }

    @Test
    void aClosedIssueIsKeptWithItsDaysAndWithoutAnyTask() {
        LocalDate closed = loop.today().minusDays(10);
        List<Change> changes = applied(rows(
                row("unit", "S0019", "state", "已销号", "closedOn", closed.toString()),
                row("unit", "S0019", "closedOn", closed.toString())));

        for (Change change : changes) {
            IssueDetail issue = loop.issue(change.key());
            assertThat(issue.status()).isEqualTo("closed");
            assertThat(issue.closedAt().toLocalDate()).isEqualTo(closed);
            assertThat(issue.tasks()).isEmpty();
            assertThat(issue.rounds()).isEmpty();
            assertThat(issue.history())
                    .extracting(entry -> entry.event())
                    .containsExactly("IssueRaised", "IssueTakenOver");
        }
    }

    @Test
    void everyErrorOfARowIsNamedInItsCell() {
        String day = loop.today().plusDays(1).toString();
        String past = loop.today().minusDays(50).toString();
        assertThat(problems(rows(
                        row("source", "梦里", "category", "无", "school", "S9999", "unit", "谁", "rectification", "随便"),
                        row("receivedOn", day),
                        row("dueOn", past),
                        row("state", "已销号"),
                        row("state", "已销号", "unit", "S0019", "closedOn", past),
                        row("state", "在办", "closedOn", past),
                        row("state", "不知道"),
                        row("reporterName", "测试反映人"),
                        row("title", "短"))))
                .containsExactlyInAnyOrder(
                        tuple(3, "source", "unknown"),
                        tuple(3, "category", "unknown"),
                        tuple(3, "school", "unknown"),
                        tuple(3, "unit", "unknown"),
                        tuple(3, "rectification", "unknown"),
                        tuple(4, "receivedOn", "future"),
                        tuple(5, "dueOn", "order"),
                        tuple(6, "closedOn", "required"),
                        tuple(6, "unit", "required"),
                        tuple(7, "closedOn", "order"),
                        tuple(8, "closedOn", "state"),
                        tuple(9, "state", "unknown"),
                        tuple(10, "reporterPhone", "required"),
                        tuple(11, "title", "tooShort"));
    }

    @Test
    void anIssueComesInOnce() {
        String title = "旧台账问题" + UUID.randomUUID();
        assertThat(problems(rows(row("title", title), row("title", title.toUpperCase()))))
                .containsExactly(tuple(4, "title", "duplicate"));
        applied(rows(row("title", title)));
        assertThat(problems(rows(row("title", title), row("title", title, "school", "S0018"))))
                .containsExactly(tuple(3, "title", "duplicate"));
    }

    @Test
    void whatNobodyWorkedOnIsTakenBackAndTheRestStays() {
        List<Change> changes = applied(rows(
                row("unit", "S0019"),
                row("unit", "S0019"),
                row(),
                row("unit", "S0019", "closedOn", loop.today().minusDays(10).toString())));
        String signed = changes.get(1).key();
        loop.complete(signed, "signForIssue", Map.of("decision", "sign"));

        List<Kept> kept = transactions.execute(status -> kind.revert(changes));

        assertThat(kept).extracting(one -> one.change().key()).containsExactly(signed);
        assertThat(loop.status(signed)).isEqualTo("rectifying");
        for (int i : new int[] {0, 2, 3}) {
            IssueDetail issue = loop.issue(changes.get(i).key());
            assertThat(issue.status()).isEqualTo("declined");
            assertThat(issue.tasks()).isEmpty();
            assertThat(loop.live(IssueRectification.KEY)).doesNotContain(issue.number());
        }
    }

    @Test
    void aFileIsCheckedWrittenOnceAndTakenBack() {
        String day = loop.today().minusDays(3).toString();
        byte[] file = ("青禾区问题台账\n序号,问题,来源,问题分类,学校名称,收到日期,承办单位\n1,旧台账问题" + UUID.randomUUID() + ",家访,收费,S0019," + day
                        + ",S0019\n2,旧台账问题" + UUID.randomUUID() + ",来电,收费,S0019," + day + ",\n")
                .getBytes(StandardCharsets.UTF_8);

        ImportBatch checked = receive(file, ImportBatch.Purpose.CHECK);
        assertThat(checked.status()).isEqualTo(ImportBatch.Status.CHECKED);
        assertThat(checked.rows().valid()).isEqualTo(2);
        ImportBatch applied = receive(file, ImportBatch.Purpose.APPLY);
        assertThat(applied.status()).isEqualTo(ImportBatch.Status.APPLIED);
        assertThatThrownBy(() -> receive(file, ImportBatch.Purpose.APPLY)).isInstanceOf(ConflictException.class);
        assertThat(imports.revert(applied.id(), loop.user("office")).status()).isEqualTo(ImportBatch.Status.REVERTED);
        assertThat(imports.errors(applied.id(), 10, loop.user("office"))).isEmpty();
    }

    @Test
    void aLongImportHoldsNobodyUpAndWhatItLeavesIsGivenToTheNext() {
        String batch = UUID.randomUUID().toString();
        List<Row> rows = rows(row("unit", "S0019"), row("unit", "S0019", "closedOn", closedOn()), row());
        int before = n(loop.raised(new Loop.Report().school("S0020")));
        transactions.executeWithoutResult(status -> kind.setAside(rows.size(), loop.user("office"), batch));

        String meanwhile = transactions.execute(status -> {
            List<Change> changes = kind.apply(rows, loop.user("office"), batch);
            assertThat(changes)
                    .extracting(change -> n(change.key()))
                    .containsExactly(before + 1, before + 2, before + 3);
            status.setRollbackOnly();
            return CompletableFuture.supplyAsync(() -> loop.raised(new Loop.Report().school("S0020")))
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join();
        });
        assertThat(n(meanwhile)).isEqualTo(before + 4);

        transactions.executeWithoutResult(status -> kind.giveBack(batch));
        assertThatThrownBy(
                        () -> transactions.executeWithoutResult(status -> kind.apply(rows, loop.user("office"), batch)))
                .isInstanceOf(ConflictException.class);
        List<Integer> next = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            next.add(n(loop.raised(new Loop.Report().school("S0020"))));
        }
        assertThat(next).containsExactly(before + 1, before + 2, before + 3, before + 5);
    }

    @Test
    void whatAnImportOfANodeThatIsGoneHadSetAsideIsFreeAgain() {
        int before = n(loop.raised(new Loop.Report().school("S0020")));
        String gone = UUID.randomUUID().toString();
        transactions.executeWithoutResult(status -> kind.setAside(7, loop.user("office"), gone));

        numbers.giveBackAbandoned();

        assertThat(n(loop.raised(new Loop.Report().school("S0020")))).isEqualTo(before + 1);
        assertThat(jdbc.sql("select count(*) from issue_number_block")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void aFileOfManyRowsIsAllThereOrNotAtAll() {
        StringBuilder lines = new StringBuilder("标题,来源,类别,学校,收到时间,责任单位,销号时间,依据,整改目标,牵头领导\n");
        for (int i = 0; i < 30; i++) {
            lines.append("旧台账问题")
                    .append(UUID.randomUUID())
                    .append(",家访,收费,S0019,")
                    .append(closedOn());
            lines.append(",S0019,").append(i % 3 == 0 ? "" : closedOn()).append(",收费办法第八条,退还多收款项,测试领导\n");
        }
        int before = n(loop.raised(new Loop.Report().school("S0020")));

        ImportBatch failed = receive(
                (lines + "短,家访,收费,S0019," + closedOn() + ",,,,,\n").getBytes(StandardCharsets.UTF_8),
                ImportBatch.Purpose.APPLY);
        assertThat(failed.status()).isEqualTo(ImportBatch.Status.FAILED);
        ImportBatch applied = receive(lines.toString().getBytes(StandardCharsets.UTF_8), ImportBatch.Purpose.APPLY);
        assertThat(applied.status()).isEqualTo(ImportBatch.Status.APPLIED);

        String last = loop.raised(new Loop.Report().school("S0020"));
        assertThat(n(last)).isEqualTo(before + 31);
        IssueDetail closed = loop.issue(last.substring(0, 8) + "%05d".formatted(before + 2));
        assertThat(closed.status()).isEqualTo("closed");
        assertThat(closed.terms()).isEqualTo(new IssueDetail.Terms("收费办法第八条", "退还多收款项", "测试领导"));
        assertThat(imports.revert(applied.id(), loop.user("office")).status()).isEqualTo(ImportBatch.Status.REVERTED);
        assertThat(imports.errors(applied.id(), 10, loop.user("office"))).isEmpty();
        assertThat(loop.status(closed.number())).isEqualTo("declined");
    }

    private String closedOn() {
        return loop.today().minusDays(10).toString();
    }

    private static int n(String number) {
        return Integer.parseInt(number.substring(8));
    }

    private ImportBatch receive(byte[] file, ImportBatch.Purpose purpose) {
        return imports.receive("issues", "台账.csv", new ByteArrayInputStream(file), purpose, loop.user("office"));
    }
}
