package org.manyi.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFTable;
import org.apache.poi.xwpf.usermodel.XWPFTableRow;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.document.Papers;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.MovableClock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.context.WebApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A year's plan and the record of its disclosure as official papers. */
@ManyiTest
@Transactional
class CampaignPapersTests {

    @Autowired
    private WebApplicationContext context;

    @Autowired
    private CurrentUsers users;

    @Autowired
    private Campaigns campaigns;

    @Autowired
    private PlanFiles files;

    @Autowired
    private PlanDays planDays;

    @Autowired
    private MovableClock clock;

    @Autowired
    private JsonMapper json;

    private MockMvc mvc;

    @BeforeEach
    void setUp() {
        mvc = MockMvcBuilders.webAppContextSetup(context).build();
    }

    @Test
    void theTablesOfThePaperAreThePlansNodesWithTheirDays() throws IOException {
        String id = draft();
        XWPFDocument paper = word("jijiao", "/campaigns/" + id + "/plan.docx");

        Plan plan = files.shipped("luozhuang-2022").in(2026);
        Map<String, List<PlannedDay>> days =
                planDays.of(plan).stream().collect(Collectors.groupingBy(PlannedDay::node));
        for (int phase = 0; phase < plan.phases().size(); phase++) {
            String phaseId = plan.phases().get(phase).id();
            List<XWPFTableRow> rows = paper.getTables().get(phase).getRows();
            List<Plan.Node> nodes = plan.plannedNodes().stream()
                    .filter(node -> node.phase().equals(phaseId))
                    .toList();
            assertThat(rows).hasSize(nodes.size() + 1);
            for (int at = 0; at < nodes.size(); at++) {
                List<String> cells = cells(rows.get(at + 1));
                List<PlannedDay> planned = days.get(nodes.get(at).id());
                assertThat(cells.get(0)).isEqualTo(String.valueOf(at + 1));
                assertThat(cells.get(1)).isEqualTo(nodes.get(at).name());
                assertThat(cells.get(4))
                        .contains(inChinese(planned.get(0).due()))
                        .contains(inChinese(planned.get(planned.size() - 1).due()));
                for (Plan.Evidence evidence : nodes.get(at).evidence()) {
                    assertThat(cells.get(5)).contains(evidence.name());
                }
            }
        }
        assertThat(row(paper, "学校方案备案"))
                .as("off the holiday")
                .contains("基础教育科 工作人员", "每所学校（幼儿园）", "2026年2月11日至2026年2月24日", "盖章页照片（必交）");
    }

    @Test
    void whatARecurringNodeAndAWindowAskForIsSaidInWords() throws IOException {
        String id = draft(plan -> {
            plan.add(TestPlans.node(
                    "weekly",
                    "spring-surveys",
                    "dept:jijiao:staff",
                    NodeKind.RECURRING,
                    null,
                    new Recurrence(
                            Recurrence.Every.WEEK,
                            DayOfWeek.THURSDAY,
                            null,
                            LocalTime.of(17, 0),
                            DayOfPlan.parse("03-01"),
                            DayOfPlan.parse("03-31"),
                            Recurrence.Period.SAME),
                    null,
                    null,
                    null));
            plan.add(TestPlans.node(
                    "window",
                    "spring-surveys",
                    "dept:jijiao:staff",
                    NodeKind.WINDOW,
                    new DueRule.OnDay(DayOfPlan.parse("04-10")),
                    null,
                    null,
                    null,
                    null));
        });
        XWPFDocument paper = word("jijiao", "/campaigns/" + id + "/plan.docx");

        assertThat(row(paper, "节点 weekly")).contains("每周四 17:00，2026年3月5日至2026年3月26日，共 4 次");
        assertThat(row(paper, "节点 window")).contains("2026年3月1日至2026年4月10日");
    }

    @Test
    void aDraftSaysThatItIsOneAndBearsNoHeadNumberOrSignature() throws IOException {
        List<String> said = texts(word("jijiao", "/campaigns/" + draft() + "/plan.docx"));

        assertThat(said.get(0)).isEqualTo("提升教育满意度专项行动年度方案（征求意见稿）");
        assertThat(said.get(1)).isEqualTo("（第 1 稿，尚未审定）");
        assertThat(said)
                .contains(
                        "一、总体要求",
                        "二、目标",
                        "每所学校的家长满意率：不低于 100 %。",
                        "三、领导小组",
                        "组长：局长。",
                        "四、参加单位",
                        "学校类型：幼儿园、中心幼儿园、小学、教学点、初级中学、九年一贯制学校、完全中学、高级中学、特殊教育学校、中等职业学校。",
                        "五、阶段",
                        "（一）年初部署",
                        "（四）年终评定",
                        "六、计分权重",
                        "七、结果运用",
                        "八、工作机制",
                        "万师访万家。")
                .anyMatch(line -> line.startsWith("副组长：") && line.contains("（分管幼儿园）"))
                .noneMatch(line -> line.contains("教育和体育局"));
    }

