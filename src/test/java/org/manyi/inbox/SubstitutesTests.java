package org.manyi.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.inbox.TaskQuery.View;
import org.manyi.org.OrganisationAdministration;
import org.manyi.org.Substitutes;
import org.manyi.org.Substitution;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.ConflictException;
import org.manyi.shared.ForbiddenException;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.ValidationException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.RequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** Who is on leave and who stands in for him. */
@ManyiTest
class SubstitutesTests {

    private static final String PRINCIPAL = "school:S0031:principal";

    @Autowired
    WebApplicationContext context;

    @Autowired
    Substitutes substitutes;

    @Autowired
    SubstitutionsOver over;

    @Autowired
    OrganisationAdministration organisation;

    @Autowired
    Inbox inbox;

    @Autowired
    InboxBooks books;

    @Autowired
    Errands errands;

    @Autowired
    CurrentUsers users;

    @Autowired
    MovableClock clock;

    @Autowired
    JdbcClient jdbc;

    @AfterEach
    void nobodyIsOnLeave() {
        jdbc.sql("delete from org_holding where substitute_for is not null").update();
        jdbc.sql("delete from org_holding where username = 'staff032' and post_key = :post")
                .param("post", PRINCIPAL)
                .update();
        assertThat(books.differences()).isEmpty();
    }

    @Test
    void theSubstituteHandlesThePostAndTakesOverWhatTheAbsentPersonHas() {
        String waiting = errands.errand().doneBy(PRINCIPAL).start();
        String held = errands.errand().doneBy(PRINCIPAL).start();
        inbox.claim(id(held, "principal031"), user("principal031"));
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> inbox.find(id(held, "principal031"), user("staff031")));

        arrange("principal031", "staff031", 0, 3);

