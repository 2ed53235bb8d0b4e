package org.manyi.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.TestClient;
import org.manyi.engine.DecisionTables.Entry;
import org.manyi.issue.CategoryAdministration;
import org.manyi.issue.IssueDetail;
import org.manyi.issue.Loop;
import org.manyi.issue.Loop.Report;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.MovableClock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.AbstractMockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** The triage table as the system administrator keeps it: drafted, tried, published, put back, and left alone by a restart. */
@ManyiTest
class DecisionPagesTests {

    private static final String KEY = "issue-triage";
    private static final String TABLE = "/decisions/" + KEY;
    private static final String DRAFT = TABLE + "/draft";
    private static final String PATH = "processes/issue/issue-triage.dmn";

    @Autowired
    private WebApplicationContext context;

    @Autowired
    private CurrentUsers users;

    @Autowired
    private DecisionTables tables;

    @Autowired
    private DecisionDesk desk;

    @Autowired
    private ProcessDeployer deployer;

    @Autowired
    private CategoryAdministration categories;

    @Autowired
    private Loop loop;

    @Autowired
    private TestClient client;

    @Autowired
    private MovableClock clock;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private JdbcTemplate template;

    private MockMvc mvc;

    @BeforeEach
    void setUp() {
        mvc = MockMvcBuilders.webAppContextSetup(context).build();
        asItWasShipped();
    }

    @AfterEach
    void asItWasShipped() {
        jdbc.sql("delete from engine_decision_draft").update();
        jdbc.sql("delete from engine_decision_version where number > 1").update();
        // One by one, for all at once may take longer than a statement is given.
        template.batchUpdate(
                "delete from issue where number = ?",
                jdbc.sql("select number from issue where number like 'X-%'").query(String.class).list().stream()
                        .map(number -> new Object[] {number})
                        .toList());
        jdbc.sql("delete from issue_category where code = 'library'").update();
        desk.ship(PATH, shipped());
    }

    @Test
    void theTableIsShownInTheWordsOfTheRestOfTheApplication() throws Exception {
        assertThat(page("/decisions")).contains("问题分办建议", "随程序发布");
        assertThat(page(TABLE))
                .contains("咨询安全、食品、交通：安全科一个工作日内答复", "校园安全", "政务热线", "立行立改", "特急", "中心幼儿园", "热线或上级交办：加急。")
                .doesNotContain("永远轮不到")
                .doesNotContain("higherReport");
        assertThat(answer(get("/decisions/none")).getStatus()).isEqualTo(404);
        assertThat(answer(get(TABLE + "/versions/99")).getStatus()).isEqualTo(404);
    }

    @Test
    void theShippedTableNamesNothingThatThereIsNot() {
        assertThat(DecisionRules.problems(tables.find(KEY).subject(), tables.shipped(KEY)))
                .isEmpty();
    }

    @Test
    void whatIsPublishedIsProposedToTheNextIssueAndAnEarlierVersionCanBePutBack() throws Exception {
        begin();
        change("rule_sportOrdinary", form -> {
            form.put("department", List.of("jicai"));
            form.put("workingDays", List.of("9"));
        });
        assertThat(suggested("sport").workingDays())
                .as("a draft changes nothing")
                .isEqualTo(5);

        assertThat(publish("体育类改由计财科试办").getStatus()).isEqualTo(302);

        IssueDetail.Suggestion changed = suggested("sport");
        assertThat(changed.department().code()).isEqualTo("jicai");
        assertThat(changed.workingDays()).isEqualTo(9);
        assertThat(page(TABLE)).contains("第 2 版", "体育类改由计财科试办");
        assertThat(page(TABLE + "/versions/2")).contains("体育科 → 计财科", "5 → 9");

        assertThat(restore(1, "试办结束").getStatus()).isEqualTo(302);

        assertThat(suggested("sport").department().code()).isEqualTo("tiyu");
        assertThat(tables.find(KEY).inForce().number()).isEqualTo(3);
        assertThat(page(TABLE)).contains("恢复第 1 版", "试办结束");
        assertThat(jdbc.sql("""
                                select event from audit_entry where object_type = 'decision' and object_key = :key order by id
                                """).param("key", KEY).query(String.class).list())
                .endsWith("DecisionPublished", "DecisionRestored");
    }

