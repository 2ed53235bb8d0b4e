package org.manyi.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.TestClient;
import org.manyi.TestDistrict;
import org.manyi.TestSession;
import org.manyi.inbox.TaskItem;
import org.manyi.issue.Loop;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.server.PathContainer;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every door tried with the methods it has no line for, without its token, and with what belongs to others. */
@ManyiTest
class SweepTests {

    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    /** What a request leaves behind whatever it asks for: its token's or session's use, and the note that it was refused. */
    private static final Set<String> TRACES = Set.of(
            "spring_session", "spring_session_attributes", "api_token", "audit_entry", "audit_seal", "login_failure");

    /** One round is nearly six hundred probes; {@code -Dmanyi.sweep=full} makes more than twenty thousand. */
    private static final int ROUNDS = "full".equals(System.getProperty("manyi.sweep")) ? 36 : 1;

    /** Whoever of them may handle one of a case's tasks may attach a file to it. */
    private static final List<String> HANDLERS =
            List.of("office", "protector", "principal002", "renshi", "jijiao", "jicai", "anquan", "dudao");

    private static final List<String> LISTS = List.of(
            "/api/v1/issues?q=",
            "/api/v1/tasks?view=mine&q=",
            "/api/v1/tasks?view=claimable&q=",
            "/api/v1/tasks?view=supervised&q=",
            "/api/v1/tasks?view=done&q=");

    @Autowired
    private AccessPolicy policy;

    @Autowired
    private TestClient client;

    @Autowired
    private Loop loop;

    @Autowired
    private JdbcClient jdbc;

