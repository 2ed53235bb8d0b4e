package org.manyi.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.manyi.ManyiTest;
import org.manyi.TestClient;
import org.manyi.TestClient.Answer;
import org.manyi.org.OrganisationAdministration;
import org.manyi.security.Accounts;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.MovableClock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.RequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.context.WebApplicationContext;
import tools.jackson.databind.JsonNode;

/** Asking a colleague for an opinion, and mentioning people in remarks. */
@ManyiTest
class QuestionTests {

    private static final String PRINCIPAL = "school:S0012:principal";
    private static final String STAFF = "school:S0012:staff";

    @Autowired
    TestClient client;

    @Autowired
    WebApplicationContext context;

    @Autowired
    Errands errands;

    @Autowired
    InboxBooks books;

    @Autowired
    CaseAccess access;

    @Autowired
    OrganisationAdministration organisation;

    @Autowired
    Accounts accounts;

    @Autowired
    CurrentUsers users;

    @Autowired
    MovableClock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @AfterEach
    void theBooksAgree() {
        jdbc.sql("delete from org_holding where username in ('staff013', 'leaving.soon') and post_key = :post")
                .param("post", PRINCIPAL)
                .update();
        assertThat(books.differences()).isEmpty();
    }

    @Test
    void theColleagueIsAskedAndTheTaskStaysWithWhoHasIt() {
        String number = errand();
        String task = claimed(number, "principal012");
        JsonNode before = client.as("principal012").get(task).json();

        assertThat(client.as("principal012").get(task + "/colleagues").json())
                .anySatisfy(one -> assertThat(
                                one.at("/username").asString() + one.at("/unit").asString())
                        .startsWith("staff012")
                        .hasSizeGreaterThan("staff012".length()))
                .noneSatisfy(one -> assertThat(one.at("/username").asString()).isIn("principal012", "staff013"));
        Answer asked = ask(task, "principal012", "staff012", "护学岗够不够？");

        assertThat(asked.status()).isEqualTo(201);
        assertThat(asked.text("/state")).isEqualTo("open");
        assertThat(client.as("principal012").get(task).json()).isEqualTo(before);
        assertThat(client.as("staff012")
                        .get("/api/v1/tasks?view=asked&q=" + number)
                        .text("/items/0/caseNumber"))
                .isEqualTo(number);
        assertThat(page("staff012", "/inbox?view=asked")).contains("请我协助", "护学岗够不够？", number);
        assertThat(page("principal012", "/inbox?view=mine&q=" + number)).contains("等 " + name("staff012") + " 的意见");
        assertThat(page("principal012", "/inbox")).doesNotContain("请我协助");
        assertThat(page("staff012", id(task))).contains("护学岗够不够？", "我的意见", "不能协助");

        Answer answered = answer(task, "staff012", "answered", "早上够，下午差一人。");

        assertThat(answered.status()).isEqualTo(200);
        assertThat(answered.text("/answer")).isEqualTo("早上够，下午差一人。");
        assertThat(client.as("staff012")
                        .get("/api/v1/tasks?view=asked&q=" + number)
                        .text("/count/value"))
                .isEqualTo("0");
        Document own = Jsoup.parse(page("principal012", id(task)));
        assertThat(own.select("#questions").text()).contains("已答复", "早上够，下午差一人。");
        assertThat(own.html().indexOf("id=\"questions\"")).isLessThan(own.html().indexOf("data-island=\"form\""));
        assertThat(acts(task)).containsExactly("asked staff012", "answered null");
        assertThat(jdbc.sql(
                                "select event from audit_entry where object_key = :n and event like 'Question%' order by id")
                        .param("n", number)
                        .query(String.class)
                        .list())
                .containsExactly("QuestionAsked", "QuestionEnded");
        assertThat(ask(task, "principal012", "staff012", "再看一次？").status())
                .as("as often as needed, one after the other")
                .isEqualTo(201);
    }

