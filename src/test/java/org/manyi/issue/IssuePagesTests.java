package org.manyi.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.manyi.ManyiTest;
import org.manyi.inbox.TaskItem;
import org.manyi.issue.Loop.Report;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.NotFoundException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.RequestBuilder;
import org.springframework.test.web.servlet.request.MockMultipartHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** The ledger's pages behind the front door, which has tests of its own. */
@ManyiTest
class IssuePagesTests {

    @Autowired
    private WebApplicationContext context;

    @Autowired
    private CurrentUsers users;

    @Autowired
    private Issues issues;

    @Autowired
    private Loop loop;

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

    @Test
    void theLedgerShowsWhatThePersonMaySeeAndKeepsItsFiltersInTheAddress() {
        String number = loop.rectifying(new Report().school("S0047").title("午睡室空调外机太吵"));

        assertThat(page("chair", "/issues?school=S0047")).contains(number, "午睡室空调外机太吵", "整改中", "/issues/new");
        assertThat(page("principal048", "/issues?school=S0047"))
                .doesNotContain(number)
                .contains("没有符合条件的问题");
        assertThat(page("body1", "/issues")).doesNotContain("/issues/new");
        assertThat(page("chair", "/issues?school=S0047&status=closed")).doesNotContain(number);
        assertThat(page("chair", "/issues?school=S0047&status=")).contains(number);
        for (int i = 0; i < 31; i++) {
            loop.raised(new Report().school("S0048"));
        }
        assertThat(page("chair", "/issues?school=S0048&q=测试"))
                .contains("school=S0048&amp;q=%E6%B5%8B%E8%AF%95&amp;cursor=");
    }

    @Test
    void anIssueShowsItsStageRoundsEvidenceAndHistory() {
        String number =
                loop.verifying(new Report().school("S0047").title("后门台阶破损").reporter("欧阳某", "13812345678"));
        loop.fail(number);
        loop.rectify(number);

        String page = page("chair", "/issues/" + number);

        assertThat(page)
                .contains("后门台阶破损", "第 1 轮整改", "第 2 轮整改", "核查未通过", "换了十二只灯管", "改得不全、不彻底", "138****5678")
                .contains("/issues/" + number + "/diagrams/rectification-round")
                .contains("退回 1 次")
                .doesNotContain("13812345678");
        String atTheUnit = page("principal047", "/issues/" + number);
        assertThat(atTheUnit).contains("后门台阶破损", "信息保密").doesNotContain("138****5678", "欧*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "triage",
                "toSign",
                "returnReview",
                "rectifying",
                "extensionReview",
                "verifying",
                "callback",
                "approving",
                "closed",
                "answered",
                "declined",
                "protected",
                "withdrawn",
                "merged"
            })
    void anIssueOfEveryStatusHasItsPageInBothLanguages(String status) {
        String number = loop.in(status, new Report().school("S0049").reporter("欧阳某", "13812345678"));
        assertThat(loop.status(number)).isEqualTo(status);

        assertThat(page("chair", "/issues/" + number)).contains(number).doesNotContain("??");
        MvcResult english = perform("chair", get("/issues/" + number).locale(Locale.ENGLISH));
        assertThat(body(english)).contains(number).doesNotContain("??");
        assertThat(page("chair", "/issues?q=" + number)).contains(number);
    }

    @Test
    void whatTakesAnIssueOffItsOrderIsOfferedAndHasAPageThatSaysWhatHappens() {
        String number = loop.rectifying(new Report().school("S0049").category("facilities"));

        assertThat(page("jicai", "/issues/" + number))
                .contains("/actions/changeUnit", "/actions/withdraw", "/actions/merge")
                .doesNotContain("/actions/moveTo", "/actions/reopen");
        assertThat(page("principal049", "/issues/" + number)).doesNotContain("/actions/");
        for (String action : new String[] {"changeUnit", "withdraw", "merge"}) {
            assertThat(page("jicai", "/issues/" + number + "/actions/" + action))
                    .doesNotContain("??");
        }
        assertThat(page("jicai", "/issues/" + number + "/actions/changeUnit")).contains("重新签收", "value=\"D1\"");
        assertThat(page("chair", "/issues/" + number + "/actions/moveTo")).contains("研判分办", "责任单位签收");
        assertThat(status("principal049", get("/issues/" + number + "/actions/withdraw")))
                .isEqualTo(403);
        assertThat(status("jicai", get("/issues/" + number + "/actions/reopen")))
                .isEqualTo(409);
        assertThat(status("jicai", get("/issues/" + number + "/actions/shelve2")))
                .isEqualTo(404);

        String version = String.valueOf(loop.issue(number).version());
        MvcResult refused = perform(
                "jicai",
                post("/issues/" + number + "/actions/changeUnit")
                        .param("version", version)
                        .param("target", "S0049")
                        .param("reason", "派错了"));
        assertThat(refused.getResponse().getStatus()).isEqualTo(422);
        assertThat(body(refused)).contains("本来就由这个单位整改", "派错了", "#f-target");
        MvcResult done = perform(
                "jicai",
                post("/issues/" + number + "/actions/changeUnit")
                        .param("version", version)
                        .param("target", "D1")
                        .param("reason", "派错了"));
        assertThat(done.getResponse().getRedirectedUrl()).isEqualTo("/issues/" + number);
        assertThat(loop.issue(number).leadUnit().code()).isEqualTo("D1");
        assertThat(page("chair", "/issues/" + number)).contains("改派责任单位", "派错了");
    }

