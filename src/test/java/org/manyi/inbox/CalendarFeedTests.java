package org.manyi.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.model.Component;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.component.VEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.TestClient;
import org.manyi.TestClient.Answer;
import org.manyi.TestDistrict;
import org.manyi.TestSession;
import org.manyi.security.AccountAdministration;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.ConflictException;
import org.manyi.shared.MovableClock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A person's deadlines in his own calendar: the address from its making to its end, and what is to be seen there. */
@ManyiTest
class CalendarFeedTests {

    private static final Pattern ADDRESS = Pattern.compile("value=\"http://[^\"/]+/calendar/([\\w-]{43})\\.ics\"");

    @Autowired
    private CalendarFeeds feeds;

    @Autowired
    private TaskDeadlines taskDeadlines;

    @Autowired
    private CurrentUsers users;

    @Autowired
    private AccountAdministration accounts;

    @Autowired
    private Inbox inbox;

    @Autowired
    private CaseAccess access;

    @Autowired
    private Errands errands;

    @Autowired
    private TestClient client;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private MovableClock clock;

    private final List<String> owners = new ArrayList<>();

    @AfterEach
    void turnOff() {
        owners.forEach(owner -> feeds.turnOff(users.byUsername(owner)));
    }

    /** Where a person's calendar is fetched, without the host. */
    private String feedOf(String username) {
        owners.add(username);
        var user = users.byUsername(username);
        String address = feeds.find(user).isPresent() ? feeds.renew(user) : feeds.make(user);
        return address.substring(address.indexOf("/calendar/"));
    }

    private Answer fetch(String path) {
        return client.anonymous().get(path);
    }

    private List<VEvent> events(String path) {
        Answer answer = fetch(path);
        assertThat(answer.status()).isEqualTo(200);
        try {
            return new CalendarBuilder().build(new StringReader(answer.body())).<VEvent>getComponents(Component.VEVENT);
        } catch (Exception e) {
            throw new AssertionError(answer.body(), e);
        }
    }

    /** The errands in it; what other tests left to do for the same people is no matter of these. */
    private List<String> titles(String path) {
        return events(path).stream()
                .map(event -> event.getSummary().getValue())
                .filter(title -> title.startsWith("跑一趟："))
                .toList();
    }

    private String task(String number) {
        return jdbc.sql("select task_id from inbox_task where case_number = :number and task_key = 'doErrand'")
                .param("number", number)
                .query(String.class)
                .single();
    }

    @Test
    void aCalendarIsTurnedOnFetchedGivenAnotherAddressAndTurnedOff() {
        owners.add("staff030");
        errands.errand().titled("修课桌").doneBy("school:S0030:staff").start();
        TestSession browser = new TestSession(client.baseUrl());
        browser.login("staff030", TestDistrict.PASSWORD);
        assertThat(browser.get("/inbox").body()).contains("href=\"/inbox/calendar\"");
        assertThat(browser.get("/inbox/calendar").body()).contains("开通").doesNotContain("更换地址");

        String first = made(browser.submit("/inbox/calendar", "/inbox/calendar", Map.of()));
        assertThat(browser.get("/inbox/calendar").body())
                .contains("更换地址", "还没有")
                .doesNotContain(first);
        assertThat(titles("/calendar/" + first + ".ics")).containsExactly("跑一趟：修课桌");
        assertThat(browser.get("/inbox/calendar").body()).doesNotContain("还没有");
        HttpResponse<String> again = browser.submit("/inbox/calendar", "/inbox/calendar", Map.of());
        assertThat(again.statusCode()).isEqualTo(302);
        assertThat(titles("/calendar/" + first + ".ics")).hasSize(1);

        String second = made(browser.submit("/inbox/calendar", "/inbox/calendar/renew", Map.of()));
        assertThat(fetch("/calendar/" + first + ".ics").status()).isEqualTo(404);
        assertThat(titles("/calendar/" + second + ".ics")).hasSize(1);
        assertThat(jdbc.sql("select token_hash from inbox_calendar_feed where username = 'staff030'")
                        .query(String.class)
                        .single())
                .doesNotContain(second);

        assertThat(browser.submit("/inbox/calendar", "/inbox/calendar/off", Map.of())
                        .statusCode())
                .isEqualTo(302);
        assertThat(fetch("/calendar/" + second + ".ics").status()).isEqualTo(404);
        assertThat(browser.get("/inbox/calendar").body()).contains("日历订阅已停用", "开通");
        assertThat(jdbc.sql("""
                                select event from audit_entry
                                where actor = 'staff030' and object_key = 'staff030' and event like 'CalendarFeed%' order by id
                                """).query(String.class).list())
                .containsExactly("CalendarFeedMade", "CalendarFeedRenewed", "CalendarFeedTurnedOff");
    }

    private static String made(HttpResponse<String> page) {
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        Matcher address = ADDRESS.matcher(page.body());
        assertThat(address.find()).as(page.body()).isTrue();
        assertThat(page.body()).contains("data-copy").doesNotContain("name=\"once\"");
        return address.group(1);
    }

