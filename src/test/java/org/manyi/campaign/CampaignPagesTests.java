package org.manyi.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.security.CurrentUsers;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.AbstractMockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.context.WebApplicationContext;

/** A year's plan in pages. */
@ManyiTest
@Transactional
class CampaignPagesTests {

    private static final AtomicInteger YEAR = new AtomicInteger(2400);

    @Autowired
    private WebApplicationContext context;

    @Autowired
    private CurrentUsers users;

    @Autowired
    private Campaigns campaigns;

    @Autowired
    private PlanFiles files;

    private MockMvc mvc;

    @BeforeEach
    void setUp() {
        mvc = MockMvcBuilders.webAppContextSetup(context).build();
    }

    @Test
    void theDepartmentInChargeIsOfferedToDraftAPlanAndNobodyElseIs() {
        assertThat(page("jijiao", "/campaigns")).contains("起草年度方案", "luozhuang-2022");
        assertThat(page("xueqian", "/campaigns")).doesNotContain("起草年度方案");
        assertThat(page("principal001", "/campaigns")).doesNotContain("起草年度方案");
    }

    @Test
    void aPlanIsDraftedByThePageAndShowsItsNodesWithTheirDaysAndWhatIsOdd() {
        MockHttpServletResponse drafted = send(
                "jijiao", post("/campaigns").param("plan", "luozhuang-2022").param("year", "2026"));
        assertThat(drafted.getStatus()).isEqualTo(302);

        assertThat(page("jijiao", drafted.getRedirectedUrl()))
                .contains("学校方案备案", "2 月 24 日", "已避开休息日", "处需要留意", "基础教育科")
                .contains("每所学校的家长满意率：不低于 100 %", "组长：");
    }

    @Test
    void aSecondPlanOfTheYearAsksToBeConfirmed() {
        String year = String.valueOf(YEAR.incrementAndGet());
        send("jijiao", post("/campaigns").param("plan", "luozhuang-2022").param("year", year));

        MockHttpServletResponse again = send(
                "jijiao", post("/campaigns").param("plan", "luozhuang-2022").param("year", year));

        assertThat(again.getStatus()).isEqualTo(409);
        assertThat(text(again)).contains("已有同名方案", "name=\"confirmed\"");
        assertThat(send(
                                "jijiao",
                                post("/campaigns")
                                        .param("plan", "luozhuang-2022")
                                        .param("year", year)
                                        .param("confirmed", "true"))
                        .getStatus())
                .isEqualTo(302);
    }

    @Test
    void theWholePlanIsChangedOnItsPageAndTheVersionsAreCompared() {
        String id = draft();
        String form = page("jijiao", "/campaigns/" + id + "/edit");
        Filled change = new Filled(form, "/campaigns/" + id + "/edit").param("note", "把三月提前");

        MockHttpServletResponse saved =
                send("jijiao", change.param("theme", "新主题").without("mechanism.homeVisits"));

        assertThat(saved.getStatus()).as(text(saved)).isEqualTo(302);
        assertThat(page("jijiao", "/campaigns/" + id + "/versions"))
                .contains("家校同心", "新主题", "把三月提前", "万师访万家", "第 1 稿和第 2 稿的不同");
        assertThat(page("jijiao", "/campaigns/" + id)).contains("主题：新主题", "万师访万家（今年不开展）");
    }

    @Test
    void theLeadingGroupAndTheParticipantsAreChangedOnThePage() {
        String id = draft();
        String form = page("jijiao", "/campaigns/" + id + "/edit");
        assertThat(form).contains("group.member.leader:1", "participants.kind.primary", "群众体育");

        MockHttpServletResponse saved = send(
                "jijiao",
                new Filled(form, "/campaigns/" + id + "/edit")
                        .without("group.member.leader:1")
                        .param("group.deputy.3.post", "leader:1")
                        .param("group.deputy.3.remit", "督导")
                        .param("participants.kind.primary", "true")
                        .param("participants.except", "S0002，S0003")
                        .param("goal.cityRank.name", "全市排名"));

        assertThat(saved.getStatus()).as(text(saved)).isEqualTo(302);
        assertThat(page("jijiao", "/campaigns/" + id)).contains("分管督导", "全市排名");
        String again = page("jijiao", "/campaigns/" + id + "/edit");
        assertThat(again).contains("value=\"S0002、S0003\"");
        MockHttpServletResponse unknown =
                send("jijiao", new Filled(again, "/campaigns/" + id + "/edit").param("participants.schools", "X9999"));
        assertThat(text(unknown)).contains("没有单位 X9999");
    }