        assertThat(numbers(View.CLAIMABLE, "staff031")).contains(waiting);
        assertThat(numbers(View.ABSENT, "staff031")).contains(held).doesNotContain(waiting);
        assertThat(inbox.counts(TaskQuery.all(View.MINE), user("staff031"))
                        .get(View.ABSENT)
                        .value())
                .isPositive();
        assertThat(numbers(View.ABSENT, "principal031")).isEmpty();
        TaskItem task = inbox.find(id(held, "staff031"), user("staff031"));
        assertThat(task.actions()).containsExactly("claim", "assign");
        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> inbox.complete(task.id(), task.version(), Map.of("note", "已去"), user("staff031")));

        inbox.claim(task.id(), user("staff031"));

        assertThat(numbers(View.MINE, "staff031")).contains(held);
        assertThat(numbers(View.ABSENT, "staff031")).doesNotContain(held);
        assertThat(inbox.comments(held, user("staff031"))).singleElement().satisfies(comment -> assertThat(comment)
                .returns("staff031", c -> c.author().username())
                .returns("staff031", c -> c.assignee().username()));
        assertThat(page("staff031", get("/tasks/" + task.id()))).contains("代理接办");
    }

    @Test
    void aColleagueOfTheSamePostTakesOverWhileHeStandsInOnly() {
        second();
        String held = errands.errand().doneBy(PRINCIPAL).start();
        String id = id(held, "principal031");
        inbox.claim(id, user("principal031"));
        assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> inbox.claim(id, user("staff032")));

        organisation.substitute(PRINCIPAL, "staff032", "principal031", clock.today(), clock.today());

        assertThat(inbox.claim(id, user("staff032")).assignee().username()).isEqualTo("staff032");
        assertThat(user("staff032").posts())
                .anySatisfy(post -> assertThat(post.substitute()).as(post.key()).isFalse());
    }

    @Test
    void aSubstitutionEndsByItselfAndWhatIsNotDoneGoesBackToThePost() {
        String number = errands.errand().doneBy(PRINCIPAL).start();
        arrange("principal031", "staff031", 0, 3);
        inbox.claim(id(number, "staff031"), user("staff031"));

        jdbc.sql("update org_holding set from_day = :from, until_day = :today where substitute_for = 'principal031'")
                .param("from", clock.today().minusDays(3))
                .param("today", clock.today())
                .update();
        over.lookAround();

        assertThat(numbers(View.MINE, "staff031")).doesNotContain(number);
        assertThat(numbers(View.CLAIMABLE, "principal031")).contains(number);
        assertThat(substitutes.onLeave(List.of("principal031"))).isEmpty();
    }

    @Test
    void endingASubstitutionGivesBackAtOnce() {
        String number = errands.errand().doneBy(PRINCIPAL).start();
        Substitution one = arrange("principal031", "staff031", 0, 3).get(0);
        inbox.claim(id(number, "staff031"), user("staff031"));
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> as("staff031", () -> substitutes.end(one.id(), user("staff031"))));

        as("principal031", () -> substitutes.end(one.id(), user("principal031")));

        assertThat(numbers(View.CLAIMABLE, "principal031")).contains(number);
        assertThat(substitutes.of(user("principal031"))).isEmpty();
    }

    @Test
    void whoIsBarredFromATaskCannotHaveItDecidedByHisSubstitute() {
        String barred =
                errands.errand().doneBy(PRINCIPAL).without("principal031").start();
        String own = errands.errand()
                .doneBy(PRINCIPAL, "school:S0031:staff")
                .without("principal031")
                .start();
        arrange("principal031", "staff031", 0, 3);

        TaskItem task = inbox.find(id(barred, "staff031"), user("staff031"));
        assertThat(task.actions()).containsExactly("assign");
        assertField("username barred", () -> inbox.claim(task.id(), user("staff031")));
        assertField(
                "username barred",
                () -> inbox.complete(task.id(), task.version(), Map.of("note", "已去"), user("staff031")));
        assertThat(inbox.claim(id(own, "staff031"), user("staff031")).assignee())
                .isNotNull();
    }

    @Test
    void nobodyStandsInForHimselfInACircleOrTwice() {
        assertField("substitute self", () -> arrange("principal031", "principal031", 0, 3));
        assertField("substitute choice", () -> arrange("principal031", "staff001", 0, 3));
        assertField("lastDay order", () -> arrange("principal031", "staff031", 3, 0));
        assertField("from range", () -> arrange("principal031", "staff031", -1, 0));
        arrange("principal031", "staff031", 2, 4);

        assertField("substitute taken", () -> arrange("principal031", "staff031", 4, 5));
        assertField("substitute onLeave", () -> arrange("staff031", "principal031", 0, 2));
        assertThat(arrange("staff031", "principal031", 5, 6)).hasSize(1);
    }

    @Test
    void theHeadOfAUnitArrangesItForItsPeopleAndNobodyForThoseOfOthers() {
        CurrentUser head = user("principal031");
        assertThat(as(
                        "principal031",
                        () -> substitutes.arrange(
                                "staff031", "principal031", Set.of(), clock.today(), clock.today(), head)))
                .singleElement()
                .satisfies(one -> assertThat(one.postKey()).isEqualTo("school:S0031:staff"));
        assertThatExceptionOfType(ForbiddenException.class)
                .isThrownBy(() -> substitutes.posts("principal031", user("staff031")));
        assertThatExceptionOfType(ForbiddenException.class).isThrownBy(() -> substitutes.posts("staff032", head));
    }

    @Test
    void whoGivesUpThePostIsNoLongerStoodInFor() {
        second();
        organisation.substitute(PRINCIPAL, "staff031", "staff032", clock.today(), clock.today());
        assertThat(user("staff031").holds(PRINCIPAL)).isTrue();

        organisation.release(PRINCIPAL, "staff032");

        assertThat(user("staff031").holds(PRINCIPAL)).isFalse();
    }

    @Test
    void thePageArrangesAndEndsAndWhoIsOnLeaveIsShownAsSuch() throws Exception {
        assertThat(page("principal031", get("/account/substitutes"))).contains("没有代理安排", "staff031", PRINCIPAL);
        MvcResult refused = result(
                "principal031",
                post("/account/substitutes")
                        .param("posts", PRINCIPAL)
                        .param("substitute", "staff031")
                        .param("from", clock.today().toString()));
        assertThat(refused.getResponse().getStatus()).isEqualTo(422);

        result(
                "principal031",
                post("/account/substitutes")
                        .param("posts", PRINCIPAL)
                        .param("substitute", "staff031")
                        .param("from", clock.today().toString())
                        .param("lastDay", clock.today().plusDays(1).toString()));

        assertThat(page("principal031", get("/account/substitutes"))).contains("休假", "结束代理");
        assertThat(page("staff031", get("/account/substitutes")))
                .contains("休假", "您")
                .doesNotContain("结束代理</button>");
        String number = errands.errand().doneBy(PRINCIPAL, "school:S0031:staff").start();
        String id = inbox.claim(id(number, "staff031"), user("staff031")).id();
        assertThat(page("staff031", get("/tasks/" + id))).contains("（休假至");
        assertThat(page("staff031", get("/inbox?view=absent"))).contains("没有要接办的任务");
    }

    /** A second holder of the post, as posts have them that are not one person's. */
    private void second() {
        jdbc.sql("insert into org_holding (post_key, username, from_day) values (:post, 'staff032', :today)")
                .param("post", PRINCIPAL)
                .param("today", clock.today())
                .update();
    }

    private List<Substitution> arrange(String absent, String substitute, int from, int lastDay) {
        LocalDate today = clock.today();
        return as(
                absent,
                () -> substitutes.arrange(
                        absent, substitute, Set.of(), today.plusDays(from), today.plusDays(lastDay), user(absent)));
    }

    private <T> T as(String username, java.util.function.Supplier<T> work) {
        return users.runAs(username, work);
    }

    private void as(String username, Runnable work) {
        users.runAs(username, () -> {
            work.run();
            return null;
        });
    }

    private CurrentUser user(String username) {
        return users.byUsername(username);
    }

    private String id(String number, String username) {
        return inbox.tasksOf(number, user(username)).stream()
                .filter(task -> task.key().equals("doErrand"))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private List<String> numbers(View view, String username) {
        return inbox
                .list(new TaskQuery(view, null, null, null, null, TaskQuery.Sort.NEWEST, null, 100), user(username))
                .items()
                .stream()
                .map(TaskItem::caseNumber)
                .toList();
    }

    private String page(String username, RequestBuilder request) {
        return new String(result(username, request).getResponse().getContentAsByteArray(), StandardCharsets.UTF_8);
    }

    private MvcResult result(String username, RequestBuilder request) {
        return users.runAs(username, () -> {
            try {
                return MockMvcBuilders.webAppContextSetup(context)
                        .build()
                        .perform(request)
                        .andReturn();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void assertField(String expected, ThrowingCallable change) {
        ValidationException refused = catchThrowableOfType(ValidationException.class, change);
        assertThat(refused).as(expected).isNotNull();
        assertThat(refused.fields().get(0).field() + " "
                        + refused.fields().get(0).code())
                .isEqualTo(expected);
    }
}