    @Test
    void onlyWhoHasTheTaskAsksAndOnlyWhoSeesTheCaseIsAsked() {
        String number = errand();
        String open = path(number, "staff012");
        refused(ask(open, "staff012", "principal012", "怎么办"), 403, "forbidden");
        String task = claimed(number, "principal012");
        refused(ask(task, "staff012", "office", "怎么办"), 403, "forbidden");
        refused(ask(task, "staff013", "staff012", "怎么办"), 404, "not-found");
        refused(ask(task, "sysadmin", "staff012", "怎么办"), 403, "forbidden");
        refused(client.as("staff013").get(task + "/colleagues"), 404, "not-found");
        refused(client.as("staff013").get(task + "/questions"), 404, "not-found");
        refused(client.as("staff013").post(task + "/recall", null), 404, "not-found");
        for (String stranger : List.of("staff013", "principal012", "nobody-here", "sysadmin", "x\u0000y")) {
            Answer no = ask(task, "principal012", stranger, "怎么办");
            refused(no, 422, "validation");
            assertThat(no.text("/errors/0/code")).as(stranger).isEqualTo("notColleague");
        }
        assertThat(ask(task, "principal012", " ", "怎么办").text("/errors/0/code")).isEqualTo("required");
        assertThat(ask(task, "principal012", "staff012", "？").text("/errors/0/field"))
                .isEqualTo("question");
        assertThat(ask(task, "principal012", "staff012", "长".repeat(1001)).status())
                .isEqualTo(422);
        assertThat(ask(task, "principal012", "staff012", "空\u0000字符").status()).isEqualTo(422);
        assertThat(ask(task, "principal012", "staff012", "长".repeat(1000)).status())
                .isEqualTo(201);
        Answer second = ask(task, "principal012", "office", "你看呢");
        refused(second, 409, "question-open");
        assertThat(second.text("/detail")).contains(name("staff012"), "请先收回");
    }

    @Test
    void onlyTheOneWhoWasAskedAnswersAndOnce() {
        String task = claimed(errand(), "principal012");
        refused(answer(task, "staff012", "answered", "没人问我"), 409, "not-active");
        ask(task, "principal012", "staff012", "怎么办");

        refused(answer(task, "office", "answered", "我说两句"), 403, "forbidden");
        refused(answer(task, "principal012", "answered", "自问自答"), 403, "forbidden");
        for (String outcome : List.of("open", "recalled", "lapsed", "ANSWERED", "")) {
            assertThat(answer(task, "staff012", outcome, "好的").text("/errors/0/field"))
                    .as(outcome)
                    .isEqualTo("outcome");
        }
        assertThat(answer(task, "staff012", "declined", " ").text("/errors/0/field"))
                .as("why not is to be said")
                .isEqualTo("text");
        assertThat(answer(task, "staff012", "answered", "长".repeat(2001)).status())
                .isEqualTo(422);
        refused(client.as("staff012").post(task + "/recall", null), 403, "forbidden");
        Answer declined = answer(task, "staff012", "declined", "这几天在外培训");
        assertThat(declined.text("/state")).isEqualTo("declined");
        refused(answer(task, "staff012", "answered", "又想起来了"), 409, "not-active");
        refused(client.as("principal012").post(task + "/recall", null), 409, "not-active");
        assertThat(page("principal012", id(task))).contains("不能协助的原因", "这几天在外培训");
    }

    @Test
    void whoHasTheTaskTakesTheQuestionBack() {
        String number = errand();
        String task = claimed(number, "principal012");
        ask(task, "principal012", "staff012", "怎么办");

        assertThat(client.as("principal012").post(task + "/recall", null).text("/state"))
                .isEqualTo("recalled");

        refused(answer(task, "staff012", "answered", "来晚了"), 409, "not-active");
        assertThat(page("staff012", "/inbox?view=asked&q=" + number)).doesNotContain("怎么办");
    }

    @Test
    void aTaskIsCompletedOverAnOpenQuestionOnlyWhenThatIsWithdrawn() {
        String number = errand();
        String task = claimed(number, "principal012");
        ask(task, "principal012", "staff012", "怎么办");
        Map<String, Object> body = new HashMap<>(Map.of("version", 2, "values", Map.of("note", "去了")));

        Answer no = client.as("principal012").post(task + "/complete", body);
        refused(no, 409, "question-open");
        assertThat(no.text("/detail")).contains(name("staff012"), "收回征询");
        assertThat(errands.completions(number)).isZero();
        Answer bulk = client.as("principal012")
                .post(
                        "/api/v1/tasks/bulk",
                        Map.of(
                                "action",
                                "complete",
                                "items",
                                List.of(Map.of("id", task.substring(task.lastIndexOf('/') + 1), "version", 2))));
        assertThat(bulk.text("/0/outcome")).isEqualTo("refused");
        assertThat(bulk.text("/0/problem")).contains("收回征询");

        body.put("withdrawQuestion", true);
        assertThat(client.as("principal012").post(task + "/complete", body).status())
                .isEqualTo(200);
        assertThat(client.as("staff012").get(task + "/questions").text("/0/state"))
                .isEqualTo("recalled");
        refused(answer(task, "staff012", "answered", "来晚了"), 409, "not-active");
        refused(ask(task, "principal012", "staff012", "还想问"), 409, "not-active");
    }

