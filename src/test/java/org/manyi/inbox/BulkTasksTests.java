package org.manyi.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.TestClient;
import org.manyi.TestClient.Answer;
import org.manyi.inbox.BulkTasks.Action;
import org.manyi.inbox.BulkTasks.Item;
import org.manyi.inbox.BulkTasks.Outcome;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.ValidationException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.RequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** Many tasks at once, each on its own. */
@ManyiTest
class BulkTasksTests {

    private static final String PRINCIPAL = "school:S0033:principal";
    private static final String STAFF = "school:S0033:staff";

    @Autowired
    WebApplicationContext context;

    @Autowired
    BulkTasks bulk;

    @Autowired
    Inbox inbox;

    @Autowired
    InboxBooks books;

    @Autowired
    TaskHandlers handlers;

    @Autowired
    Errands errands;

    @Autowired
    CurrentUsers users;

    @Autowired
    TestClient client;

    @AfterEach
    void theInboxHoldsExactlyTheEnginesOpenTasks() {
        assertThat(books.differences()).isEmpty();
    }

    @Test
    void eachIsTakenByItsOwnRightAndSaysWhatCameOfIt() {
        Item free = item(errand());
        Item taken = item(errand());
        Item barred = item(
                errands.errand().doneBy(PRINCIPAL, STAFF).without("staff033").start());
        Item unseen = item(errands.errand().doneBy("school:S0034:principal").start(), "principal034");
        inbox.claim(taken.id(), user("principal033"));

        assertThat(outcomes(bulk.carryOut(
                        Action.CLAIM, List.of(free, taken, barred, unseen, free), null, null, user("staff033"))))
                .containsExactly(Outcome.DONE, Outcome.GONE, Outcome.REFUSED, Outcome.GONE);

        assertThat(inbox.find(free.id(), user("staff033")).assignee().username())
                .isEqualTo("staff033");
        assertThat(inbox.find(taken.id(), user("staff033")).assignee().username())
                .isEqualTo("principal033");
    }

    @Test
    void manyGoToOnePersonForOneReason() {
        Item one = item(errand());
        Item other = item(errands.errand().doneBy(PRINCIPAL).start());
        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(() -> bulk.carryOut(Action.ASSIGN, List.of(one), "staff033", "", user("principal033")));

        assertThat(bulk.carryOut(Action.ASSIGN, List.of(one, other), "staff033", "外出培训", user("principal033")))
                .satisfiesExactly(
                        done -> assertThat(done.outcome()).isEqualTo(Outcome.DONE), refused -> assertThat(refused)
                                .returns(Outcome.REFUSED, BulkTasks.Result::outcome)
                                .matches(result -> result.problem() != null));
    }

    @Test
    void onlyStepsThatAllowItAreCompletedTogetherAndWithTheirFixedDecision() {
        String number = errand();
        Item step = item(number);
        Item single = item(errands.errand().doneBy(PRINCIPAL).advisedBy(STAFF).start(), "staff033", "adviseErrand");
        Item stale = new Item(item(errand()).id(), 7);

        assertThat(bulk.prepare(Action.COMPLETE, List.of(step, single, stale), user("staff033")))
                .satisfiesExactly(
                        one -> assertThat(one.problem()).isNull(),
                        one -> assertThat(one.problem()).isNotNull(),
                        one -> assertThat(one.problem()).isNotNull());
        assertThat(outcomes(bulk.carryOut(Action.COMPLETE, List.of(step, single, stale), null, null, user("staff033"))))
                .containsExactly(Outcome.DONE, Outcome.REFUSED, Outcome.GONE);
        assertThat(errands.completions(number)).isEqualTo(1);
    }

    @Test
    void closuresAreApprovedAndWorkPassedTogetherAndNothingElse() {
        Map<String, Object> decisions = new TreeMap<>();
        for (String process : handlers.processes()) {
            TaskHandler handler = handlers.of(process);
            handler.taskKeys().stream()
                    .filter(key -> handler.bulk(key) != null && !process.equals(Errands.PROCESS))
                    .forEach(key -> decisions.put(key, handler.bulk(key).values()));
        }

        assertThat(decisions)
                .containsExactly(
                        Map.entry("approveClosure", Map.of("decision", "approve")),
                        Map.entry("checkWork", Map.of("decision", "pass")));
    }