    private int status(String username, RequestBuilder request) {
        return perform(username, request).getResponse().getStatus();
    }

    @Test
    void theTaskPageShowsTheIssueBesideTheForm() {
        String number = loop.verifying(new Report().school("S0047").title("美术教室窗扇脱落"));
        TaskItem task = loop.task(number, "verifyRectification");

        assertThat(page(loop.holder(task), "/tasks/" + task.id()))
                .contains("美术教室窗扇脱落", "第 1 轮整改", "换了十二只灯管", "登记", "销号");
    }

    @Test
    void aDiagramIsGivenToWhoSeesTheIssue() {
        String number = loop.rectifying(new Report().school("S0047"));

        String diagram = page("chair", "/issues/" + number + "/diagrams/rectification-round");

        assertThat(diagram).contains("rectifyIssue", "\"active\":[");
        assertThat(perform("principal048", get("/issues/" + number + "/diagrams/rectification-round")))
                .extracting(MvcResult::getResolvedException)
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void whatIsNotYoursIsNotThere() {
        String number = loop.raised(new Report().school("S0047"));

        assertThat(perform("principal048", get("/issues/" + number)).getResolvedException())
                .isInstanceOf(NotFoundException.class);
        assertThat(perform("chair", get("/issues/2020-WT-99999")).getResolvedException())
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void theFormOffersWhatThePersonMayRaise() {
        assertThat(page("office", "/issues/new")).contains("value=\"S0001\"", "value=\"hotline\"", "tel:110");
        assertThat(page("principal047", "/issues/new"))
                .contains("value=\"S0047\"", "value=\"selfCheck\"")
                .doesNotContain("value=\"S0001\"", "value=\"hotline\"");
    }

    @Test
    void anIssueIsRaisedWithItsFiles() {
        MvcResult raised = perform(
                "office",
                form(fields("食堂后厨地面积水", "S0050"), new MockMultipartFile("files", "现场.png", "image/png", picture())));

        assertThat(raised.getResponse().getStatus()).as(body(raised)).isEqualTo(302);
        String number = raised.getResponse().getRedirectedUrl().substring("/issues/".length());
        assertThat(loop.issue(number).attachments()).singleElement().satisfies(file -> {
            assertThat(file.name()).isEqualTo("现场.png");
            assertThat(file.type()).isEqualTo("image/png");
        });
        assertThat(page("principal050", "/issues/" + number)).contains("现场.png");
    }

    @Test
    void theFormSaysWhatIsWrongAndKeepsWhatWasTypedAndUploaded() {
        Map<String, String> fields = fields("短", "S0050");
        fields.put("description", "上午第二节课后");

        MvcResult refused =
                perform("office", form(fields, new MockMultipartFile("files", "现场.png", "image/png", picture())));

        assertThat(refused.getResponse().getStatus()).isEqualTo(422);
        assertThat(body(refused)).contains("至少 4 个字符", "上午第二节课后", "现场.png", "#f-title");
        fields.put("title", "食堂后厨下水道堵塞");
        fields.put("kept", hidden(body(refused), "kept"));
        MvcResult raised = perform("office", form(fields));
        assertThat(raised.getResponse().getStatus()).isEqualTo(302);
        String number = raised.getResponse().getRedirectedUrl().substring("/issues/".length());
        assertThat(loop.issue(number).attachments()).hasSize(1);
    }

    @Test
    void aFileThatMayNotBeKeptIsRefusedBesideItsField() {
        MvcResult refused = perform(
                "office",
                form(
                        fields("食堂后厨油烟倒灌", "S0050"),
                        new MockMultipartFile("files", "x.exe", "application/octet-stream", new byte[] {'M', 'Z', 0})));

        assertThat(refused.getResponse().getStatus()).isEqualTo(415);
        assertThat(body(refused)).contains("#f-files", "食堂后厨油烟倒灌");
    }

    @Test
    void similarIssuesAreShownWhileTypingAndBeforeSaving() {
        String number =
                loop.raised(new Report().school("S0046").title("户外滑梯螺丝松动").category("facilities"));

        assertThat(page("office", "/issues/similar?schoolCode=S0046&title=户外滑梯螺丝松动了&category=facilities"))
                .contains(number, "confirmNotDuplicate");
        assertThat(page("office", "/issues/similar?schoolCode=S0045&title=户外滑梯螺丝松动了"))
                .doesNotContain(number);
        assertThat(page("office", "/issues/similar")).doesNotContain("confirmNotDuplicate");

        Map<String, String> fields = fields("户外滑梯螺丝松动了", "S0046");
        MvcResult asked = perform("office", form(fields));
        assertThat(asked.getResponse().getStatus()).isEqualTo(409);
        assertThat(body(asked)).contains(number, "这是另一件事", "户外滑梯螺丝松动了");
        fields.put("confirmNotDuplicate", "true");
        assertThat(perform("office", form(fields)).getResponse().getStatus()).isEqualTo(302);
    }

    @Test
    void aMatterOfAChildsSafetyEndsOnTheLedgerForItIsNotSeenAgain() {
        Map<String, String> fields = fields("反映有学生被长期欺凌", "S0046");
        fields.put("childSafety", "true");

        MvcResult raised = perform("office", form(fields));

        assertThat(raised.getResponse().getRedirectedUrl()).isEqualTo("/issues");
        assertThat(String.valueOf(raised.getFlashMap().get("flash")))
                .contains("110")
                .matches(".*\\d{4}-WT-\\d{5}.*");
        assertThat(page("office", "/issues?school=S0046")).doesNotContain("反映有学生被长期欺凌");
        assertThat(page("protector", "/issues")).contains("反映有学生被长期欺凌");
    }

    @Test
    void theReporterIsShownInPlaceToWhoCalls() {
        String number = loop.raised(new Report().school("S0046").reporter("欧阳某", "13812345678"));
        assertThat(page("office", "/issues/" + number)).contains("/issues/" + number + "/reporter");

        MvcResult refused =
                perform("office", post("/issues/" + number + "/reporter").header("HX-Request", "true"));
        assertThat(refused.getResponse().getStatus()).isEqualTo(422);
        MvcResult shown = perform(
                "office",
                post("/issues/" + number + "/reporter")
                        .header("HX-Request", "true")
                        .param("reason", "首次联系"));
        assertThat(body(shown)).contains("欧阳某", "13812345678").doesNotContain("<html");
        assertThat(body(perform(
                        "office", post("/issues/" + number + "/reporter").param("reason", "首次联系"))))
                .contains("13812345678", "<html");
        assertThat(page("office", "/issues/" + number)).doesNotContain("13812345678");
    }

    @Test
    void theUnitAsksForMoreTimeOnTheIssuesPage() {
        String number = loop.rectifying(new Report().school("S0046"));
        assertThat(page("chair", "/issues/" + number)).doesNotContain("/issues/" + number + "/extension");
        String page = page("principal046", "/issues/" + number);
        assertThat(page).contains("/issues/" + number + "/extension");
        String version = hidden(page, "version");

        MvcResult refused = perform(
                "principal046",
                post("/issues/" + number + "/extension")
                        .param("version", version)
                        .param("workingDays", "99")
                        .param("reason", "等配件"));
        assertThat(refused.getResponse().getStatus()).isEqualTo(422);
        assertThat(body(refused)).contains("#f-workingDays", "等配件");
        MvcResult asked = perform(
                "principal046",
                post("/issues/" + number + "/extension")
                        .param("version", version)
                        .param("workingDays", "2")
                        .param("reason", "等配件"));
        assertThat(asked.getResponse().getRedirectedUrl()).isEqualTo("/issues/" + number);
        assertThat(loop.status(number)).isEqualTo("extensionReview");
    }

    private static Map<String, String> fields(String title, String school) {
        return new LinkedHashMap<>(Map.of(
                "title", title,
                "schoolCode", school,
                "kind", "appeal",
                "source", "phone",
                "category", "facilities",
                "severity", "medium",
                "concerns", "nobody"));
    }

    private static RequestBuilder form(Map<String, String> fields, MockMultipartFile... files) {
        MockMultipartHttpServletRequestBuilder form = multipart("/issues");
        for (MockMultipartFile file : files) {
            form.file(file);
        }
        fields.forEach(form::param);
        return form.locale(Locale.CHINESE);
    }

    private static byte[] picture() {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            ImageIO.write(
                    new java.awt.image.BufferedImage(8, 8, java.awt.image.BufferedImage.TYPE_INT_RGB), "png", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hidden(String page, String name) {
        Matcher field =
                Pattern.compile("name=\"" + name + "\"[^>]*value=\"([^\"]+)\"").matcher(page);
        assertThat(field.find()).as(name).isTrue();
        return field.group(1);
    }

    private String page(String username, String address) {
        MvcResult result = perform(username, get(address).locale(Locale.CHINESE));
        assertThat(result.getResponse().getStatus()).as(address).isEqualTo(200);
        return body(result);
    }

    private MvcResult perform(String username, RequestBuilder request) {
        return users.runAs(username, () -> {
            try {
                return mvc.perform(request).andReturn();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    private static String body(MvcResult result) {
        try {
            return result.getResponse().getContentAsString(StandardCharsets.UTF_8);
        } catch (UnsupportedEncodingException e) {
            throw new AssertionError(e);
        }
    }
}