    @Test
    void aDecidedPlanBearsTheDayAndTheRoleThatDecidedAndAnIssuedOneItsNumberAndDay() throws IOException {
        String id = draft();
        decide(id);
        String today = inChinese(clock.today());
        List<String> decided = texts(word("principal001", "/campaigns/" + id + "/plan.docx"));
        assertThat(decided)
                .startsWith("青禾区教育和体育局", "提升教育满意度专项行动年度方案", "（" + today + "由局长代表局党组审定）")
                .endsWith("青禾区教育和体育局", today)
                .doesNotContain("（此件主动公开）");
        assertThat(String.join("", decided)).doesNotContain("征求意见稿", nameOf("chair"));

        issue(id, "局门户网站");
        assertThat(texts(word("principal001", "/campaigns/" + id + "/plan.docx")))
                .startsWith("青禾区教育和体育局", "青教字〔2026〕3号", "提升教育满意度专项行动年度方案")
                .endsWith("青禾区教育和体育局", today, "（此件主动公开）", "青禾区教育和体育局\t" + today + "印发");
    }

    @Test
    void whatTheAuthorTypedIsTextAndNothingElse() throws IOException {
        String yaml = files.write(files.shipped("luozhuang-2022").in(2026))
                .replaceFirst("(?m)^title: .*$", "title: \"{{x}} \\${x} =cmd|calc\\\\aA\\\\u202EB\"");
        assertThat(yaml).contains("${x}");
        String id = users.runAs(
                "jijiao", () -> campaigns.draft(yaml.getBytes(StandardCharsets.UTF_8), true, users.require()));

        assertThat(texts(word("jijiao", "/campaigns/" + id + "/plan.docx")).get(0))
                .isEqualTo("{{x}} ${x} =cmd|calcAB（征求意见稿）");
    }

    @Test
    void aSchoolDoesNotGetThePapersOfADraft() {
        String id = draft();

        for (String address : papersOf(id)) {
            assertThat(send("principal001", address).getStatus()).as(address).isEqualTo(404);
            assertThat(send("district1", address).getStatus()).as(address).isEqualTo(404);
        }
        assertThat(send("xueqian", "/campaigns/" + id + "/plan.docx").getStatus())
                .isEqualTo(200);
    }

    @Test
    void aSchoolGetsThePapersOfARunningPlan() {
        String id = draft();
        decide(id);
        issue(id, null);

        for (String address : papersOf(id)) {
            assertThat(send("principal001", address).getStatus()).as(address).isEqualTo(200);
        }
    }

    private static List<String> papersOf(String id) {
        return List.of(
                "/campaigns/" + id + "/plan.docx",
                "/campaigns/" + id + "/disclosure.docx",
                "/api/v1/campaigns/" + id + "/plan.docx",
                "/api/v1/campaigns/" + id + "/disclosure");
    }

    @Test
    void aPaperIsDownloadedUnderItsNumber() {
        String id = draft();
        MockHttpServletResponse file = send("jijiao", "/campaigns/" + id + "/plan.docx");

        assertThat(file.getContentType()).isEqualTo(Papers.DOCX_TYPE);
        assertThat(URLDecoder.decode(file.getHeader("Content-Disposition"), StandardCharsets.UTF_8))
                .startsWith("attachment")
                .contains(id + " 年度方案.docx");
    }

    @Test
    void thereIsNoRecordOfDisclosureBeforeThePlanIsIssued() throws IOException {
        String id = draft();
        assertThat(send("jijiao", "/campaigns/" + id + "/disclosure.docx").getStatus())
                .isEqualTo(409);
        decide(id);

        MockHttpServletResponse refused = send("jijiao", "/api/v1/campaigns/" + id + "/disclosure");

        assertThat(refused.getStatus()).isEqualTo(409);
        JsonNode problem = json.readTree(refused.getContentAsString(StandardCharsets.UTF_8));
        assertThat(problem.at("/code").asString()).isEqualTo("not-active");
        assertThat(problem.toString()).contains("方案印发之后才有公开信息备案");
        assertThat(page("jijiao", id)).contains("导出 Word").doesNotContain("公开信息备案");
    }

