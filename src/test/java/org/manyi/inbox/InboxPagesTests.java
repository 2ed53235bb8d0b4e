package org.manyi.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.io.UnsupportedEncodingException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.manyi.ManyiTest;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.Count;
import org.manyi.shared.MovableClock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** The pages behind the front door, which has tests of its own. */
@ManyiTest
class InboxPagesTests {

    @Autowired
    WebApplicationContext context;

    @Autowired
    CurrentUsers users;

    @Autowired
    Inbox inbox;

    @Autowired
    Errands errands;

    @Autowired
    MovableClock clock;

    private MockMvc mvc;

    @BeforeEach
    void setUp() {
        mvc = MockMvcBuilders.webAppContextSetup(context).build();
    }

    @ParameterizedTest(name = "{0} starts at {1}")
    @CsvSource({"principal001, /inbox", "chair, /inbox", "inspector1, /inbox"})
    void everybodyWithCasesStartsAtTheInbox(String username, String address) {
        assertThat(result(username, get("/")).getResponse().getRedirectedUrl()).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sysadmin", "secadmin", "auditor"})
    void anAdministratorStartsWhereHeMayBe(String username) {
        assertThat(result(username, get("/")).getResponse().getRedirectedUrl())
                .isNotEqualTo("/inbox")
                .startsWith("/");
    }

    @Test
    void theListShowsTasksByWhenTheyAreDue() {
        String late = errands.errand()
                .titled("书架要修")
                .dueOn(clock.today().minusDays(1))
                .doneBy("school:S0020:staff")
                .start();
        String today = errands.errand()
                .titled("窗户要修")
                .dueOn(clock.today())
                .urgent(Urgency.CRITICAL)
                .doneBy("school:S0020:staff")
                .start();

        assertThat(page("staff020", "/inbox?view=claimable"))
                .containsSubsequence("已逾期", "书架要修", late, "今天到期", "窗户要修", "特急", today)
                .contains("签领");
    }

    @Test
    void whoHasNothingOfHisOwnIsShownWhatWaitsForHisPosts() {
        errands.errand().titled("水管要修").doneBy("school:S0021:staff").start();

        assertThat(page("staff021", "/inbox")).contains("水管要修");
        assertThat(page("staff021", "/inbox?view=mine")).doesNotContain("水管要修").contains("没有待办");
    }

    @Test
    void theViewShownIsCountedAtOnceAndTheOthersWhenThePageAsks() {
        errands.errand().titled("泵房一号要修").doneBy("school:S0024:staff").start();
        errands.errand().titled("泵房二号要修").doneBy("school:S0024:staff").start();

        Document page = Jsoup.parse(page("staff024", "/inbox?view=claimable&q=泵房"));

        assertThat(page.select(".tabs a[aria-current] .count").text()).isEqualTo("2");
        assertThat(page.select(".tabs .count")).hasSize(1);
        assertThat(page.select(".tabs .count-place").eachAttr("id"))
                .containsExactly("inbox-view-mine", "inbox-view-supervised", "inbox-view-done");
        String counts = page.select("[hx-trigger=load]").attr("hx-get");
        assertThat(counts).startsWith("/inbox/counts?view=claimable");
        Document later = Jsoup.parseBodyFragment(body(result("staff024", get(URI.create(counts)))));
        assertThat(later.select("[hx-swap-oob]").eachAttr("id"))
                .containsExactly("inbox-view-mine", "inbox-view-supervised", "inbox-view-done");
        Map<TaskQuery.View, Count> counted = inbox.counts(
                new TaskQuery(TaskQuery.View.MINE, null, null, null, "泵房", TaskQuery.Sort.DUE, null, 20),
                users.byUsername("staff024"));
        assertThat(later.select("[hx-swap-oob] > .count").eachText())
                .containsExactlyElementsOf(
                        Stream.of(TaskQuery.View.MINE, TaskQuery.View.SUPERVISED, TaskQuery.View.DONE)
                                .map(view -> String.valueOf(counted.get(view).value()))
                                .toList());
    }

    @Test
    void aSearchShowsTheFirstViewThatHasIt() {
        String number = errands.errand()
                .titled("灯要换")
                .about("S0022")
                .doneBy("school:S0022:staff")
                .start();

        assertThat(page("chair", "/inbox?q=" + number)).contains("灯要换");
        assertThat(page("chair", "/inbox?q=nothing-like-it")).contains("没有符合条件的任务");
    }

    @Test
    void aTaskLeadsToTheOnesBeforeAndAfterItInTheListOneCameFrom() {
        List<String> tasks = IntStream.range(0, 3)
                .mapToObj(i -> id(errands.errand()
                        .titled("前后挨着")
                        .dueOn(clock.today().plusDays(i))
                        .doneBy("school:S0026:staff")
                        .start()))
                .toList();
        String back = "view=claimable&q=%E5%89%8D%E5%90%8E%E6%8C%A8%E7%9D%80";

        Document middle = Jsoup.parse(
                body(result("staff026", get("/tasks/" + tasks.get(1)).param("back", back))));
        assertThat(middle.select("a[rel=prev]").attr("href")).startsWith("/tasks/" + tasks.get(0) + "?back=");
        assertThat(middle.select("a[rel=next]").attr("href")).startsWith("/tasks/" + tasks.get(2) + "?back=");
        Document last = Jsoup.parse(body(
                result("staff026", get(URI.create(middle.select("a[rel=next]").attr("href"))))));
        assertThat(last.select("a[rel=next]")).isEmpty();
        assertThat(last.select("a[rel=prev]").attr("href")).startsWith("/tasks/" + tasks.get(1) + "?back=");
        assertThat(Jsoup.parse(page("staff026", "/tasks/" + tasks.get(1))).select("a[rel]"))
                .isEmpty();
    }

    @Test
    void filtersStayInEveryLinkAndInTheWayBack() {
        String number = errands.errand()
                .titled("操场画线")
                .doneBy("school:S0023:staff")
                .about("S0023")
                .start();

        String list = page("staff023", "/inbox?view=claimable&q=操场&sort=newest&cursor=nonsense");
        assertThat(list).contains("back=view%3Dclaimable%26q%3D%25E6%2593%258D%25E5%259C%25BA%26sort%3Dnewest");
        assertThat(body(result(
                        "staff023", get("/tasks/" + id(number)).param("back", "view=claimable&q=%E6%93%8D%E5%9C%BA"))))
                .contains("href=\"/inbox?view=claimable&amp;q=%E6%93%8D%E5%9C%BA\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "https://evil.example/?view=mine",
                "view=mine&next=//evil.example",
                "%%%",
                "&&&="
            })
    void theWayBackLeadsNowhereElse(String back) {
        String number = errands.errand().doneBy("school:S0023:staff").start();

        String page = body(result("staff023", get("/tasks/" + id(number)).param("back", back)));

        assertThat(page).contains("href=\"/inbox").doesNotContain("evil");
    }

    @Test
    void anAnswerToHtmxNamesItsAddress() {
        MvcResult result = result(
                "staff023", get("/inbox").param("view", "mine").param("q", "").header("HX-Request", "true"));

        assertThat(result.getResponse().getHeader("HX-Push-Url")).isEqualTo("/inbox?view=mine");
    }

    @Test
    void theTaskPageShowsWhatIsAskedByWhenOfWhom() {
        String number = errands.errand()
                .titled("<b>门锁</b>要换")
                .about("S0024")
                .doneBy("school:S0024:principal", "school:S0024:staff")
                .start();

        assertThat(page("staff024", "/tasks/" + id(number)))
                .contains("跑一趟", "&lt;b&gt;门锁", number, "还剩", "待签领", "data-island=\"form\"", "/diagram.json")
                .contains("转办")
                .doesNotContain("<b>门锁");
    }

    @Test
    void whoHasNoPartInATaskReadsIt() {
        String number =
                errands.errand().about("S0024").doneBy("school:S0024:staff").start();

        assertThat(page("chair", "/tasks/" + id(number)))
                .contains("您可以查看")
                .doesNotContain("data-island=\"form\"", "id=\"hand-over\"");
        assertThat(status("principal002", get("/tasks/" + id(number)))).isEqualTo(404);
    }

    @Test
    void aTaskIsTakenGivenBackAndHandedOverOnItsPage() {
        String number = errands.errand()
                .about("S0025")
                .doneBy("school:S0025:principal", "school:S0025:staff")
                .start();
        String task = "/tasks/" + id(number);

        assertThat(flash("staff025", post(task + "/claim"))).isEqualTo("已签领，由您办理。");
        assertThat(flash("principal025", post(task + "/claim"))).contains("已由", "签领");
        assertThat(flash("staff025", post(task + "/unclaim"))).isEqualTo("已退回待签领。");
        String refused = body(result(
                "principal025",
                post(task + "/assign").param("username", "staff025").param("reason", "忙")));
        assertThat(refused).contains("至少 2 个字符", "忙", "有内容需要修改");
        assertThat(flash(
                        "principal025",
                        post(task + "/assign").param("username", "staff025").param("reason", "她熟悉情况")))
                .isEqualTo("已转办，原因已留在记录里。");
        assertThat(flash("staff025", post(task + "/comments").param("text", "明天就去")))
                .isEqualTo("留言已发送。");
        assertThat(page("principal025", task)).contains("她熟悉情况", "明天就去");
    }

    @Test
    void aDoneTaskShowsWhatWasSubmitted() {
        String number =
                errands.errand().about("S0026").doneBy("school:S0026:staff").start();
        String id = id(number);
        inbox.complete(id, 1, Map.of("note", "买到了三盒", "again", false, "shop", "corner"), users.byUsername("staff026"));

        assertThat(page("staff026", "/tasks/" + id)).contains("提交的内容", "买到了三盒", "否", "街角文具店", "已办");
        assertThat(page("staff026", "/inbox?view=done")).contains(number);
    }

    @Test
    void theDiagramShowsWhereTheCaseStands() {
        String number = errands.errand().doneBy("school:S0026:staff").start();

        assertThat(page("staff026", "/tasks/" + id(number) + "/diagram.json"))
                .contains("\"active\":[", "doErrand", "adviseErrand", "start_ErrandGiven");
        assertThat(page("staff026", "/cases/" + number + "/diagram.json?process=errand"))
                .contains("doErrand");
        assertThat(status("principal002", get("/cases/" + number + "/diagram.json")))
                .isEqualTo(404);
        assertThat(status("staff026", get("/cases/" + number + "/diagram.json?process=none")))
                .isEqualTo(404);
    }

    @Test
    void everyPageSpeaksEnglishToo() {
        String number = errands.errand()
                .doneBy("school:S0027:principal", "school:S0027:staff")
                .start();

        for (String address : new String[] {
            "/inbox?view=mine",
            "/inbox?view=claimable",
            "/inbox?view=supervised",
            "/inbox?view=done",
            "/tasks/" + id(number)
        }) {
            assertThat(body(result("staff027", get(address).locale(Locale.ENGLISH))))
                    .as(address)
                    .doesNotContain("??", "签领", "期限");
        }
    }

    private String id(String number) {
        return inbox.tasksOf(number, users.byUsername("chair")).stream()
                .filter(task -> task.key().equals("doErrand"))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private String page(String username, String address) {
        MvcResult result = result(username, get(address));
        assertThat(result.getResponse().getStatus()).as(address).isEqualTo(200);
        return body(result);
    }

    private int status(String username, MockHttpServletRequestBuilder request) {
        return result(username, request).getResponse().getStatus();
    }

    private String flash(String username, MockHttpServletRequestBuilder request) {
        MvcResult result = result(username, request);
        assertThat(result.getResponse().getRedirectedUrl()).startsWith("/tasks/");
        return (String) result.getFlashMap().get("flash");
    }

    private MvcResult result(String username, MockHttpServletRequestBuilder request) {
        return users.runAs(username, () -> {
            try {
                return mvc.perform(request).andReturn();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static String body(MvcResult result) {
        try {
            return result.getResponse().getContentAsString(StandardCharsets.UTF_8);
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
