package org.manyi.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.issue.Loop.Report;
import org.manyi.security.CurrentUsers;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The ledger as a board and as a workbook; each test has a school of its own. */
@ManyiTest
class LedgerExportTests {

    @Autowired
    private WebApplicationContext context;

    @Autowired
    private CurrentUsers users;

    @Autowired
    private Loop loop;

    @Autowired
    private JdbcClient jdbc;

    private MockMvc mvc;

    @BeforeEach
    void setUp() {
        mvc = MockMvcBuilders.webAppContextSetup(context).build();
        loop.toWorkingDay();
    }

    @AfterEach
    void home() {
        loop.home();
    }

    private MockHttpServletResponse answer(String username, String path) {
        return users.runAs(username, () -> {
            try {
                return mvc.perform(get(path).locale(Locale.CHINESE)).andReturn().getResponse();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    private byte[] sent(String username, String path) {
        MockHttpServletResponse response = answer(username, path);
        assertThat(response.getStatus()).as(path).isEqualTo(200);
        return response.getContentAsByteArray();
    }

    private String page(String username, String path) {
        return new String(sent(username, path), java.nio.charset.StandardCharsets.UTF_8);
    }

    /** The rows of the workbook; the first is what it says of itself, the second the headers. */
    private static List<List<String>> rows(byte[] workbook) throws Exception {
        List<List<String>> rows = new ArrayList<>();
        Path file = Files.createTempFile("ledger", ".xlsx");
        try {
            Files.write(file, workbook);
            try (ZipFile parts = new ZipFile(file.toFile())) {
                var sheet = DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(parts.getInputStream(parts.getEntry("xl/worksheets/sheet1.xml")));
                assertThat(sheet.getElementsByTagName("f").getLength())
                        .as("formulas")
                        .isZero();
                NodeList found = sheet.getElementsByTagName("row");
                for (int i = 0; i < found.getLength(); i++) {
                    rows.add(cells((Element) found.item(i)));
                }
            }
        } finally {
            Files.delete(file);
        }
        return rows;
    }

    private static List<String> cells(Element row) {
        List<String> cells = new ArrayList<>();
        NodeList found = row.getElementsByTagName("c");
        for (int i = 0; i < found.getLength(); i++) {
            cells.add(found.item(i).getTextContent());
        }
        return cells;
    }

    @Test
    void theWorkbookHoldsWhatIsFilteredWithTheColumnsOfAnInspectionAndNoFormula() throws Exception {
        String first = loop.closed(new Report().school("S0013").title("=1+1 走廊灯不亮 ledgerwords"));
        String second = loop.verifying(new Report().school("S0013").title("走廊灯又不亮 ledgerwords"));
        loop.fail(second);
        loop.raised(new Report().school("S0014").title("走廊灯不亮 ledgerwords"));

        byte[] workbook = sent("chair", "/issues/export?school=S0013&q=ledgerwords");
        List<List<String>> rows = rows(workbook);

        assertThat(rows).hasSize(4);
        assertThat(rows.get(0).get(0)).startsWith("数据截至 ").contains("共 2 件");
        assertThat(rows.get(1))
                .startsWith("序号", "问题编号", "来源渠道", "收到时间", "反映人（脱敏）", "学校/班级")
                .contains("依据", "整改目标", "牵头领导", "佐证材料", "回访结果", "是否反复")
                .endsWith("备注");
        assertThat(rows.get(2))
                .contains(first, "政务热线", "换了十二只灯管", "照度达标", "已销号", "核查通过", "否")
                .anyMatch(cell -> cell.startsWith("=1+1 走廊灯不亮 ledgerwords\n"));
        assertThat(rows.get(3)).contains(second, "整改中（第 2 轮）", "核查未通过", "是，返工重改");
        assertThat(rows(sent("chair", "/api/v1/issues/export?school=S0013&status=closed&q=ledgerwords")))
                .hasSize(3);
        assertThat(rows(sent("principal014", "/issues/export?school=S0013&q=ledgerwords")))
                .hasSize(2);

        String hash =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(workbook));
        assertThat(jdbc.sql("select detail from audit_entry where event = 'LedgerExported' and actor = 'chair'")
                        .query(String.class)
                        .list())
                .anyMatch(detail -> detail.contains(hash) && detail.contains("school=S0013"));
    }

    @Test
    void theReporterIsMaskedAndUnknownToTheUnitsAtWorkAndAProtectedMatterIsNeverInIt() throws Exception {
        String open = loop.rectifying(new Report().school("S0015").reporter("欧阳测试", "13900000163"));
        String kept = loop.raise(
                        "office", new Report().school("S0015").childSafety().reporter("欧阳测试", "13900000163"))
                .number();
        String hidden = loop.raise("office", new Report().school("S0015").concerns("head", "principal015"))
                .number();

        List<List<String>> chairs = rows(sent("chair", "/issues/export?school=S0015"));
        assertThat(chairs.toString())
                .contains(open, "欧* 139****0163", hidden)
                .doesNotContain("欧阳测试", "13900000163", kept);
        assertThat(rows(sent("protector", "/issues/export?school=S0015")).toString())
                .doesNotContain(kept);
        assertThat(rows(sent("principal015", "/issues/export?school=S0015")).toString())
                .contains(open)
                .doesNotContain("欧", "139", hidden, kept);
    }

    @Test
    void theBoardShowsWhereIssuesStandAndLeadsToTheList() {
        String waiting = loop.raised(new Report().school("S0016"));
        String running = loop.rectifying(new Report().school("S0016"));
        String closed = loop.closed(new Report().school("S0016"));

        String board = page("chair", "/issues/board?school=S0016");

        assertThat(board)
                .containsSubsequence("登记研判", waiting, "待签收", "整改中", running, "核查", "回访", "审批", "近 30 天销号", closed)
                .contains("/issues?school=S0016&amp;status=rectifying&amp;status=extensionReview")
                .contains("学校：");
        assertThat(page("principal017", "/issues/board?school=S0016")).doesNotContain(waiting, running, closed);
    }

    @Test
    void everyFilterThatIsSetIsAChipThatTakesItAway() throws Exception {
        String list = page(
                "chair", "/issues?school=S0016&status=closed&status=toSign&redone=true&dueFrom=2026-03-01&sort=due");

        assertThat(list)
                .contains("退回两次以上", "期限自 2026-03-01", "取消条件：已销号")
                .contains(
                        "href=\"/issues?status=toSign&amp;school=S0016&amp;dueFrom=2026-03-01&amp;redone=true&amp;sort=due\"");
        assertThat(answer("chair", "/issues?dueFrom=gestern").getStatus()).isEqualTo(422);
    }

    @Test
    void theRoundsOfAnIssueAreLoopsBelowItsLine() throws Exception {
        String number = loop.verifying(new Report().school("S0018"));
        assertThat(page("chair", "/issues/" + number)).doesNotContain("各轮整改");
        loop.fail(number);

        assertThat(page("chair", "/issues/" + number))
                .containsSubsequence("各轮整改", "第 1 轮整改", "核查未通过", "第 2 轮整改", "因核查未通过重改", "整改中");
    }
}