    @Test
    void noneAndMoreThanAHundredAreRefusedAsAWhole() {
        List<Item> many =
                IntStream.range(0, 101).mapToObj(i -> new Item("task" + i, 1)).toList();

        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(() -> bulk.carryOut(Action.CLAIM, many, null, null, user("staff033")));
        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(() -> bulk.prepare(Action.CLAIM, List.of(), user("staff033")));
    }

    @Test
    void theListOffersItAPageShowsEachAndThenWhatCameOfIt() {
        String number = errand();
        Item item = item(number);
        String chosen = item.id() + ":" + item.version();
        assertThat(page("staff033", get("/inbox?view=claimable")))
                .contains("data-choose-all=\"chosen\"", "value=\"" + chosen + "\"", "批量办理");

        assertThat(page(
                        "staff033",
                        post("/inbox/bulk").param("action", "complete").param("chosen", chosen)))
                .contains(number, "办理勾选的任务", "共同意见", "value=\"" + chosen + "\"");
        assertThat(page(
                        "staff033",
                        post("/inbox/bulk/done")
                                .param("action", "assign")
                                .param("listed", chosen)
                                .param("chosen", chosen)))
                .contains("转给谁", "role=\"alert\"");
        assertThat(page(
                        "staff033",
                        post("/inbox/bulk/done")
                                .param("action", "complete")
                                .param("listed", chosen)
                                .param("chosen", chosen)))
                .contains("办成 1 件，没有办成 0 件", number, "已办");
        assertThat(page(
                        "staff033",
                        post("/inbox/bulk/done").param("action", "claim").param("chosen", chosen)))
                .contains("办成 0 件，没有办成 1 件", "已有变化");
    }

    @Test
    void theApiAnswersForEach() {
        Item item = item(errand());
        Map<String, Object> one = Map.of("id", item.id(), "version", item.version());

        Answer done = client.as("staff033")
                .post(
                        "/api/v1/tasks/bulk",
                        Map.of("action", "claim", "items", List.of(one, Map.of("id", "nothing", "version", 1))));

        assertThat(done.status()).isEqualTo(200);
        assertThat(done.json().at("/0/outcome").asString()).isEqualTo("done");
        assertThat(done.json().at("/1/outcome").asString()).isEqualTo("gone");
        assertThat(client.as("staff033")
                        .post(
                                "/api/v1/tasks/bulk",
                                Map.of(
                                        "action",
                                        "claim",
                                        "items",
                                        IntStream.range(0, 101)
                                                .mapToObj(i -> Map.of("id", "task" + i, "version", 1))
                                                .toList()))
                        .status())
                .isEqualTo(422);
    }

    private String errand() {
        return errands.errand().doneBy(PRINCIPAL, STAFF).start();
    }

    private Item item(String number) {
        return item(number, "principal033");
    }

    private Item item(String number, String username) {
        return item(number, username, "doErrand");
    }

    private Item item(String number, String username, String key) {
        TaskItem task = inbox.tasksOf(number, user(username)).stream()
                .filter(one -> one.key().equals(key))
                .findFirst()
                .orElseThrow();
        return new Item(task.id(), task.version());
    }

    private CurrentUser user(String username) {
        return users.byUsername(username);
    }

    private static List<Outcome> outcomes(List<BulkTasks.Result> results) {
        return results.stream().map(BulkTasks.Result::outcome).toList();
    }

    private String page(String username, RequestBuilder request) {
        return users.runAs(username, () -> {
            try {
                MvcResult result = MockMvcBuilders.webAppContextSetup(context)
                        .build()
                        .perform(request)
                        .andReturn();
                return result.getResponse().getContentAsString(StandardCharsets.UTF_8);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