    @Test
    void rulesAreAddedMovedAndRemovedAndADraftIsThrownAway() {
        begin();
        int size = draft().table().rules().size();

        assertThat(post("new", form("新规则", "3")).getStatus()).isEqualTo(302);
        assertThat(draft().table().rules()).hasSize(size + 1);
        assertThat(draft().table().rules().get(size - 1).description())
                .as("before the one that takes all")
                .isEqualTo("新规则");
        String added = draft().table().rules().get(size - 1).id();

        step(added, "up");
        assertThat(draft().table().rules().get(size - 2).id()).isEqualTo(added);
        step(added, "down");
        step(added, "remove");
        assertThat(draft().table()).isEqualTo(tables.find(KEY).inForce().table());
        assertThat(publish("没有改动").getStatus()).isEqualTo(422);

        assertThat(answer(post(DRAFT + "/discard").param("version", version())).getStatus())
                .isEqualTo(302);
        assertThat(tables.find(KEY).draft()).isNull();
    }

    @Test
    void twoWhoChangeADraftAtOnceDoNotOverwriteEachOther() throws Exception {
        begin();
        String seen = version();
        step("rule_otherwise", "up");

        MockHttpServletResponse late =
                answer(with(post(DRAFT + "/rules/rule_food"), form("晚到的", "3")).param("version", seen));
        MockHttpServletResponse moved =
                answer(post(DRAFT + "/rules/rule_quickFix/up").param("version", seen));
        MockHttpServletResponse published = answer(post(DRAFT + "/publish")
                .param("version", seen)
                .param("inForce", "1")
                .param("reason", "晚到的发布"));

        for (MockHttpServletResponse refused : List.of(late, moved, published)) {
            assertThat(refused.getStatus()).isEqualTo(409);
            assertThat(refused.getContentAsString(StandardCharsets.UTF_8)).contains("刚刚改动了草稿");
        }
        assertThat(late.getContentAsString(StandardCharsets.UTF_8))
                .as("what was typed is kept")
                .contains("晚到的");
        assertThat(tables.find(KEY).inForce().number()).isEqualTo(1);
    }

    @Test
    void aDraftIsNotPublishedOverATableThatItWasNotComparedWith() throws Exception {
        begin();
        step("rule_quickFix", "up");
        publish("先发布的");
        begin();
        step("rule_quickFix", "down");
        restore(1, "同时恢复");

        MockHttpServletResponse late = answer(post(DRAFT + "/publish")
                .param("version", version())
                .param("inForce", "2")
                .param("reason", "按旧的比较"));

        assertThat(late.getStatus()).isEqualTo(409);
        assertThat(late.getContentAsString(StandardCharsets.UTF_8)).contains("已换成第 3 版");
    }

    @Test
    void whateverIsTypedIsTextOrRefused() throws Exception {
        begin();
        String hostile = "]]><script>alert(1)</script> ${T(java.lang.Runtime)} \" or true";
        MockHttpServletResponse described = post("new", form(hostile, "3"));
        assertThat(described.getStatus()).isEqualTo(302);
        assertThat(page(DRAFT)).contains("&lt;script&gt;").doesNotContain("<script>alert");

        for (String column : List.of("category", "source", "severity", "kind", "institutionKind")) {
            Map<String, List<String>> form = form("条件", "3");
            form.put(column, List.of("food\") or true or (\""));
            assertThat(post("new", form).getStatus()).as(column).isEqualTo(422);
        }
        for (String column : List.of("department", "rectification", "workingDays", "urgency", "note")) {
            for (String typed : List.of("\"x\"", "${1}", "1 + 1", "0", "61", "-1", "")) {
                Map<String, List<String>> form = form("建议", "3");
                form.put(column, List.of(typed));
                assertThat(post("new", form).getStatus())
                        .as(column + " " + typed)
                        .isEqualTo(422);
            }
        }
        for (String typed : List.of("", " ", "a\u0000b", "a\u0001b", "\ud800", "\uffff", "长".repeat(201))) {
            assertThat(post("new", form(typed, "3")).getStatus()).isEqualTo(422);
            assertThat(publish(typed).getStatus()).isEqualTo(422);
        }
        assertThat(publish(hostile).getStatus()).isEqualTo(302);
        assertThat(page(TABLE)).contains("&lt;script&gt;").doesNotContain("<script>alert");
        assertThat(suggested("sport").workingDays()).isEqualTo(5);
    }

    @Test
    void aTableWithoutAnAnswerForEverythingIsNotPublished() throws Exception {
        begin();
        step("rule_otherwise", "remove");

        MockHttpServletResponse refused = publish("没有兜底");

        assertThat(refused.getStatus()).isEqualTo(422);
        assertThat(refused.getContentAsString(StandardCharsets.UTF_8)).contains("最后一条必须不限任何条件");
    }