    @Test
    void aTaskThatItsProcessEndsTakesItsQuestionAlong() {
        String number = errand();
        String advice = client.as("office")
                .get("/api/v1/tasks?view=claimable&q=" + number)
                .text("/items/0/id");
        client.as("office").post("/api/v1/tasks/" + advice + "/claim", null);
        assertThat(ask("/api/v1/tasks/" + advice, "office", "principal012", "学校怎么看")
                        .status())
                .isEqualTo(201);
        String task = claimed(number, "principal012");
        client.as("principal012").post(task + "/complete", Map.of("version", 2, "values", Map.of("note", "去了")));

        assertThat(state(advice)).isEqualTo("lapsed");
        assertThat(client.as("principal012")
                        .get("/api/v1/tasks?view=asked&q=" + number)
                        .text("/count/value"))
                .isEqualTo("0");
    }

    @Test
    void theQuestionGoesWithTheTask() {
        String number = errand();
        String task = claimed(number, "principal012");
        ask(task, "principal012", "office", "怎么办");

        client.as("principal012").post(task + "/assign", Map.of("username", "staff012", "reason", "请你接着办"));

        refused(client.as("principal012").post(task + "/recall", null), 403, "forbidden");
        assertThat(answer(task, "office", "answered", "先去看看").status()).isEqualTo(200);
        assertThat(page("staff012", id(task))).contains("先去看看");
        ask(task, "staff012", "principal012", "校长看呢");
        client.as("staff012").post(task + "/assign", Map.of("username", "principal012", "reason", "还是您办"));
        assertThat(client.as("principal012").get(task + "/questions").text("/1/state"))
                .as("nobody is asked about his own task")
                .isEqualTo("lapsed");
        ask(task, "principal012", "staff012", "再问一次");
        client.as("principal012").post(task + "/unclaim", null);
        assertThat(answer(task, "staff012", "answered", "还没人办也能答").status()).isEqualTo(200);
    }

    @Test
    void whoCanNoLongerSeeTheCaseIsAskedNoMore() {
        hold("staff013");
        String number = errands.errand().doneBy(PRINCIPAL).start();
        String task = claimed(number, "principal012");
        assertThat(ask(task, "principal012", "staff013", "怎么办").status()).isEqualTo(201);
        assertThat(page("staff013", id(task))).contains("怎么办");

        users.runAs("sysadmin", () -> {
            organisation.release(PRINCIPAL, "staff013");
            return null;
        });

        assertThat(client.as("principal012").get(task + "/questions").text("/0/state"))
                .isEqualTo("lapsed");
        refused(answer(task, "staff013", "answered", "还能说吗"), 404, "not-found");
        assertThat(acts(task)).containsExactly("asked staff013", "lapsed null");
    }

    @Test
    void aClosedAccountIsAskedNoMoreAndNotOffered() {
        users.runAs("secadmin", () -> {
            accounts.create(List.of(new Accounts.NewAccount("leaving.soon", "就要走的人", null, null, null, null, false)));
            return null;
        });
        hold("leaving.soon");
        String task = claimed(errands.errand().doneBy(PRINCIPAL).start(), "principal012");
        assertThat(ask(task, "principal012", "leaving.soon", "怎么办").status()).isEqualTo(201);

        users.runAs("secadmin", () -> {
            accounts.deactivate("leaving.soon");
            return null;
        });

        assertThat(client.as("principal012").get(task + "/questions").text("/0/state"))
                .isEqualTo("lapsed");
        assertThat(client.as("principal012").get(task + "/colleagues").body()).doesNotContain("leaving.soon");
    }