    @Test
    void theRecordOfDisclosureSaysWhatIsKnownOfThePlan() throws IOException {
        String id = draft();
        decide(id);
        issue(id, "局门户网站");
        int number = Integer.parseInt(id.substring("2026-ND-".length()));
        String index = "bureau/GHJH/2026-%05d".formatted(number);
        String today = clock.today().toString();

        JsonNode record = json.readTree(
                send("principal001", "/api/v1/campaigns/" + id + "/disclosure").getContentAsString());
        assertThat(record.at("/index").asString()).isEqualTo(index);
        assertThat(record.at("/method").asString()).isEqualTo("active");
        assertThat(record.at("/documentNumber").asString()).isEqualTo("青教字〔2026〕3号");
        assertThat(record.at("/title").asString()).isEqualTo("提升教育满意度专项行动年度方案");
        assertThat(record.at("/writtenOn").asString()).isEqualTo(today);
        assertThat(record.at("/publishedOn").asString()).isEqualTo(today);
        assertThat(record.at("/publishedWhere").asString()).isEqualTo("局门户网站");
        assertThat(record.at("/publishedBy").asString()).isEqualTo("青禾区教育和体育局");
        assertThat(record.at("/keywords").valueStream().map(JsonNode::asString))
                .containsExactly("家校同心", "教育满意度", "年度方案");

        XWPFTable table = word("principal001", "/campaigns/" + id + "/disclosure.docx")
                .getTables()
                .get(0);
        assertThat(table.getRows().stream().map(CampaignPapersTests::cells))
                .contains(
                        List.of("索引号", index),
                        List.of("公开方式", "主动公开"),
                        List.of("成文日期", inChinese(clock.today())),
                        List.of("关键词", "家校同心、教育满意度、年度方案"));
        assertThat(page("principal001", id)).contains("导出 Word", "公开信息备案");
    }

    @Test
    void whatIsNotPublicYetIsSaidToBeSo() throws IOException {
        String id = draft();
        decide(id);
        issue(id, null);

        assertThat(row(word("jijiao", "/campaigns/" + id + "/disclosure.docx"), "尚未公开", 1))
                .isEqualTo(List.of("公开日期", "尚未公开"));
        assertThat(send("jijiao", "/api/v1/campaigns/" + id + "/disclosure").getContentAsString())
                .contains("\"publishedOn\":null", "\"publishedWhere\":null");
    }

    @Test
    void aYearEnteredAfterwardsBearsTheDayOfItsIssue() {
        String id = draft();
        decide(id);
        LocalDate before = clock.today().minusDays(40);
        users.runAs("jijiao", () -> {
            campaigns.start(id, null, new PlanDecisions.Issue(null, before, null), users.require());
            return null;
        });

        CampaignDetail campaign = users.runAs("jijiao", () -> campaigns.find(id, users.require()));
        assertThat(Disclosures.writtenOn(campaign)).isEqualTo(before);
    }

    private String draft() {
        return draft(nodes -> {});
    }

    private String draft(Consumer<List<Plan.Node>> change) {
        return users.runAs("jijiao", () -> {
            CurrentUser user = users.require();
            String id = campaigns.draft("luozhuang-2022", 2026, true, user);
            Plan plan = campaigns.find(id, user).plan();
            List<Plan.Node> nodes = new ArrayList<>(plan.nodes());
            change.accept(nodes);
            if (!nodes.equals(plan.nodes())) {
                campaigns.revise(id, 0, plan.withNodes(nodes), null, user);
            }
            return id;
        });
    }

    private void decide(String id) {
        users.runAs("chair", () -> {
            campaigns.decide(id, null, true, null, users.require());
            return null;
        });
    }

    private void issue(String id, String publishedWhere) {
        users.runAs("jijiao", () -> {
            campaigns.start(
                    id, null, new PlanDecisions.Issue("青教字〔2026〕3号", clock.today(), publishedWhere), users.require());
            return null;
        });
    }

    private String nameOf(String username) {
        return users.byUsername(username).name();
    }

    private static String inChinese(LocalDate day) {
        return "%d年%d月%d日".formatted(day.getYear(), day.getMonthValue(), day.getDayOfMonth());
    }

    private MockHttpServletResponse send(String username, String address) {
        return users.runAs(username, () -> {
            try {
                return mvc.perform(get(address).locale(Locale.CHINESE).header("Accept-Language", "zh"))
                        .andReturn()
                        .getResponse();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    private String page(String username, String id) throws IOException {
        return send(username, "/campaigns/" + id).getContentAsString(StandardCharsets.UTF_8);
    }

    private XWPFDocument word(String username, String address) throws IOException {
        MockHttpServletResponse answer = send(username, address);
        assertThat(answer.getStatus()).as(address).isEqualTo(200);
        return new XWPFDocument(new ByteArrayInputStream(answer.getContentAsByteArray()));
    }

    private static List<String> texts(XWPFDocument document) {
        return document.getParagraphs().stream()
                .map(XWPFParagraph::getText)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private static List<String> row(XWPFDocument paper, String name) {
        return row(paper, name, 1);
    }

    private static List<String> row(XWPFDocument paper, String text, int column) {
        return paper.getTables().stream()
                .flatMap(table -> table.getRows().stream())
                .map(CampaignPapersTests::cells)
                .filter(cells -> cells.get(column).equals(text))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> cells(XWPFTableRow row) {
        return row.getTableCells().stream().map(cell -> cell.getText()).toList();
    }
}