    @Test
    void theTrialCountsTheIssuesOfTheLastYearAndNamesWhatIsNeverReached() throws Exception {
        loop.raised(new Report().category("food").severity("low").kind("complaint"));
        loop.raised(new Report().category("food").severity("medium").kind("appeal"));
        old("X-1", "food");
        begin();
        change("rule_foodComplaint", form -> form.put("workingDays", List.of("4")));
        Map<String, List<String>> covered = form("轮不到的食品规则", "3");
        covered.put("category", List.of("food"));
        covered.put("severity", List.of("high"));
        post("new", covered);
        int expected = jdbc.sql("""
                        select count(*) from issue where category = 'food' and kind in ('appeal', 'complaint') and severity <> 'high'
                            and number not like 'X-%'
                        """).query(Integer.class).single();

        DecisionTables.Preview preview = tables.preview(KEY, 0, loop.user("chair"));

        assertThat(preview.checked())
                .isEqualTo(jdbc.sql("select count(*) from issue where number not like 'X-%'")
                        .query(Integer.class)
                        .single());
        assertThat(preview.changed()).isEqualTo(expected).isGreaterThanOrEqualTo(2);
        assertThat(preview.changedBy())
                .containsEntry("workingDays", expected)
                .containsEntry("department", 0)
                .containsEntry("urgency", 0);
        assertThat(preview.hits()).containsEntry("rule_foodComplaint", expected);
        assertThat(preview.hits().values().stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(preview.checked());
        assertThat(preview.covered().values()).containsExactly(List.of(1, 7));
        assertThat(preview.examples())
                .allSatisfy(one -> assertThat(one.before().outputs()).containsEntry("workingDays", "2"))
                .allSatisfy(one -> assertThat(one.after().outputs()).containsEntry("workingDays", "4"));
        assertThat(page(DRAFT + "/preview"))
                .contains("永远轮不到", "第 1、7 条", "时限（工作日）：2 → 4", "无权查看编号", "一年内没有用到")
                .doesNotContain("/issues/20");
        assertThat(pageOf("chair", DRAFT + "/preview")).contains("/issues/20").doesNotContain("/draft/publish");
    }

    @Test
    void aYearOfTwentyThousandIssuesIsTriedWhileOneWaits() throws Exception {
        List<Object[]> rows = new ArrayList<>();
        List<String> categoryCodes = categories.all().stream()
                .map(CategoryAdministration.Entry::code)
                .toList();
        List<String> schools = jdbc.sql("select code from org_unit where type = 'SCHOOL' order by code")
                .query(String.class)
                .list();
        String[] sources = {"phone", "hotline", "survey", "homeVisit", "inspection"};
        String[] kinds = {"appeal", "complaint", "suggestion", "consultation"};
        String[] severities = {"low", "medium", "high"};
        for (int i = 0; i < 20_000; i++) {
            rows.add(new Object[] {
                "X-" + i,
                kinds[i % 4],
                sources[i % 5],
                categoryCodes.get(i % categoryCodes.size()),
                severities[i / 7 % 3],
                schools.get(i % schools.size()),
                Timestamp.from(clock.instant().minusSeconds(60L * i))
            });
        }
        template.batchUpdate("""
                        insert into issue (number, title, kind, source, category, severity, school_code, reporter_known, child_safety,
                            concerns, status, urgency, provisional, round, supervised, next_cause, raised_by, raised_at, version, search)
                        values (?, '很多', ?, ?, ?, ?, ?, false, false, 'nobody', 'closed', 'normal', false, 1, false, 'first', 'office', ?,
                            1, '很多')
                        """, rows);
        begin();
        change("rule_otherwise", form -> form.put("workingDays", List.of("6")));

        page(DRAFT + "/preview");
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = System.nanoTime();
        long worked = threads.getCurrentThreadCpuTime();
        String shown = page(DRAFT + "/preview?page=3");
        long work = (threads.getCurrentThreadCpuTime() - worked) / 1_000_000;
        long millis = (System.nanoTime() - start) / 1_000_000;

        System.out.printf(
                Locale.ROOT, "Decision table tried on 20,000 issues: %d ms a page, %d ms of work%n", millis, work);
        assertThat(shown).contains("时限（工作日）：5 → 6");
    }

    @Test
    void anEditedTableIsLeftInForceByARestartAndByANewerProgram() throws Exception {
        begin();
        change("rule_sportOrdinary", form -> form.put("workingDays", List.of("8")));
        publish("本局的时限");

        deployer.afterSingletonsInstantiated();
        assertThat(tables.find(KEY).inForce().number()).isEqualTo(2);
        assertThat(suggested("sport").workingDays()).isEqualTo(8);
        assertThat(page(TABLE)).doesNotContain("程序附带的规则表与现行的不同");

        desk.ship(PATH, newer());
        assertThat(tables.find(KEY).inForce().number()).isEqualTo(2);
        assertThat(suggested("sport").workingDays()).isEqualTo(8);
        assertThat(page(TABLE)).contains("新版程序附带的规则表与现行的不同");
        assertThat(page(TABLE + "/shipped")).contains("以上都不是：新版程序", "以此为草稿");

        answer(post(DRAFT).param("shipped", "true"));
        assertThat(publish("采用新版程序的表").getStatus()).isEqualTo(302);
        assertThat(tables.find(KEY).newlyShipped()).isFalse();
        assertThat(suggested("sport").workingDays()).isEqualTo(5);
    }

    @Test
    void aTableThatNobodyChangedFollowsTheProgramButNeverBackToAnOlderOne() {
        desk.ship(PATH, newer());
        assertThat(tables.find(KEY).inForce().number()).isEqualTo(2);

        desk.ship(PATH, shipped());

        Entry entry = tables.find(KEY);
        assertThat(entry.inForce().number()).isEqualTo(2);
        assertThat(entry.inForce().table().rule("rule_otherwise").orElseThrow().description())
                .isEqualTo("以上都不是：新版程序");
    }

    @Test
    void whatTheEngineWasGivenBesideTheTableDecidesNothing() {
        context.getBean(org.camunda.bpm.engine.RepositoryService.class)
                .createDeployment()
                .name("somebody else's")
                .addInputStream("other.dmn", new java.io.ByteArrayInputStream(newerDays()))
                .deploy();

        assertThat(suggested("sport").workingDays()).isEqualTo(5);
    }

    @Test
    void aCategoryThatIsAddedCanBeChosenAndStaysWhenItIsRetired() throws Exception {
        categories.add("library", "图书馆", "Libraries", loop.user("sysadmin"));
        begin();
        assertThat(page(DRAFT + "/rules/new")).contains("图书馆");
        Map<String, List<String>> form = form("图书馆归计财科", "12");
        form.put("category", List.of("library"));
        form.put("department", List.of("jicai"));
        post("new", form);
        String id =
                draft().table().rules().get(draft().table().rules().size() - 2).id();
        while (draft().table().rules().get(0) != null
                && !draft().table().rules().get(0).id().equals(id)) {
            step(id, "up");
        }
        publish("新设图书馆类别");
        IssueDetail.Suggestion suggestion =
                loop.issue(loop.raised(new Report().category("library"))).suggestion();
        assertThat(suggestion.workingDays()).isEqualTo(12);

        categories.offer("library", false, loop.user("sysadmin"));
        assertThat(page(TABLE)).contains("图书馆（已停用）");
        begin();
        assertThat(page(DRAFT + "/rules/new")).doesNotContain("图书馆");
        assertThat(page(DRAFT + "/rules/" + id)).contains("图书馆（已停用）");
        change(id, changed -> changed.put("workingDays", List.of("13")));
        assertThat(publish("类别停用后仍可改").getStatus()).isEqualTo(302);
        jdbc.sql("update issue set category = 'other' where category = 'library'")
                .update();
    }

    @Test
    void onlyTheAdministratorChangesItAndTheHeadsOfTheBureauLook() {
        begin();
        for (String path : List.of("/decisions", TABLE, DRAFT, DRAFT + "/preview", TABLE + "/versions/1")) {
            assertThat(client.as("sysadmin").get(path).status()).as(path).isEqualTo(200);
            assertThat(client.as("chair").get(path).status()).as(path).isEqualTo(200);
            assertThat(client.as("jijiao").get(path).status()).as(path).isEqualTo(403);
            assertThat(client.as("secadmin").get(path).status()).as(path).isEqualTo(403);
        }
        assertThat(client.as("chair").get(DRAFT + "/rules/new").status()).isEqualTo(403);
        for (String path : List.of(
                DRAFT,
                DRAFT + "/discard",
                DRAFT + "/publish",
                DRAFT + "/rules/new",
                DRAFT + "/rules/rule_otherwise/up",
                DRAFT + "/rules/rule_otherwise/down",
                DRAFT + "/rules/rule_otherwise/remove",
                TABLE + "/versions/1/restore")) {
            assertThat(client.as("chair")
                            .form(path, "version=1&inForce=1&reason=%E6%94%B9")
                            .status())
                    .as(path)
                    .isEqualTo(403);
        }
    }

    private void begin() {
        assertThat(answer(post(DRAFT)).getStatus()).isEqualTo(302);
    }

    private DecisionTables.Draft draft() {
        return tables.find(KEY).draft();
    }

    private String version() {
        return String.valueOf(draft().version());
    }

    private static Map<String, List<String>> form(String description, String days) {
        Map<String, List<String>> form = new HashMap<>();
        form.put("description", List.of(description));
        form.put("department", List.of("jijiao"));
        form.put("rectification", List.of("dated"));
        form.put("workingDays", List.of(days));
        form.put("urgency", List.of("normal"));
        form.put("note", List.of("ordinary"));
        return form;
    }

    /** Sends a rule's form as it is drawn, with a change. */
    private void change(String id, java.util.function.Consumer<Map<String, List<String>>> change) {
        DecisionTable.Rule rule = draft().table().rule(id).orElseThrow();
        Map<String, List<String>> form = new HashMap<>(rule.conditions());
        rule.outputs().forEach((name, value) -> form.put(name, List.of(value)));
        form.put("description", List.of(rule.description()));
        change.accept(form);
        assertThat(post(id, form).getStatus()).isEqualTo(302);
    }

    private MockHttpServletResponse post(String rule, Map<String, List<String>> form) {
        return answer(with(post(DRAFT + "/rules/" + rule), form).param("version", version()));
    }

    private static MockHttpServletRequestBuilder post(String address) {
        return MockMvcRequestBuilders.post(address);
    }

    private static MockHttpServletRequestBuilder with(
            MockHttpServletRequestBuilder request, Map<String, List<String>> form) {
        form.forEach((name, values) -> request.param(name, values.toArray(String[]::new)));
        return request;
    }

    private void step(String rule, String step) {
        assertThat(answer(post(DRAFT + "/rules/" + rule + "/" + step).param("version", version()))
                        .getStatus())
                .isEqualTo(302);
    }

    private MockHttpServletResponse publish(String reason) {
        return answer(post(DRAFT + "/publish")
                .param("version", version())
                .param("inForce", String.valueOf(tables.find(KEY).inForce().number()))
                .param("reason", reason));
    }

    private MockHttpServletResponse restore(int number, String reason) {
        return answer(post(TABLE + "/versions/" + number + "/restore")
                .param("inForce", String.valueOf(tables.find(KEY).inForce().number()))
                .param("reason", reason));
    }

    private IssueDetail.Suggestion suggested(String category) {
        return loop.issue(loop.raised(new Report()
                        .category(category)
                        .source("survey")
                        .severity("low")
                        .kind("appeal")))
                .suggestion();
    }

    /** An issue of the year before last. */
    private void old(String number, String category) {
        jdbc.sql("""
                        insert into issue (number, title, kind, source, category, severity, school_code, reporter_known, child_safety,
                            concerns, status, urgency, provisional, round, supervised, next_cause, raised_by, raised_at, version, search)
                        values (:number, '很早', 'complaint', 'phone', :category, 'low', 'S0002', false, false, 'nobody', 'closed', 'normal',
                            false, 1, false, 'first', 'office', :at, 1, '很早')
                        """)
                .param("number", number)
                .param("category", category)
                .param("at", clock.now().minusYears(1).minusDays(2).toOffsetDateTime())
                .update();
    }

    private static byte[] newer() {
        return new String(shipped(), StandardCharsets.UTF_8)
                .replace("以上都不是：基教科，五个工作日", "以上都不是：新版程序")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] newerDays() {
        return new String(shipped(), StandardCharsets.UTF_8)
                .replaceAll("<text>5</text>", "<text>55</text>")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] shipped() {
        try (InputStream in = DecisionPagesTests.class.getResourceAsStream("/" + PATH)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String page(String address) throws Exception {
        return pageOf("sysadmin", address);
    }

    private String pageOf(String username, String address) throws Exception {
        MockHttpServletResponse answer = answer(username, get(address));
        assertThat(answer.getStatus()).isEqualTo(200);
        return answer.getContentAsString(StandardCharsets.UTF_8);
    }

    private MockHttpServletResponse answer(AbstractMockHttpServletRequestBuilder<?> request) {
        return answer("sysadmin", request);
    }

    private MockHttpServletResponse answer(String username, AbstractMockHttpServletRequestBuilder<?> request) {
        return users.runAs(username, () -> {
            try {
                return mvc.perform(request.locale(Locale.CHINESE).header("Accept-Language", "zh-CN"))
                        .andReturn()
                        .getResponse();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }
}