    @Test
    @Tag("once")
    void aMethodWithoutALineIsRefusedToEverybody() {
        List<String> wrong = new ArrayList<>();
        for (String path : paths()) {
            for (String method : METHODS) {
                if (policy.find(method, PathContainer.parsePath(path)).isPresent()) {
                    continue;
                }
                for (String username : List.of("chair", "principal001", "sysadmin", "secadmin", "auditor")) {
                    int status = client.as(username).send(method, path).status();
                    if (status != 405) {
                        wrong.add(username + " " + method + " " + path + " -> " + status);
                    }
                }
                int status = client.anonymous().send(method, path).status();
                if (!Set.of(302, 401, 403).contains(status)) {
                    wrong.add("a stranger " + method + " " + path + " -> " + status);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    @Tag("once")
    void aPageThatChangesSomethingAsksForItsOwnToken() {
        TestSession browser = session("chair");
        TestSession other = session("jijiao");
        other.get("/account");
        String foreign = other.cookie("CSRF").orElseThrow();
        List<String> wrong = new ArrayList<>();
        for (AccessPolicy.Line line : policy.lines()) {
            if (!line.method().equals("POST") || line.path().equals("/api/v1/tokens")) {
                continue;
            }
            String path = fill(line.path(), "1", "1");
            for (int status : new int[] {
                browser.post(path, "").statusCode(),
                browser.post(path, "_csrf=" + foreign).statusCode(),
                browser.post(path, "", "X-CSRF-TOKEN", foreign).statusCode(),
                browser.post(path + "?_csrf=" + foreign + "&_method=GET", "", "X-HTTP-Method-Override", "GET")
                        .statusCode()
            }) {
                if (status != 403) {
                    wrong.add(path + " -> " + status);
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(browser.get("/account").statusCode()).isEqualTo(200);
    }

    @Test
    void readingChangesNothing() {
        String number = loop.triaged(new Loop.Report());
        String task = loop.task(number, "signForIssue").id();
        for (String username : List.of("chair", "principal002", "sysadmin", "secadmin", "auditor")) {
            client.token(username);
        }
        Map<String, Integer> before = tables();

        for (AccessPolicy.Line line : policy.lines()) {
            if (!line.method().equals("GET") || line.path().contains("**")) {
                continue;
            }
            for (String username : List.of("chair", "principal002", "sysadmin", "secadmin", "auditor")) {
                assertThat(client.as(username)
                                .get(fill(line.path(), number, task))
                                .status())
                        .as(line.path())
                        .isLessThan(500);
            }
        }

        assertThat(tables()).isEqualTo(before);
    }

    @Test
    void whatBelongsToOthersIsNotThereWhateverIsAsked() {
        List<Foreign> cases = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            cases.add(foreign(
                    loop.triaged(new Loop.Report().school("S0002")),
                    List.of("principal003", "staff003", "district2", "body1", "inspector1")));
            cases.add(foreign(
                    loop.raised(
                            new Loop.Report().school("S0002").kind("complaint").concerns("head", null)),
                    List.of("principal002", "staff002", "principal003", "district2", "body1")));
            cases.add(foreign(
                    loop.raise("office", new Loop.Report().school("S0002").childSafety())
                            .number(),
                    List.of(
                            "office",
                            "jicai",
                            "principal002",
                            "staff002",
                            "district1",
                            "leader1",
                            "inspector1",
                            "body1")));
        }
        int probes = 0;
        List<String> wrong = new ArrayList<>();
        for (Foreign foreign : cases) {
            String before = state(foreign.number());
            for (String stranger : foreign.strangers()) {
                TestClient.As as = client.as(stranger);
                for (AccessPolicy.Line line : policy.lines()) {
                    for (String id : foreign.idsFor(line)) {
                        int status = knock(as, line, fill(line.path(), foreign.number(), id));
                        probes++;
                        if (status != 404) {
                            wrong.add(stranger + " " + line.method() + " " + line.path() + " -> " + status);
                        }
                    }
                }
                for (String list : LISTS) {
                    TestClient.Answer found = as.get(list + foreign.number());
                    probes++;
                    if (found.json().at("/count/value").asInt() != 0
                            || found.json().at("/items").size() != 0) {
                        wrong.add(stranger + " finds " + list + foreign.number());
                    }
                }
                for (String page : List.of("/inbox?q=", "/issues?q=")) {
                    probes++;
                    if (as.get(page + foreign.number()).body().contains("/" + foreign.number())) {
                        wrong.add(stranger + " finds " + page + foreign.number());
                    }
                }
            }
            assertThat(state(foreign.number())).isEqualTo(before);
        }
        System.out.printf(Locale.ROOT, "Foreign ids: %d probes%n", probes);
        assertThat(wrong).isEmpty();
    }

    /**
     * A case with who must not see it.
     *
     * @param file the id of a file of one of its tasks
     */
    private record Foreign(String number, List<String> tasks, String file, List<String> strangers) {

        /** What a door that leads to cases, tasks or files is asked for; nothing at any other. */
        List<String> idsFor(AccessPolicy.Line line) {
            if (line.path().matches(".*/(issues|cases)/\\{number}.*")) {
                return List.of("");
            }
            if (line.path().matches(".*/tasks/\\{id}.*")) {
                return tasks;
            }
            return line.path().matches(".*/attachments/\\{id}") ? List.of(file) : List.of();
        }
    }

    private Foreign foreign(String number, List<String> strangers) {
        List<TaskItem> tasks = loop.tasks(number);
        String file = tasks.stream()
                .flatMap(task -> HANDLERS.stream().map(handler -> client.as(handler)
                        .upload(
                                "/api/v1/tasks/" + task.id() + "/attachments",
                                "a.pdf",
                                ("%PDF-1.4\n%" + number + "\n%%EOF\n").getBytes(StandardCharsets.US_ASCII))))
                .filter(kept -> kept.status() == 201)
                .findFirst()
                .orElseThrow()
                .text("/id");
        return new Foreign(number, tasks.stream().map(TaskItem::id).toList(), file, strangers);
    }

    @Test
    void anImportBelongsToWhoMadeItAlone() {
        TestClient.Answer checked = client.as("sysadmin")
                .upload(
                        "/api/v1/imports/organisations?dryRun=true",
                        "单位.csv",
                        "编码,名称,类型\nS9901,某某小学,小学\n".getBytes(StandardCharsets.UTF_8));
        String batch = checked.text("/batchId");
        assertThat(batch).as(checked.body()).isNotBlank();
        List<String> wrong = new ArrayList<>();
        for (String stranger : List.of("chair", "office", "principal001", "secadmin", "auditor", "inspector1")) {
            for (AccessPolicy.Line line : policy.lines()) {
                if (line.path().contains("{batchId}")) {
                    String path = fill(line.path().replace("{batchId}", batch), "none", "none");
                    int status = knock(
                            client.as(stranger), line, path + (line.method().equals("POST") ? "?run=x" : ""));
                    if (status != 404) {
                        wrong.add(stranger + " " + line.method() + " " + line.path() + " -> " + status);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static int knock(TestClient.As as, AccessPolicy.Line line, String path) {
        if (line.method().equals("GET") || line.method().equals("DELETE")) {
            return as.send(line.method(), path).status();
        }
        if (line.method().equals("PUT")) {
            return as.put(path, Map.of("version", 1, "values", Map.of())).status();
        }
        if (path.endsWith("/attachments")) {
            return as.upload(path, "a.pdf", "%PDF-1.4\n%%EOF\n".getBytes(StandardCharsets.US_ASCII))
                    .status();
        }
        String query = (path.contains("?") ? "&" : "?")
                + "version=1&workingDays=3&reason=reason&username=chair&text=text&status=closed&assignee=chair";
        return as.post(
                        path + query,
                        Map.of(
                                "version",
                                1,
                                "workingDays",
                                3,
                                "reason",
                                "reason",
                                "username",
                                "chair",
                                "text",
                                "text",
                                "values",
                                Map.of()))
                .status();
    }

    private String state(String number) {
        return jdbc.sql("select version, status from issue where number = :number")
                        .param("number", number)
                        .query()
                        .listOfRows()
                + " "
                + jdbc.sql(
                                "select task_id, version, assignee, state from inbox_task where case_number = :number order by 1")
                        .param("number", number)
                        .query()
                        .listOfRows()
                + jdbc.sql("select count(*) from inbox_comment where case_number = :number")
                        .param("number", number)
                        .query(Integer.class)
                        .single();
    }

    private TestSession session(String username) {
        TestSession browser = new TestSession(client.baseUrl());
        browser.login(username, TestDistrict.PASSWORD);
        return browser;
    }

    private Set<String> paths() {
        return policy.lines().stream()
                .filter(line ->
                        !line.has(AccessPolicy.Group.NOBODY) && !line.path().contains("**"))
                .map(line -> fill(line.path(), "2026-WT-99999", "999999999"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String fill(String path, String number, String id) {
        return path.replace("{number}", number)
                .replace("{id}", id)
                .replace("{batchId}", "999999999")
                .replace("{process}", "issue-rectification")
                .replaceAll("\\{[a-zA-Z]+}", "nothing");
    }

    /** What stands in every table, each summed up in a number. */
    private Map<String, Integer> tables() {
        Map<String, Integer> tables = new TreeMap<>();
        List<String> names = jdbc.sql("""
                        select table_name from information_schema.tables
                         where lower(table_schema) = 'public' and table_type like '%TABLE%'
                        """).query(String.class).list();
        for (String name : names) {
            if (!TRACES.contains(name.toLowerCase(Locale.ROOT))) {
                int sum = jdbc.sql("select * from \"" + name + "\"").query().listOfRows().stream()
                        .mapToInt(row -> row.values().stream()
                                .mapToInt(value -> value instanceof byte[] bytes
                                        ? Arrays.hashCode(bytes)
                                        : Objects.hashCode(value))
                                .reduce(1, (all, one) -> 31 * all + one))
                        .sum();
                tables.put(name, sum);
            }
        }
        return tables;
    }
}
