package org.manyi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.manyi.shared.Count;
import org.manyi.shared.FieldProblem;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletContext;
import org.springframework.web.context.support.StaticWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.i18n.FixedLocaleResolver;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.spring6.templateresolver.SpringResourceTemplateResolver;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;

/**
 * The frame and the shared fragments, drawn without the application: a page that uses every one of them ({@code sampler/page}), the login page and the
 * error pages. What was drawn stays in {@code target/pages} to be looked at.
 */
class PageFragmentTests {

    private static final Pattern INLINE = Pattern.compile(
            "<style|<script(?![^>]* src=)|\\sstyle=|\\son[a-z]+=|javascript:", Pattern.CASE_INSENSITIVE);

    private static final Pattern TAG = Pattern.compile("<[a-zA-Z](?:[^<>\"]|\"[^\"]*\")*>");
    private static final Pattern CONDITION = Pattern.compile("\\sth:(if|unless|each)=");

    record Nav(String key, String href, String messageKey, String icon, boolean active, String count) {}

    record Me(String name, String username, List<String> posts) {}

    record Stage(String key, String label, String state, String date, int returns) {}

    record Opinion(String who, String unit, String act, String text, String at, String instant, boolean back) {}

    record Row(
            String id,
            String title,
            String number,
            String unit,
            String step,
            String due,
            String dueText,
            String mark,
            String state) {}

    record Option(String value, String label) {}

    record Mark(String kind, String text) {}

    record Tab(String href, String messageKey, Count count, boolean active) {}

    record Shown(String id, String name, boolean image, String note) {}

    record DemoAccount(String username, String name, List<String> units, String password) {}

    @ParameterizedTest
    @ValueSource(strings = {"zh", "en"})
    void aPageOfEveryFragmentIsDrawnWithoutInlineScriptOrStyleAndWithoutAMissingText(String language) throws Exception {
        String page = draw("sampler/page", language, sampler(language));

        assertThat(page)
                .contains("aria-current=\"page\"", "<main>", "2026-WT-00042")
                .doesNotContain("??");
        assertThat(INLINE.matcher(page).results().map(match -> match.group())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "login",
                "error/403",
                "error/404",
                "error/409",
                "error/413",
                "error/429",
                "error/4xx",
                "error/503",
                "error/5xx"
            })
    void aPageOutsideTheFrameNeedsNobodyLoggedIn(String template) throws Exception {
        String page = draw(template, "zh", Map.of());

        assertThat(page).contains("<main", "/assets/app.css").doesNotContain("??", "class=\"rail\"");
        assertThat(INLINE.matcher(page).results().map(match -> match.group())).isEmpty();
    }

    @Test
    void theLoginPageShowsDemonstrationAccountsOnlyWhereThereAreAny() throws Exception {
        List<DemoAccount> accounts = List.of(
                new DemoAccount("chair", "周明远", List.of("区教育局"), "Manyi-2026!"),
                new DemoAccount("jijiao", "陈静", List.of("基教科"), "Manyi-2026!"));

        assertThat(draw("login", "zh", Map.of("demoAccounts", accounts)))
                .contains("data-fill-username=\"chair\"", "基教科");
        assertThat(draw("login", "zh", Map.of())).doesNotContain("data-fill-username");
    }

    @Test
    void aFieldAtFaultSaysSoAboveItselfAndInTheSummary() throws Exception {
        String page = draw("sampler/page", "zh", sampler("zh"));

        assertThat(page).contains("href=\"#f-title\"", "id=\"f-title\"", "id=\"e-title\"");
        assertThat(page).containsPattern("id=\"f-title\"[^>]*aria-invalid=\"true\"");
        assertThat(page).doesNotContainPattern("id=\"f-description\"[^>]*aria-invalid");
        assertThat(page).contains("最多 100 个字符。");
    }