    @Test
    void fromWhomACaseIsHiddenIsNeitherOfferedNorAskedNorMentioned() {
        String number = errand();
        String advice = client.as("office")
                .get("/api/v1/tasks?view=claimable&q=" + number)
                .text("/items/0/id");
        String task = "/api/v1/tasks/" + advice;
        client.as("office").post(task + "/claim", null);
        assertThat(client.as("office").get(task + "/colleagues").body()).contains("principal012", "staff012");
        ask(task, "office", "staff012", "怎么看");

        transaction.executeWithoutResult(
                status -> access.restrict(number, CaseAccess.Restriction.UNIT_HIDDEN, "S0012", null));

        assertThat(client.as("office").get(task + "/colleagues").body()).doesNotContain("principal012", "staff012");
        assertThat(page("office", id(task))).doesNotContain("value=\"staff012\"");
        refused(answer(task, "staff012", "answered", "看不到了"), 404, "not-found");
        assertThat(page("staff012", "/inbox?view=asked")).doesNotContain(number);
        assertThat(remark(task, "office", "请看", "staff012").text("/errors/0/code"))
                .isEqualTo("unseen");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script><img src=x onerror=alert(1)>",
                "[[${7*7}]] __${T(java.lang.Runtime).getRuntime()}__ #{x}",
                "'; drop table inbox_question; --",
                "\u202e反过来 \u0085 {0} %s \r\nBcc: a@b.c",
                "@[staff013] @staff012 @(?:.*)",
            })
    void whateverIsTypedIsText(String typed) {
        String task = claimed(errand(), "principal012");
        assertThat(ask(task, "principal012", "staff012", typed).status()).isEqualTo(201);
        assertThat(page("staff012", "/inbox?view=asked")).doesNotContain("<script>alert", "<img src=x");
        assertThat(answer(task, "staff012", "answered", typed).text("/answer")).isEqualTo(typed.strip());
        assertThat(remark(task, "principal012", typed, "staff012").status()).isEqualTo(201);

        Document page = Jsoup.parse(page("principal012", id(task)));
        assertThat(page.select("main script, main img[onerror]")).isEmpty();
        assertThat(page.select(".mention-name")).isEmpty();
        assertThat(page.select("#questions .opinion-text").eachText()).hasSize(2);
        assertThat(page.text()).contains("同时告诉：" + name("staff012"));
    }

    @Test
    void aRemarkMentionsByAccountAndShowsTheName() {
        String task = claimed(errand(), "principal012");
        String text = "请 @" + name("staff012") + " 看看，@" + name("office") + "也在。@路人甲 a@b.c";

        Answer said = remark(task, "principal012", text, "staff012", "staff012", "principal012");

        assertThat(said.status()).isEqualTo(201);
        assertThat(said.json().at("/mentions")).hasSize(1);
        assertThat(said.text("/mentions/0/username")).isEqualTo("staff012");
        assertThat(Jsoup.parse(page("staff012", id(task)))
                        .select(".mention-name")
                        .eachText())
                .as("whom the remark does not tell is not shown as told")
                .containsExactly("@" + name("staff012"));
        remark(task, "principal012", "请看", "office");
        assertThat(page("principal012", id(task))).contains("同时告诉：" + name("office"));
    }

    @Test
    void whoMayNotSeeTheCaseCannotBeMentioned() {
        String task = claimed(errand(), "principal012");

        Answer unseen = remark(task, "principal012", "请 @别人 看", "staff012", "staff013");
        refused(unseen, 422, "validation");
        assertThat(unseen.text("/errors/0/field") + unseen.text("/errors/0/code"))
                .isEqualTo("mentionsunseen");
        assertThat(unseen.text("/errors/0/message")).contains("staff013", "看不到这件事");
        assertThat(remark(task, "principal012", "请看", "nobody-here").text("/errors/0/code"))
                .isEqualTo("unknown");
        assertThat(remark(task, "principal012", "请看", "x\u0000y").text("/errors/0/code"))
                .isEqualTo("unknown");
        String[] many =
                IntStream.rangeClosed(1, 30).mapToObj("chair%d"::formatted).toArray(String[]::new);
        assertThat(remark(task, "principal012", "请看", many).status()).isEqualTo(422);
        assertThat(client.as("principal012").get(task + "/comments").json())
                .as("nothing of these was kept")
                .isEmpty();

        Document form = Jsoup.parse(page("principal012", id(task)));
        assertThat(form.select("select[name=mentions] option").eachAttr("value"))
                .contains("staff012")
                .doesNotContain("staff013", "principal012");
        MockHttpServletResponse again = perform(
                "principal012",
                post(id(task) + "/comments").param("text", "写好的话").param("mentions", "staff013", "staff012"));
        Document kept = Jsoup.parse(body(again));
        assertThat(kept.select("textarea[name=text]").text()).isEqualTo("写好的话");
        assertThat(kept.select("select[name=mentions] option[selected]").eachAttr("value"))
                .containsExactly("staff012");
        assertThat(kept.select(".field-error").text()).contains("看不到这件事");
    }

    @Test
    void thePageAsksAnswersAndTakesBack() {
        String task = claimed(errand(), "principal012");
        String page = id(task);
        assertThat(page("staff012", page)).doesNotContain("请人协助");
        assertThat(Jsoup.parse(page("principal012", page))
                        .select("select[name=colleague] option")
                        .eachAttr("value"))
                .contains("staff012")
                .doesNotContain("staff013");

        MockHttpServletResponse refused = perform(
                "principal012",
                post(page + "/delegate").param("colleague", "staff013").param("question", "怎么办"));
        Document kept = Jsoup.parse(body(refused));
        assertThat(kept.select("details#ask[open] .field-error").text()).contains("只能请");
        assertThat(kept.select("textarea[name=question]").text()).isEqualTo("怎么办");

        assertThat(perform(
                                "principal012",
                                post(page + "/delegate")
                                        .param("colleague", "staff012")
                                        .param("question", "怎么办"))
                        .getRedirectedUrl())
                .isEqualTo(page);
        assertThat(page("principal012", page)).contains("等待答复", "收回征询").doesNotContain("name=\"question\"");
        assertThat(body(perform(
                        "staff012",
                        post(page + "/resolve").param("outcome", "answered").param("opinion", ""))))
                .contains("请填写。", "怎么办");
        assertThat(perform(
                                "staff012",
                                post(page + "/resolve")
                                        .param("outcome", "answered")
                                        .param("opinion", "这样办"))
                        .getRedirectedUrl())
                .isEqualTo(page);
        assertThat(page("principal012", page)).contains("这样办", "请人协助");
        perform(
                "principal012",
                post(page + "/delegate").param("colleague", "staff012").param("question", "再看看"));
        assertThat(perform("principal012", post(page + "/recall")).getRedirectedUrl())
                .isEqualTo(page);
        assertThat(page("staff012", page)).contains("已收回").doesNotContain("我的意见");
    }

    @Test
    void whatWasAskedAndAnsweredStandsInTheHistoryOfTheCase() {
        String task = claimed(errand(), "principal012");
        ask(task, "principal012", "staff012", "怎么办");
        remark(task, "staff012", "我先去现场");
        answer(task, "staff012", "answered", "换个时间");

        assertThat(acts(task)).containsExactly("asked staff012", "said null", "answered null");
        assertThat(page("office", id(task))).contains("请" + name("staff012") + "协助", "怎么办", "答复了“", "换个时间");
    }

    private String errand() {
        return errands.errand().about("S0012").doneBy(PRINCIPAL, STAFF).start();
    }

    private void hold(String username) {
        jdbc.sql("insert into org_holding (post_key, username, from_day) values (:post, :username, :today)")
                .param("post", PRINCIPAL)
                .param("username", username)
                .param("today", clock.today())
                .update();
    }

    private String path(String number, String username) {
        return "/api/v1/tasks/"
                + client.as(username)
                        .get("/api/v1/tasks?view=claimable&q=" + number)
                        .text("/items/0/id");
    }

    private String claimed(String number, String username) {
        String task = path(number, username);
        assertThat(client.as(username).post(task + "/claim", null).status()).isEqualTo(200);
        return task;
    }

    /** The address of the page of a task. */
    private static String id(String task) {
        return task.replace("/api/v1", "");
    }

    private String state(String taskId) {
        return jdbc.sql("select state from inbox_question where task_id = :id")
                .param("id", taskId)
                .query(String.class)
                .single();
    }

    private String name(String username) {
        return accounts.names(List.of(username)).get(username);
    }

    private Answer ask(String task, String by, String colleague, String question) {
        return client.as(by).post(task + "/delegate", Map.of("username", colleague, "question", question));
    }

    private Answer answer(String task, String by, String outcome, String text) {
        return client.as(by).post(task + "/resolve", Map.of("outcome", outcome, "text", text));
    }

    private Answer remark(String task, String by, String text, String... mentions) {
        return client.as(by).post(task + "/comments", Map.of("text", text, "mentions", List.of(mentions)));
    }

    /** What was done by each thing said about a task, and to whom. */
    private List<String> acts(String task) {
        List<String> acts = new ArrayList<>();
        for (JsonNode said : client.as("principal012").get(task + "/comments").json()) {
            JsonNode whom = said.at("/assignee/username");
            acts.add(said.at("/act").asString() + " " + (whom.isMissingNode() ? null : whom.asString()));
        }
        return acts;
    }

    private static void refused(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.text("/code")).isEqualTo(code);
    }

    private String page(String username, String address) {
        MockHttpServletResponse answer = perform(username, get(address));
        assertThat(answer.getStatus()).as(address).isEqualTo(200);
        String page = body(answer);
        assertThat(page).doesNotContain("??");
        return page;
    }

    private static String body(MockHttpServletResponse answer) {
        return new String(answer.getContentAsByteArray(), StandardCharsets.UTF_8);
    }

    private MockHttpServletResponse perform(String username, RequestBuilder request) {
        return users.runAs(username, () -> {
            try {
                return MockMvcBuilders.webAppContextSetup(context)
                        .build()
                        .perform(request)
                        .andReturn()
                        .getResponse();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