    @Test
    void aNodeGetsAnotherDueRule() {
        String id = draft();
        String form = page("jijiao", "/campaigns/" + id + "/nodes/issueBulletin1");
        assertThat(form).contains("value=\"after\" checked", "selected=\"selected\">第一次家长测评");

        MockHttpServletResponse saved = send(
                "jijiao",
                new Filled(form, "/campaigns/" + id + "/nodes/issueBulletin1")
                        .param("rule", "nthWeekday")
                        .param("nthMonth", "6")
                        .param("nthWeek", "5")
                        .param("nthWeekday", "FRIDAY"));

        assertThat(saved.getStatus()).as(text(saved)).isEqualTo(302);
        assertThat(page("jijiao", "/campaigns/" + id)).contains("6 月最后一个周五");
    }

    @Test
    void aNodeBecomesRecurringAndANewOneIsAddedAndDeleted() {
        String id = draft();
        String form = page("jijiao", "/campaigns/" + id + "/nodes/new?phase=spring-surveys");
        MockHttpServletResponse saved = send(
                "jijiao",
                new Filled(form, "/campaigns/" + id + "/nodes/new")
                        .param("id", "weeklyReport")
                        .param("name", "每周调度")
                        .param("owner", "dept:jijiao:staff")
                        .param("rule", "recurrence")
                        .param("every", "WEEK")
                        .param("everyWeekday", "THURSDAY")
                        .param("everyAt", "17:00")
                        .param("everyFrom", id.substring(0, 4) + "-03-01")
                        .param("everyUntil", id.substring(0, 4) + "-03-31")
                        .param("period", "SAME"));
        assertThat(saved.getStatus()).as(text(saved)).isEqualTo(302);
        assertThat(page("jijiao", "/campaigns/" + id)).contains("每周调度", "每周四 17:00");

        String version = versionOf(page("jijiao", "/campaigns/" + id + "/nodes/weeklyReport"));
        assertThat(send(
                                "jijiao",
                                post("/campaigns/" + id + "/nodes/weeklyReport/delete")
                                        .param("version", version))
                        .getStatus())
                .isEqualTo(302);
        assertThat(page("jijiao", "/campaigns/" + id)).doesNotContain("每周调度");
    }

    @Test
    void whatCannotBeReadIsToldAtItsFieldAndWhatWasTypedIsKept() {
        String id = draft();
        String form = page("jijiao", "/campaigns/" + id + "/nodes/fileSchoolPlan");

        MockHttpServletResponse refused = send(
                "jijiao",
                new Filled(form, "/campaigns/" + id + "/nodes/fileSchoolPlan")
                        .param("name", "改过的名称")
                        .param("rule", "day")
                        .param("day", "2026-02-31")
                        .param("reminders", "三天"));

        assertThat(refused.getStatus()).isEqualTo(422);
        assertThat(text(refused)).contains("改过的名称", "日期应在", "请填写数字");
        assertThat(page("jijiao", "/campaigns/" + id)).doesNotContain("改过的名称");
    }

    @Test
    void whoeverSavesOverSomebodyElsesVersionIsToldAndKeepsWhatHeTyped() {
        String id = draft();
        String form = page("jijiao", "/campaigns/" + id + "/edit");
        send("jijiao", new Filled(form, "/campaigns/" + id + "/edit").param("theme", "先来的"));

        MockHttpServletResponse late =
                send("jijiao", new Filled(form, "/campaigns/" + id + "/edit").param("theme", "后来的"));

        assertThat(late.getStatus()).isEqualTo(409);
        assertThat(text(late)).contains("后来的", "方案已被别人改动");
    }

    @Test
    void thePlanIsSubmittedReturnedWithAReasonAndDecidedByTheHeadOfTheBureau() {
        String id = draft();
        assertThat(send("jijiao", post("/campaigns/" + id + "/submit").param("version", "0"))
                        .getStatus())
                .isEqualTo(302);
        assertThat(page("jijiao", "/campaigns/" + id)).contains("待审定", "撤回修改").doesNotContain("局党组会的意见");
        assertThat(page("deputy1", "/campaigns/" + id)).contains("待审定").doesNotContain("局党组会的意见");

        assertThat(text(send(
                        "chair",
                        post("/campaigns/" + id + "/decide")
                                .param("version", "1")
                                .param("decision", "return")
                                .param("reason", ""))))
                .contains("退回时请写明要改什么");
        send(
                "chair",
                post("/campaigns/" + id + "/decide")
                        .param("version", "1")
                        .param("decision", "return")
                        .param("reason", "家访再往前排"));
        assertThat(page("jijiao", "/campaigns/" + id)).contains("方案被退回修改", "家访再往前排", "提交审定");

        send("jijiao", post("/campaigns/" + id + "/submit").param("version", "2"));
        send("chair", post("/campaigns/" + id + "/decide").param("version", "3").param("decision", "approve"));
        assertThat(page("principal001", "/campaigns/" + id))
                .contains("已审定", "学校方案备案")
                .doesNotContain("修改方案", "起草下一年");
        assertThat(page("jijiao", "/campaigns/" + id)).contains("延续到另一年").doesNotContain("修改方案");
    }