    @Test
    void whatIsOffCannotBeRenewedAndWhatIsOnCannotBeMadeTwice() {
        var user = users.byUsername("staff031");
        assertThatThrownBy(() -> feeds.renew(user)).isInstanceOf(ConflictException.class);
        feedOf("staff031");
        assertThatThrownBy(() -> feeds.make(user)).isInstanceOf(ConflictException.class);
    }

    @Test
    void anAnswerIsPrivateSetsNoCookieAndIsNotSentTwice() {
        String path = feedOf("staff031");
        errands.errand().titled("换灯").doneBy("school:S0031:staff").start();

        Answer answer = fetch(path);
        String tag = answer.headers().getETag();

        assertThat(answer.headers().getFirst("Content-Type")).isEqualToIgnoringCase("text/calendar;charset=UTF-8");
        assertThat(answer.headers().getCacheControl()).contains("private").doesNotContain("public");
        assertThat(answer.headers().get("Set-Cookie")).isNull();
        Answer head = client.anonymous().send("HEAD", path);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().getETag()).isEqualTo(tag);
        Answer same = client.anonymous().with("If-None-Match", tag).get(path);
        assertThat(same.status()).isEqualTo(304);
        errands.errand().titled("换锁").doneBy("school:S0031:staff").start();
        assertThat(client.anonymous().with("If-None-Match", tag).get(path).status())
                .isEqualTo(200);
    }

    @Test
    void aBrowserThatIsLoggedInFetchesAnothersCalendarAsNobody() {
        errands.errand().titled("搬书").doneBy("school:S0032:staff").start();
        String path = feedOf("staff032");
        TestSession browser = new TestSession(client.baseUrl());
        browser.login("principal033", TestDistrict.PASSWORD);

        HttpResponse<String> answer = browser.get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("搬书");
        assertThat(answer.headers().map()).doesNotContainKey("set-cookie");
    }

    @Test
    void nobodyLearnsWhyAnAddressLeadsNowhere() {
        String voided = feedOf("staff035");
        String path = feedOf("staff035");
        assertThat(fetch(path).status()).isEqualTo(200);
        List<Answer> refused = new ArrayList<>(List.of(fetch("/calendar/nothing.ics"), fetch(voided)));

        refused.add(refusedWhile(
                "deactivated",
                path,
                () -> users.runAs("secadmin", () -> {
                    accounts.deactivate("staff035");
                    return null;
                }),
                () -> users.runAs("secadmin", () -> {
                    accounts.reactivate("staff035");
                    return null;
                })));
        refused.add(refusedWhile(
                "locked",
                path,
                () -> jdbc.sql("""
                                insert into login_failure (subject, username, failures, locks, last_at, locked_until)
                                values ('account:staff035', 'staff035', 0, 1, :now, :until)
                                """)
                        .param("now", clock.system().instant().atOffset(ZoneOffset.UTC))
                        .param(
                                "until",
                                clock.system().instant().plusSeconds(600).atOffset(ZoneOffset.UTC))
                        .update(),
                () -> jdbc.sql("delete from login_failure where username = 'staff035'")
                        .update()));
        refused.add(refusedWhile(
                "must change the password",
                path,
                () -> jdbc.sql("update account set password_state = 'TEMPORARY' where username = 'staff035'")
                        .update(),
                () -> jdbc.sql("update account set password_state = 'DEMONSTRATION' where username = 'staff035'")
                        .update()));

        assertThat(refused).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.body()).isEmpty();
            assertThat(answer.headers().headerNames())
                    .isEqualTo(refused.get(0).headers().headerNames());
            assertThat(answer.headers().get("Set-Cookie")).isNull();
        });
    }

    private Answer refusedWhile(String what, String path, Runnable begin, Runnable end) {
        begin.run();
        Answer answer;
        try {
            answer = fetch(path);
        } finally {
            end.run();
            client.forget("staff035");
        }
        assertThat(fetch(path).status()).as("after being " + what).isEqualTo(200);
        return answer;
    }

    @Test
    void anAddressThatAsksTooOftenWaits() {
        assertThat(fetch("/calendar/nothing.ics?narrow=1").status()).isEqualTo(404);
        assertThat(fetch("/calendar/nothing.ics?narrow=1").status()).isEqualTo(404);

        Answer refused = fetch("/calendar/nothing.ics?narrow=1");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(Integer.parseInt(refused.headers().getFirst("Retry-After"))).isBetween(1, 60);
        assertThat(refused.headers().get("Set-Cookie")).isNull();
        assertThat(fetch("/calendar/nothing.ics").status()).isEqualTo(404);
    }

    @Test
    void aPrincipalSeesWhatHeHasToDoAndNothingOfOthers() {
        LocalDate day = clock.today().plusDays(3);
        String own = errands.errand()
                .titled("本校的")
                .about("S0036")
                .dueOn(day)
                .doneBy("school:S0036:principal", "school:S0036:staff")
                .start();
        errands.errand()
                .titled("先到期的")
                .about("S0036")
                .dueOn(day.minusDays(1))
                .doneBy("school:S0036:principal")
                .start();
        errands.errand()
                .titled("外校的")
                .about("S0037")
                .doneBy("school:S0037:principal")
                .start();
        errands.errand()
                .titled("只是看着的")
                .about("S0036")
                .doneBy("dept:jijiao:staff")
                .start();
        String taken = errands.errand()
                .titled("同事签领的")
                .about("S0036")
                .doneBy("school:S0036:principal", "school:S0036:staff")
                .start();
        inbox.claim(task(taken), users.byUsername("staff036"));
        String path = feedOf("principal036");

        assertThat(titles(path)).containsExactly("跑一趟：先到期的", "跑一趟：本校的");
        VEvent event = events(path).stream()
                .filter(one -> one.getSummary().getValue().equals("跑一趟：本校的"))
                .findFirst()
                .orElseThrow();
        assertThat(event.getUid().orElseThrow().getValue()).startsWith("task-" + task(own) + "@");
        assertThat(event.getDescription().getValue()).startsWith(own + "\n");
        assertThat(event.getUrl().getValue()).endsWith("/tasks/" + task(own));
        assertThat(event.<Property>getRequiredProperty(Property.DTSTART).getValue())
                .isEqualTo(day.toString().replace("-", ""));
        assertThat(titles(feedOf("staff036"))).contains("跑一趟：同事签领的");
    }

    @Test
    void whatIsDoneIsGone() {
        String number =
                errands.errand().titled("擦黑板").doneBy("school:S0038:staff").start();
        String path = feedOf("staff038");
        assertThat(titles(path)).containsExactly("跑一趟：擦黑板");

        inbox.complete(
                task(number), 1, Map.of("note", "擦了", "again", false, "shop", "corner"), users.byUsername("staff038"));

        assertThat(titles(path)).isEmpty();
    }

    @Test
    void whatSomebodyMayNoLongerSeeIsGoneAtTheNextFetchThoughItIsInHisHands() {
        String number = errands.errand()
                .titled("关于本校的投诉")
                .about("S0039")
                .doneBy("school:S0039:principal")
                .start();
        inbox.claim(task(number), users.byUsername("principal039"));
        String path = feedOf("principal039");
        assertThat(titles(path)).hasSize(1);

        transaction.executeWithoutResult(
                status -> access.restrict(number, CaseAccess.Restriction.UNIT_HIDDEN, "S0039", null));

        assertThat(titles(path)).isEmpty();
    }

    @Test
    void ofAProtectedMatterItSaysThatThereIsOne() {
        String number = errands.errand()
                .titled("不可外传")
                .about("S0040")
                .doneBy("bureau:child-protection")
                .start();
        transaction.executeWithoutResult(
                status -> access.restrict(number, CaseAccess.Restriction.PROTECTED, null, null));
        String path = feedOf("protector");
        String uid = "task-" + task(number) + "@";

        VEvent event = events(path).stream()
                .filter(one -> one.getUid().orElseThrow().getValue().startsWith(uid))
                .findFirst()
                .orElseThrow();

        assertThat(event.getSummary().getValue()).isEqualTo("有一件保密事项等您办理");
        assertThat(event.getProperty(Property.DESCRIPTION)).isEmpty();
        assertThat(fetch(path).body()).doesNotContain("不可外传", number);
    }

    @Test
    void itSpeaksTheLanguageOfTheAccount() {
        errands.errand().titled("Fix the lamp").doneBy("school:S0041:staff").start();
        String path = feedOf("staff041");
        jdbc.sql("update account set locale = 'en' where username = 'staff041'").update();
        try {
            Answer answer = client.anonymous().with("Accept-Language", "zh").get(path);

            assertThat(answer.body()).contains("X-WR-CALNAME:Manyi deadlines", ": Fix the lamp");
        } finally {
            jdbc.sql("update account set locale = 'zh' where username = 'staff041'")
                    .update();
        }
    }

    @Test
    void whenThereAreTooManyTheSoonestDueAreShown() {
        LocalDate day = clock.today().plusDays(10);
        List<String> numbers = Stream.of(3, 1, 2)
                .map(days -> errands.errand()
                        .dueOn(day.plusDays(days))
                        .doneBy("school:S0042:staff")
                        .start())
                .toList();
        inbox.claim(task(numbers.get(1)), users.byUsername("staff042"));

        List<UpcomingDeadlines.Deadline> shown =
                transaction.execute(status -> taskDeadlines.of(users.byUsername("staff042"), 2));

        assertThat(shown)
                .extracting(deadline -> deadline.due().day())
                .containsExactly(day.plusDays(1), day.plusDays(2));
    }

    @Test
    void aFetchIsNotedToTheHour() {
        String path = feedOf("staff043");
        fetch(path);
        Instant first = feeds.find(users.byUsername("staff043")).orElseThrow().lastUsed();
        assertThat(first).isNotNull();

        fetch(path);

        assertThat(feeds.find(users.byUsername("staff043")).orElseThrow().lastUsed())
                .isEqualTo(first);
    }
}
