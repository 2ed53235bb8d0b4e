package org.manyi.issue;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.TestClient;
import org.manyi.TestDistrict;
import org.manyi.TestSession;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A double click, a reload, the back button, an impatient script: the same form sent again and again. */
@ManyiTest
class SentAgainTests {

    private static final int TIMES = 50;

    @Autowired
    TestClient client;

    @Autowired
    Loop loop;

    @Autowired
    JdbcClient jdbc;

    private TestSession browser;

    @BeforeEach
    void logIn() {
        browser = new TestSession(client.baseUrl());
        assertThat(browser.login("office", TestDistrict.PASSWORD).statusCode()).isEqualTo(303);
    }

    @Test
    void aFormSentFiftyTimesAtOnceRaisesOneIssueAndWritesEachMailOnce() throws Exception {
        String form = form("/issues/new", issue("厨房排烟管道松动 " + System.nanoTime()));

        List<HttpResponse<String>> answers = atOnce(() -> browser.post("/issues", form));

        assertThat(answers).allSatisfy(answer -> assertThat(answer.statusCode()).isBetween(300, 399));
        List<String> places = answers.stream()
                .map(answer -> answer.headers().firstValue("Location").orElse(""))
                .distinct()
                .toList();
        assertThat(places).hasSize(1);
        String number = places.get(0).substring(places.get(0).lastIndexOf('/') + 1);
        assertThat(count("select count(*) from issue where number = :key", number))
                .isEqualTo(1);
        assertThat(count(
                        "select count(*) from issue where title = (select title from issue where number = :key)",
                        number))
                .isEqualTo(1);
        assertThat(count("select count(*) from mail where case_number = :key", number))
                .isPositive()
                .isEqualTo(count(
                        "select count(distinct username) from mail where case_number = :key and topic is not null",
                        number));
    }

    @Test
    void aCommentSentFiftyTimesAtOnceStandsOnce() throws Exception {
        String task = loop.task(loop.raised(new Loop.Report().reporter("张某某", "13900000101")), "contactReporter")
                .id();
        String form = form("/tasks/" + task, Map.of("text", "已打过一次电话，无人接听"));

        List<HttpResponse<String>> answers = atOnce(() -> browser.post("/tasks/" + task + "/comments", form));

        assertThat(answers).allSatisfy(answer -> assertThat(answer.statusCode()).isBetween(300, 399));
        assertThat(count("select count(*) from inbox_comment where task_id = :key", task))
                .isEqualTo(1);
    }

    @Test
    void aFormThatComesBackWithOtherContentIsAnotherRequest() {
        String task = loop.task(loop.raised(new Loop.Report().reporter("张某某", "13900000101")), "contactReporter")
                .id();
        String once = form("/tasks/" + task, Map.of());

        browser.post("/tasks/" + task + "/comments", once + "&text=one");
        browser.post("/tasks/" + task + "/comments", once + "&text=two");
        browser.post("/tasks/" + task + "/comments", once + "&text=one");

        assertThat(count("select count(*) from inbox_comment where task_id = :key", task))
                .isEqualTo(2);
    }

    @Test
    void whatIsRefusedMayBeCorrectedUnderTheSameForm() {
        String once = form("/issues/new", Map.of());

        assertThat(browser.post("/issues", once + "&title=x").statusCode()).isEqualTo(422);
        assertThat(browser.post("/issues", once + "&title=x").statusCode()).isEqualTo(422);
    }

    @Test
    void ofManyWhoChangeTheSameStateFromTheSameVersionOneDoes() throws Exception {
        String number = loop.rectifying(new Loop.Report());
        TestClient.As lead = client.as(loop.holder(loop.task(number, "rectifyIssue")));
        int version = Integer.parseInt(lead.get("/api/v1/issues/" + number).text("/version"));
        Map<String, Object> request = Map.of("version", version, "workingDays", 3, "reason", "配件需外地发货");

        List<Integer> statuses =
                atOnce(() -> lead.post("/api/v1/issues/" + number + "/actions/requestExtension", request)
                        .status());

        assertThat(statuses.stream().filter(status -> status < 300)).hasSize(1);
        assertThat(statuses.stream().filter(status -> status >= 300)).containsOnly(409);
        assertThat(Integer.parseInt(lead.get("/api/v1/issues/" + number).text("/version")))
                .isEqualTo(version + 1);
    }

    private static Map<String, String> issue(String title) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("title", title);
        fields.put("kind", "appeal");
        fields.put("source", "hotline");
        fields.put("category", "facilities");
        fields.put("severity", "medium");
        fields.put("schoolCode", "S0012");
        fields.put("concerns", "nobody");
        fields.put("confirmNotDuplicate", "true");
        return fields;
    }

    /** What the browser sends: the page's hidden fields and what was typed. */
    private String form(String page, Map<String, String> typed) {
        String body = browser.get(page).body();
        Map<String, String> fields = new LinkedHashMap<>();
        for (String hidden : List.of("_csrf", "once")) {
            Matcher field = Pattern.compile("name=\"" + hidden + "\"[^>]*? (?:value|content)=\"([^\"]+)\"")
                    .matcher(body);
            assertThat(field.find()).as(hidden + " on " + page).isTrue();
            fields.put(hidden, field.group(1));
        }
        fields.putAll(typed);
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static <T> List<T> atOnce(Callable<T> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(TIMES);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(
                    IntStream.range(0, TIMES).mapToObj(i -> work).toList())) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    private long count(String sql, String key) {
        return jdbc.sql(sql).param("key", key).query(Long.class).single();
    }
}