    @Test
    void aPlanIsExportedAndReadBackAsADraftOfItsOwn() throws UnsupportedEncodingException {
        String id = draft();
        MockHttpServletResponse file = send("jijiao", get("/campaigns/" + id + "/plan.yaml"));
        assertThat(file.getContentType()).startsWith("application/yaml");
        assertThat(file.getHeader("Content-Disposition")).contains(id + ".yaml");
        byte[] yaml = file.getContentAsByteArray();
        assertThat(files.read(yaml).id()).isEqualTo("luozhuang-2022");

        assertThat(send("jijiao", upload(yaml)).getStatus()).isEqualTo(409);
        MockHttpServletResponse again = send("jijiao", upload(yaml).param("confirmed", "true"));
        assertThat(again.getRedirectedUrl()).contains(id.substring(0, 4) + "-ND-02");
        assertThat(text(send("jijiao", upload("a: [".getBytes(StandardCharsets.UTF_8)))))
                .contains("不是有效的 YAML");
    }

    @Test
    void aDraftIsNotToBeSeenBySchoolsNorChangedByOthers() {
        String id = draft();

        assertThat(send("principal001", get("/campaigns/" + id)).getStatus()).isEqualTo(404);
        assertThat(send("principal001", get("/campaigns/" + id + "/versions")).getStatus())
                .isEqualTo(404);
        assertThat(send("principal001", get("/campaigns/" + id + "/plan.yaml")).getStatus())
                .isEqualTo(404);
        assertThat(send("xueqian", get("/campaigns/" + id + "/edit")).getStatus())
                .isEqualTo(403);
        assertThat(send("xueqian", get("/campaigns/" + id + "/nodes/issuePlan")).getStatus())
                .isEqualTo(403);
        assertThat(send("jijiao", get("/campaigns/" + id + "/nodes/unknown")).getStatus())
                .isEqualTo(404);
    }

    @Test
    void thePagesSpeakEnglishToo() {
        String id = draft();

        assertThat(page("jijiao", "/campaigns/" + id, Locale.ENGLISH)).contains("Being drafted", "Change the plan");
    }

    private String draft() {
        return users.runAs(
                "jijiao", () -> campaigns.draft("luozhuang-2022", YEAR.incrementAndGet(), false, users.require()));
    }

    private static AbstractMockHttpServletRequestBuilder<?> upload(byte[] file) {
        return multipart("/campaigns/file").file(new MockMultipartFile("file", "plan.yaml", "application/yaml", file));
    }

    /** A page's form as a browser would send it, with what is changed in it. */
    private static final class Filled {

        private final String action;
        private final MultiValueMap<String, String> values = new LinkedMultiValueMap<>();

        Filled(String page, String action) {
            this.action = action;
            for (Element field : Jsoup.parse(page).select("main form").first().select("input, textarea, select")) {
                boolean ticks = Set.of("radio", "checkbox").contains(field.attr("type"));
                if (field.tagName().equals("select")) {
                    field.select("option[selected]").forEach(option -> values.add(field.attr("name"), option.val()));
                } else if (!ticks || field.hasAttr("checked")) {
                    values.add(field.attr("name"), field.val());
                }
            }
        }

        Filled param(String name, String value) {
            values.set(name, value);
            return this;
        }

        Filled without(String name) {
            values.remove(name);
            return this;
        }
    }

    private MockHttpServletResponse send(String username, Filled form) {
        return send(username, post(form.action).params(form.values));
    }

    private static String versionOf(String page) {
        return Jsoup.parse(page).select("input[name=version]").first().val();
    }

    private MockHttpServletResponse send(String username, AbstractMockHttpServletRequestBuilder<?> request) {
        return send(username, request, Locale.CHINESE);
    }

    private MockHttpServletResponse send(
            String username, AbstractMockHttpServletRequestBuilder<?> request, Locale locale) {
        return users.runAs(username, () -> {
            try {
                return mvc.perform(request.locale(locale).header("Accept-Language", locale.toLanguageTag()))
                        .andReturn()
                        .getResponse();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    private String page(String username, String address) {
        return page(username, address, Locale.CHINESE);
    }

    private String page(String username, String address, Locale locale) {
        MockHttpServletResponse answer = send(username, get(address), locale);
        assertThat(answer.getStatus()).as(address).isEqualTo(200);
        return text(answer);
    }

    private static String text(MockHttpServletResponse answer) {
        try {
            return answer.getContentAsString(StandardCharsets.UTF_8);
        } catch (UnsupportedEncodingException e) {
            throw new AssertionError(e);
        }
    }
}
