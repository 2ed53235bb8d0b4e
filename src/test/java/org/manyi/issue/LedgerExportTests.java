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
import java.util.Map;
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
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
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

    private MockHttpServletResponse post(String username, String path, String... params) {
        return users.runAs(username, () -> {
            try {
                var request = MockMvcRequestBuilders.post(path).locale(Locale.CHINESE);
                for (int i = 0; i < params.length; i += 2) {
                    request.param(params[i], params[i + 1]);
                }
                return mvc.perform(request).andReturn().getResponse();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    private List<String> told(String username, String number) {
        return jdbc.sql("select words from notification_notice where username = :who and case_number = :number")
                .param("who", username)
                .param("number", number)
                .query(String.class)
                .list();
    }

    private List<String> written(String username, String number) {
        return jdbc.sql("select subject from mail where username = :who and case_number = :number order by id")
                .param("who", username)
                .param("number", number)
                .query(String.class)
                .list();
    }

    private List<String> trail(String number) {
        return jdbc.sql("select event || detail from audit_entry where object_key = :number order by id")
                .param("number", number)
                .query(String.class)
                .list();
    }

    @Test
    void anUnmaskedWorkbookIsApprovedByAnotherAndTakenByTheAskerAloneForALimitedTime() throws Exception {
        String open = loop.rectifying(new Report().school("S0041").reporter("欧阳测试", "13900000163"));
        String about = loop.raise(
                        "office",
                        new Report()
                                .school("S0041")
                                .concerns("head", "principal041")
                                .reporter("司马测试", "13900000164"))
                .number();
        String kept = loop.raise(
                        "office", new Report().school("S0041").childSafety().reporter("上官测试", "13900000165"))
                .number();

        assertThat(post("office", "/issues/exports", "school", "S0041", "purpose", "短")
                        .getStatus())
                .isEqualTo(422);
        assertThat(post("principal041", "/issues/exports", "school", "S0041", "purpose", "核对反映人电话")
                        .getStatus())
                .isEqualTo(403);
        String at = post("office", "/issues/exports", "school", "S0041", "purpose", "督导回访核对电话")
                .getRedirectedUrl();
        String number = at.substring(at.lastIndexOf('/') + 1);
        assertThat(told("chair", number)).containsExactly("exportAsked");
        assertThat(told("protector", number)).containsExactly("exportAsked");
        assertThat(told("office", number)).isEmpty();
        assertThat(written("chair", number)).singleElement().asString().contains("请审批未脱敏导出", number);

        assertThat(page("office", at)).contains("督导回访核对电话", "学校：", "待审批").doesNotContain("value=\"true\"");
        assertThat(answer("jijiao", at).getStatus()).isEqualTo(404);
        assertThat(post("office", at + "/decision", "approve", "true").getStatus())
                .isEqualTo(403);
        assertThat(post("office", at + "/file").getStatus()).isEqualTo(409);
        assertThat(post("protector", at + "/decision", "approve", "false").getStatus())
                .isEqualTo(422);
        assertThat(post("protector", at + "/decision", "approve", "true").getRedirectedUrl())
                .isEqualTo(at);
        assertThat(post("chair", at + "/decision", "approve", "false", "reason", "已经批过")
                        .getStatus())
                .isEqualTo(409);
        assertThat(told("office", number)).containsExactly("exportApproved");
        assertThat(written("office", number)).singleElement().asString().contains(number);

        assertThat(post("protector", at + "/file").getStatus()).isEqualTo(403);
        List<List<String>> rows = rows(post("office", at + "/file").getContentAsByteArray());
        assertThat(rows.get(0).get(0)).contains(number, "督导回访核对电话", "批准人");
        assertThat(rows.get(1)).contains("反映人（未脱敏）");
        assertThat(rows.toString())
                .contains(open, "欧阳测试 13900000163", about, "司* 139****0164")
                .doesNotContain("司马测试", "13900000164", kept, "上官测试");
        assertThat(page("protector", at)).contains("下载次数", "2 件");
        assertThat(trail(number))
                .hasSize(3)
                .last()
                .asString()
                .contains("UnmaskedLedgerExported", "督导回访核对电话", "\"rows\":2");

        loop.travelTo(loop.today().plusDays(5));
        assertThat(post("office", at + "/file").getStatus()).isEqualTo(409);
        assertThat(page("office", "/issues/exports")).contains(number, "已过期");
    }

    @Test
    void aRefusalIsToldWithItsReasonAndTheDecidersRequestIsDecidedByAnother() {
        loop.raised(new Report().school("S0042"));
        String at = post("chair", "/issues/exports", "school", "S0042", "purpose", "自查反映人信息")
                .getRedirectedUrl();
        assertThat(post("chair", at + "/decision", "approve", "true").getStatus())
                .isEqualTo(403);
        post("protector", at + "/decision", "approve", "false", "reason", "脱敏的就够用");

        assertThat(told("chair", at.substring(at.lastIndexOf('/') + 1))).containsExactly("exportRefused");
        assertThat(page("chair", at)).contains("未批准", "脱敏的就够用");
        assertThat(post("chair", at + "/file").getStatus()).isEqualTo(409);
    }

    @Test
    void aRequestIsWithdrawnByItsAskerOnlyAndOnlyWhileItWaits() {
        loop.raised(new Report().school("S0042"));
        String at = post("office", "/issues/exports", "school", "S0042", "purpose", "回访核对电话")
                .getRedirectedUrl();
        assertThat(post("jijiao", at + "/withdrawal").getStatus()).isEqualTo(404);
        assertThat(post("chair", at + "/withdrawal").getStatus()).isEqualTo(403);

        assertThat(page("office", at)).contains("/withdrawal");
        assertThat(post("office", at + "/withdrawal").getRedirectedUrl()).isEqualTo(at);

        assertThat(page("office", at)).contains("已撤回").doesNotContain("/withdrawal");
        assertThat(page("chair", at)).contains("已撤回").doesNotContain("value=\"true\"");
        assertThat(post("chair", at + "/decision", "approve", "true").getStatus())
                .isEqualTo(409);
        assertThat(post("office", at + "/withdrawal").getStatus()).isEqualTo(409);
        assertThat(trail(at.substring(at.lastIndexOf('/') + 1)))
                .last()
                .asString()
                .contains("UnmaskedExportWithdrawn", "回访核对电话");
    }

    @Test
    void aSchoolIsFoundByItsNameAndWhatTriageNamedIsInTheWorkbook() throws Exception {
        String number = loop.raised(new Report().school("S0043"));
        loop.complete(
                number,
                "triageIssue",
                Map.of(
                        "decision", "accept",
                        "basis", "校舍安全管理办法第六条",
                        "goal", "照度不低于 100 勒克斯",
                        "leader", "测试分管领导"));
        String name = jdbc.sql("select short_name from org_unit where code = 'S0043'")
                .query(String.class)
                .single();

        assertThat(page("chair", "/issues/units?school=" + name)).contains(name + " S0043");
        assertThat(page("chair", "/issues/units?unit=办公室")).contains("office");
        assertThat(page("chair", "/issues/units?school=" + "x".repeat(200))).doesNotContain("option");
        for (String typed : List.of(name, name + " S0043", "S0043")) {
            assertThat(page("chair", "/issues?school=" + typed))
                    .contains(
                            number,
                            "value=\"" + name + " S0043\"",
                            "/issues/export?school=S0043",
                            "/issues/exports?school=S0043");
        }
        assertThat(rows(sent("chair", "/issues/export?school=" + name)).get(2))
                .contains("校舍安全管理办法第六条", "照度不低于 100 勒克斯", "测试分管领导");
        assertThat(page("chair", "/issues/" + number)).contains("校舍安全管理办法第六条", "测试分管领导", "data-back-to");
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