    @Test
    void noTagChoosesWhetherItIsShownAndIsReplacedAtOnce() throws IOException {
        // Thymeleaf replaces first and never looks at the condition: it belongs on a th:block around the tag.
        try (Stream<Path> templates = Files.walk(Path.of("src/main/resources/templates"))) {
            assertThat(templates.filter(file -> file.toString().endsWith(".html")))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(TAG.matcher(Files.readString(file))
                                    .results()
                                    .map(MatchResult::group)
                                    .filter(tag -> tag.contains("th:replace="))
                                    .filter(tag -> CONDITION.matcher(tag).find()))
                            .as(file.toString())
                            .isEmpty());
        }
    }

    @Test
    void everyTextOfTheFrameStandsInBothLanguages() throws IOException {
        assertThat(keys("messages/web_en.properties")).isEqualTo(keys("messages/web.properties"));
    }

    private static java.util.Set<String> keys(String resource) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = PageFragmentTests.class.getClassLoader().getResourceAsStream(resource)) {
            properties.load(in);
        }
        return properties.stringPropertyNames();
    }

    private static String draw(String template, String language, Map<String, ?> model) throws Exception {
        Locale locale = Locale.forLanguageTag(language);
        StaticWebApplicationContext context = new StaticWebApplicationContext();
        MockServletContext servletContext = new MockServletContext();
        context.setServletContext(servletContext);
        context.refresh();
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasenames("messages/shared", "messages/web");
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        SpringResourceTemplateResolver templates = new SpringResourceTemplateResolver();
        templates.setApplicationContext(context);
        templates.setPrefix("classpath:/templates/");
        templates.setSuffix(".html");
        templates.setCharacterEncoding("UTF-8");
        SpringTemplateEngine engine = new SpringTemplateEngine();
        engine.setEnableSpringELCompiler(false);
        engine.setTemplateResolver(templates);
        engine.setTemplateEngineMessageSource(messages);
        ThymeleafViewResolver views = new ThymeleafViewResolver();
        views.setTemplateEngine(engine);
        views.setCharacterEncoding("UTF-8");
        views.setApplicationContext(context);
        MockHttpServletRequest request = new MockHttpServletRequest(servletContext, "GET", "/");
        request.setAttribute(DispatcherServlet.WEB_APPLICATION_CONTEXT_ATTRIBUTE, context);
        request.setAttribute(DispatcherServlet.LOCALE_RESOLVER_ATTRIBUTE, new FixedLocaleResolver(locale));
        request.addPreferredLocale(locale);
        MockHttpServletResponse response = new MockHttpServletResponse();
        views.resolveViewName(template, locale).render(model, request, response);
        String page = response.getContentAsString(java.nio.charset.StandardCharsets.UTF_8);
        Path file = Path.of(
                "target/pages",
                template.replace('/', '-') + "_" + language + (model.isEmpty() ? "" : "_model") + ".html");
        Files.createDirectories(file.getParent());
        Files.writeString(file, page);
        return page;
    }

    private static Map<String, Object> sampler(String language) {
        boolean zh = language.equals("zh");
        Map<String, String> words = Map.ofEntries(
                Map.entry("issues", zh ? "问题台账" : "Issues"),
                Map.entry("title", zh ? "校门口放学时段拥堵，家长反映接送不安全" : "Crowded gate after school, parents feel unsafe"),
                Map.entry("raise", zh ? "提交核查" : "Submit for verification"),
                Map.entry("overdue", zh ? "已逾期" : "Overdue"),
                Map.entry("soon", zh ? "今天到期" : "Due today"),
                Map.entry("matter", zh ? "事项" : "Matter"),
                Map.entry("unit", zh ? "单位" : "Unit"),
                Map.entry("step", zh ? "环节" : "Step"),
                Map.entry("due", zh ? "期限" : "Due"),
                Map.entry("state", zh ? "状态" : "State"),
                Map.entry("school", zh ? "城关第一小学" : "Chengguan No. 1 Primary School"),
                Map.entry("evidence", zh ? "整改情况" : "What was done"),
                Map.entry("why", zh ? "签收次日起 10 个工作日" : "10 working days from the day after signing"));
        List<Nav> nav = List.of(
                new Nav("inbox", "/inbox", zh ? "web.product" : "web.product", "inbox", false, "12"),
                new Nav("issues", "/issues", "web.stages", "clipboard-list", false, null),
                new Nav("imports", "/imports", "web.evidence.before", "upload", false, null),
                new Nav("org", "/org", "web.me", "building-community", false, null),
                new Nav("accounts", "/accounts", "web.password", "users", false, null),
                new Nav("mail", "/mail", "web.login", "mail", false, null),
                new Nav("audit", "/audit", "web.nav", "shield-lock", false, null));
        String[] stages = zh
                ? new String[] {"登记", "派单", "签收", "整改", "核查", "回访", "审批", "销号"}
                : new String[] {"Raised", "Assigned", "Signed", "Rectify", "Verify", "Call back", "Approve", "Closed"};
        List<Stage> line = Stream.iterate(0, i -> i < 8, i -> i + 1)
                .map(i -> new Stage(
                        "s" + i,
                        stages[i],
                        i < 4 ? "done" : i == 4 ? "active" : "todo",
                        i < 5 ? (zh ? "3 月 " + (2 + i) + " 日" : "Mar " + (2 + i)) : null,
                        i == 4 ? 2 : 0))
                .toList();
        List<Row> rows = List.of(
                new Row(
                        "t1",
                        words.get("title"),
                        "2026-WT-00042",
                        words.get("school"),
                        stages[3],
                        "late",
                        zh ? "逾期 2 个工作日" : "2 working days overdue",
                        "late",
                        zh ? "红牌" : "Red card"),
                new Row(
                        "t2",
                        zh ? "食堂菜价公示不及时" : "Canteen prices posted late",
                        "2026-WT-00043",
                        zh ? "育才实验学校" : "Yucai School",
                        stages[2],
                        "soon",
                        zh ? "今天 17:30" : "Today 17:30",
                        "active",
                        zh ? "办理中" : "In hand"),
                new Row(
                        "t3",
                        zh ? "课后服务收费说明不清" : "After-school fees unclear",
                        "2026-WT-00044",
                        zh ? "东湖中心幼儿园" : "Donghu Kindergarten",
                        stages[5],
                        "later",
                        zh ? "3 月 14 日（周六，补班）" : "Mar 14 (Sat, working)",
                        "wait",
                        zh ? "等待回访" : "Waiting"),
                new Row(
                        "t4",
                        zh ? "操场照明损坏" : "Playground lights broken",
                        "2026-WT-00045",
                        zh ? "第三中学" : "No. 3 Middle School",
                        stages[7],
                        null,
                        null,
                        "done",
                        zh ? "已销号" : "Closed"));
        List<Opinion> opinions = List.of(
                new Opinion(
                        zh ? "陈静" : "Chen Jing",
                        zh ? "基教科" : "Basic education",
                        zh ? "派单给城关第一小学" : "Assigned to the school",
                        null,
                        zh ? "3 月 3 日 09:12" : "Mar 3 09:12",
                        "2026-03-03T09:12+08:00",
                        false),
                new Opinion(
                        zh ? "刘伟" : "Liu Wei",
                        zh ? "第 2 督查组" : "Team 2",
                        zh ? "退回整改" : "Returned",
                        zh ? "照片未显示放学时段的实际情况，请补充。" : "The photos do not show the hour after school.",
                        zh ? "昨天 16:40" : "Yesterday 16:40",
                        "2026-03-09T16:40+08:00",
                        true),
                new Opinion(
                        zh ? "王芳" : "Wang Fang",
                        words.get("school"),
                        zh ? "提交核查" : "Submitted",
                        zh ? "已增设家长等候区，错峰放学。" : "A waiting area was added.",
                        zh ? "今天 08:55" : "Today 08:55",
                        "2026-03-10T08:55+08:00",
                        false));
        return Map.ofEntries(
                Map.entry("words", words),
                Map.entry("nav", nav),
                Map.entry(
                        "me",
                        new Me(
                                zh ? "王芳" : "Wang Fang",
                                "principal001",
                                List.of(zh ? "城关第一小学 校长" : "Principal, Chengguan No. 1"))),
                Map.entry("demo", true),
                Map.entry(
                        "clockNote",
                        zh ? "演示时钟已拨到 2026 年 3 月 10 日，比实际时间早 12 天。" : "The clock was moved to 10 March 2026."),
                Map.entry("flash", zh ? "已提交核查，下一步由第 2 督查组办理。" : "Submitted. Team 2 is next."),
                Map.entry(
                        "marks",
                        List.of(
                                new Mark("active", zh ? "整改中" : "Rectifying"),
                                new Mark("late", zh ? "红牌" : "Red card"),
                                new Mark("soon", zh ? "明天到期" : "Due tomorrow"),
                                new Mark("todo", zh ? "待签收" : "To sign"),
                                new Mark("wait", zh ? "等待核查" : "Waiting"),
                                new Mark("done", zh ? "已销号" : "Closed"),
                                new Mark("off", zh ? "已撤回" : "Withdrawn"),
                                new Mark("pass", zh ? "核查通过" : "Passed"),
                                new Mark("back", zh ? "核查未通过" : "Sent back"),
                                new Mark("urgent", zh ? "加急" : "Urgent"),
                                new Mark("critical", zh ? "特急" : "Critical"),
                                new Mark("plain", zh ? "投诉" : "Complaint"))),
                Map.entry("stages", line),
                Map.entry(
                        "tabs",
                        List.of(
                                new Tab("/inbox?view=mine", "web.me", new Count(12, false), true),
                                new Tab("/inbox?view=claimable", "web.search", new Count(1000, true), false),
                                new Tab("/inbox?view=done", "web.stage.done", null, false))),
                Map.entry("rows", rows),
                Map.entry("many", new Count(1000, true)),
                Map.entry("few", new Count(4, false)),
                Map.entry(
                        "before",
                        List.of(new Shown("a1", "gate-before.jpg", true, zh ? "3 月 2 日 16:35" : "Mar 2 16:35"))),
                Map.entry(
                        "after",
                        List.of(
                                new Shown("a2", "gate-after.jpg", true, null),
                                new Shown("a3", zh ? "错峰放学方案.pdf" : "plan.pdf", false, null))),
                Map.entry(
                        "errors",
                        List.of(
                                FieldProblem.of("title", "tooLong", "shared.field.tooLong", 100),
                                FieldProblem.of("severity", "required", "shared.field.required"))),
                Map.entry(
                        "options",
                        List.of(
                                new Option("a", zh ? "一般" : "Low"),
                                new Option("b", zh ? "较重" : "Medium"),
                                new Option("c", zh ? "严重" : "High"))),
                Map.entry("opinions", opinions));
    }
}
