package org.manyi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.BeanUtils;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends the corpus into every input of every door, found by looking at the doors themselves, so that a new one is in it: every 60th
 * string, each input another share of them. {@code -Dmanyi.injection=1/6}, {@code 2/6} and so on send a sixth each, which together is
 * every string everywhere, some hundred thousand requests; in parts, because what is taken makes the lists longer and the run slower.
 */
@ManyiTest
class InjectionTests {

    private static final String[] PART =
            System.getProperty("manyi.injection", "1/60").split("/");
    private static final int FIRST = Integer.parseInt(PART[0]);
    private static final int STEP = Integer.parseInt(PART[1]);

    /** Doors that would take away what the sweep needs. */
    private static final Set<String> LEFT_OUT = Set.of(
            "POST /logout",
            "DELETE /api/v1/tokens/current",
            "POST /second-factor",
            "POST /second-factor/remove",
            "POST /second-factor/recovery");

    private static final List<String> ACTORS =
            List.of("office", "chair", "sysadmin", "secadmin", "auditor", "principal001", "protector");

    /** The parameters of a door that reads them all as a map, and the fields of a form without a class of its own. */
    private static final Set<String> FREE =
            Set.of("view", "q", "school", "process", "overdue", "cursor", "sort", "size", "due", "text", "reason");

    private static final Set<String> HEADERS = Set.of(
            "User-Agent",
            "Referer",
            "Accept-Language",
            "Accept",
            "X-Forwarded-For",
            "X-Forwarded-Host",
            "X-Request-Id",
            "Idempotency-Key",
            "HX-Request",
            "HX-Current-URL",
            "HX-Prompt",
            "Cookie",
            "Origin",
            "If-None-Match",
            "Range");

    @Autowired
    private TestClient client;

    @Autowired
    private Collection<RequestMappingInfoHandlerMapping> mappings;

    @Autowired
    private JsonMapper json;

    private final List<String> all = InjectionCorpus.all();
    private final AtomicInteger requests = new AtomicInteger();
    private final Map<String, Integer> statuses = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();

    private record Door(String method, String path, Set<String> parameters, Class<?> body, boolean upload) {

        private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

        boolean takesSomething() {
            return body != null || !parameters.isEmpty() || !variables().isEmpty();
        }

        boolean isForm() {
            return method.equals("POST") && body == null;
        }

        List<String> variables() {
            List<String> names = new ArrayList<>();
            Matcher matcher = VARIABLE.matcher(path);
            while (matcher.find()) {
                names.add(matcher.group(1));
            }
            return names;
        }
    }

    @Test
    void whateverIsTypedAnywhereNothingRunsAndNothingBreaks() throws IOException {
        Path log = TestNotes.file("log");
        long before = Files.size(log);
        List<Door> doors = doors();
        assertThat(doors).hasSizeGreaterThan(60);
        int number = 0;
        for (Door door : doors) {
            String actor = actorOf(door);
            for (String variable : door.variables()) {
                for (String typed : some(number++)) {
                    send(actor, door, Map.of(variable, typed), Map.of(), Map.of());
                }
            }
            for (String parameter : door.parameters()) {
                for (String typed : some(number++)) {
                    send(actor, door, Map.of(), Map.of(parameter, typed), Map.of());
                }
            }
            if (door.body() != null) {
                for (List<String> field : fields(door.body(), List.of(), 0)) {
                    for (String typed : some(number++)) {
                        send(actor, door, Map.of(), Map.of(), body(field, typed));
                    }
                }
            }
        }
        for (String header : HEADERS) {
            for (String typed : some(number++)) {
                sendHeader(header, typed);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "Injection: %d requests to %d doors, answers %s%n",
                requests.get(),
                doors.size(),
                statuses);
        assertThat(wrong).isEmpty();
        assertThat(System.getProperty(InjectionCorpus.CANARY)).isNull();
        assertThat(Files.size(log)).as("what was refused is in the log").isGreaterThan(before);
        assertThat(writtenSince(log, before).lines().filter(line -> line.startsWith(InjectionCorpus.FORGED)))
                .as("no line of the log is what somebody typed")
                .isEmpty();
    }

    private static String writtenSince(Path log, long before) throws IOException {
        try (InputStream in = Files.newInputStream(log)) {
            in.skipNBytes(before);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private List<String> some(int number) {
        return InjectionCorpus.some(all, STEP, number + FIRST - 1);
    }

    private List<Door> doors() {
        Map<String, Door> doors = new TreeMap<>();
        for (RequestMappingInfoHandlerMapping mapping : mappings) {
            mapping.getHandlerMethods().forEach((info, method) -> add(doors, info, method));
        }
        LEFT_OUT.forEach(doors::remove);
        return doors.values().stream().filter(Door::takesSomething).toList();
    }

    private static void add(Map<String, Door> doors, RequestMappingInfo info, HandlerMethod handler) {
        Set<String> parameters = new LinkedHashSet<>();
        Class<?> body = null;
        boolean upload = false;
        for (MethodParameter parameter : handler.getMethodParameters()) {
            parameter.initParameterNameDiscovery(new org.springframework.core.DefaultParameterNameDiscoverer());
            Class<?> type = parameter.getParameterType();
            if (parameter.hasParameterAnnotation(RequestBody.class)) {
                body = type;
            } else if (type == MultipartFile.class) {
                upload = true;
            } else if (parameter.hasParameterAnnotation(RequestParam.class)) {
                if (Map.class.isAssignableFrom(type)) {
                    parameters.addAll(FREE);
                } else {
                    parameters.add(parameter.getParameterName());
                }
            } else if (parameter.hasParameterAnnotation(ModelAttribute.class)
                    || type.getName().startsWith("org.manyi")
                            && !parameter.hasParameterAnnotation(PathVariable.class)) {
                Arrays.stream(
                                type.isRecord()
                                        ? Arrays.stream(type.getRecordComponents())
                                                .map(RecordComponent::getName)
                                                .toArray(String[]::new)
                                        : Arrays.stream(BeanUtils.getPropertyDescriptors(type))
                                                .filter(property -> property.getWriteMethod() != null)
                                                .map(java.beans.PropertyDescriptor::getName)
                                                .toArray(String[]::new))
                        .forEach(parameters::add);
            }
        }
        Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
        for (String path : info.getPatternValues()) {
            for (RequestMethod method : methods.isEmpty() ? Set.of(RequestMethod.GET) : methods) {
                doors.put(method + " " + path, new Door(method.name(), path, parameters, body, upload));
            }
        }
    }

    /** Somebody whom the door lets in; the first of the list when it lets in nobody. */
    private String actorOf(Door door) {
        if (!door.method().equals("GET")) {
            // Asked with nothing in it, a door that lets somebody in answers anything but 403.
            for (String actor : ACTORS) {
                if (send(actor, door, Map.of(), Map.of(), Map.of()) != 403) {
                    return actor;
                }
            }
            return ACTORS.get(0);
        }
        return ACTORS.stream()
                .filter(actor -> send(actor, door, Map.of(), Map.of(), Map.of()) != 403)
                .findFirst()
                .orElse(ACTORS.get(0));
    }

    /** The way to each value of a body, through the records within it. */
    private static List<List<String>> fields(Class<?> type, List<String> way, int depth) {
        List<List<String>> fields = new ArrayList<>();
        if (!type.isRecord() || depth > 3) {
            return fields;
        }
        for (RecordComponent component : type.getRecordComponents()) {
            List<String> there = new ArrayList<>(way);
            there.add(component.getName());
            fields.add(there);
            fields.addAll(fields(component.getType(), there, depth + 1));
            if (Map.class.isAssignableFrom(component.getType())) {
                there = new ArrayList<>(there);
                there.add("note");
                fields.add(there);
            }
        }
        return fields;
    }

    private static Map<String, Object> body(List<String> way, Object value) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(way.get(0), way.size() == 1 ? value : body(way.subList(1, way.size()), value));
        return body;
    }

    private int send(
            String actor,
            Door door,
            Map<String, String> variables,
            Map<String, String> parameters,
            Map<String, Object> body) {
        String path = Door.VARIABLE
                .matcher(door.path().replace("/**", "/x"))
                .replaceAll(
                        found -> Matcher.quoteReplacement(encoded(variables.getOrDefault(found.group(1), "nothing"))));
        String form = parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
                .findFirst()
                .orElse("");
        TestClient.As as = client.as(actor);
        TestClient.Answer answer;
        if (door.upload()) {
            answer = as.upload(path + "?" + form, "x.csv", "编码,名称\nX,x\n".getBytes(StandardCharsets.UTF_8));
        } else if (door.isForm()) {
            answer = as.form(path, form);
        } else if (door.body() != null) {
            answer = as.post(path, escaped(body));
        } else {
            answer = as.send(door.method(), form.isEmpty() ? path : path + "?" + form);
        }
        return judge(door.method() + " " + door.path(), variables + " " + parameters + " " + body, answer.status());
    }

    private int judge(String door, String typed, int status) {
        requests.incrementAndGet();
        statuses.merge(status / 100 + "xx", 1, Integer::sum);
        // 503 with a time to come again is what a crowd at the login is told.
        if (status >= 500 && !(status == 503 && door.matches("POST /(login|login/code|api/v1/tokens)"))) {
            wrong.add(door + " " + typed.substring(0, Math.min(typed.length(), 160)) + " -> " + status);
        }
        return status;
    }

    private void sendHeader(String name, String typed) {
        String value = typed.replaceAll("[\r\n]", " ");
        TestSocket.Answer answer = TestSocket.send(
                client.baseUrl(),
                "GET /api/v1/tasks HTTP/1.1",
                "Host: localhost",
                "Connection: close",
                "Authorization: Bearer " + client.token("office"),
                name + ": " + value);
        judge("header " + name, typed, answer.status());
        assertThat(answer.headers()).doesNotContainKeys("Bcc", "FORGED");
    }

    /** Characters that are no text go as their escapes: a converter would put a question mark in their place. */
    private String escaped(Map<String, Object> body) {
        StringBuilder text = new StringBuilder();
        for (char c : json.writeValueAsString(body).toCharArray()) {
            text.append(c < 0x80 ? String.valueOf(c) : String.format("\\u%04x", (int) c));
        }
        return text.toString();
    }

    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        text.codePoints().forEach(point -> {
            byte[] bytes = point >= 0xd800 && point <= 0xdfff
                    ? new byte[] {
                        (byte) (0xe0 | point >> 12), (byte) (0x80 | point >> 6 & 0x3f), (byte) (0x80 | point & 0x3f)
                    }
                    : Character.toString(point).getBytes(StandardCharsets.UTF_8);
            for (byte b : bytes) {
                encoded.append(String.format("%%%02X", b & 0xff));
            }
        });
        return encoded.toString();
    }

    @Test
    void whatIsTakenIsKeptAndShownAsItWasTyped() {
        List<String> taken = new ArrayList<>();
        for (String typed : InjectionCorpus.some(all, Math.min(STEP, 6), FIRST - 1)) {
            TestClient.Answer raised = client.as("office")
                    .post(
                            "/api/v1/issues",
                            escaped(Map.of(
                                    "title", typed,
                                    "description", typed,
                                    "kind", "appeal",
                                    "source", "hotline",
                                    "category", "facilities",
                                    "severity", "low",
                                    "schoolCode", "S0003",
                                    "confirmNotDuplicate", true,
                                    "reporter", Map.of("name", "孙某", "phone", "13900000009"))));
            assertThat(raised.status()).as(typed).isIn(201, 400, 422);
            if (raised.status() != 201) {
                continue;
            }
            taken.add(typed);
            String number = raised.text("/number");
            JsonNode kept = client.as("office").get("/api/v1/issues/" + number).json();
            assertThat(kept.at("/title").asString()).as("as typed").isEqualToIgnoringWhitespace(typed);
            assertThat(kept.at("/description").asString()).isEqualToIgnoringWhitespace(typed);
            for (String path : List.of(
                    "/issues/" + number, "/tasks/" + kept.at("/tasks/0/id").asString())) {
                String page = client.as("office").get(path).body();
                assertThat(page)
                        .as(path)
                        .contains(HtmlUtils.htmlEscape(
                                typed.strip().lines().findFirst().orElse("").strip(), "UTF-8"));
                if (typed.matches("(?s).*<\\s*[a-zA-Z!/?].*")) {
                    assertThat(page).as(path).doesNotContain(typed);
                }
            }
        }
        assertThat(taken).hasSizeGreaterThan(all.size() / (STEP == 1 ? 4 : 20));
        assertThat(System.getProperty(InjectionCorpus.CANARY)).isNull();
    }

    @Test
    void whatNobodyMaySetIsNotTakenFromARequest() {
        Map<String, Object> report = new LinkedHashMap<>(Map.of(
                "title", "操场边的护栏松动",
                "description", "课间有学生倚靠",
                "kind", "appeal",
                "source", "hotline",
                "category", "facilities",
                "severity", "low",
                "schoolCode", "S0003",
                "confirmNotDuplicate", true,
                "reporter", Map.of("name", "孙某", "phone", "13900000009")));
        Map<String, Object> more = Map.ofEntries(
                Map.entry("id", 1),
                Map.entry("number", "2020-WT-00001"),
                Map.entry("version", 99),
                Map.entry("status", "closed"),
                Map.entry("card", "red"),
                Map.entry("round", 7),
                Map.entry("dueDate", "2099-01-01"),
                Map.entry("assignee", "principal003"),
                Map.entry("leadUnit", "S0001"),
                Map.entry("urgency", "critical"),
                Map.entry("createdBy", "chair"),
                Map.entry("closedAt", "2020-01-01T00:00:00+08:00"),
                Map.entry("roles", List.of("CHAIR")));
        report.putAll(more);

        TestClient.Answer raised = client.as("office").post("/api/v1/issues", report);

        assertThat(raised.status()).as(raised.body()).isEqualTo(201);
        JsonNode issue = raised.json();
        assertThat(issue.at("/number").asString()).isNotEqualTo("2020-WT-00001");
        assertThat(issue.at("/status").asString()).isEqualTo("triage");
        assertThat(issue.at("/card").asString()).isEqualTo("none");
        assertThat(issue.at("/round").asInt()).isZero();
        assertThat(issue.at("/version").asInt()).isLessThan(99);
        assertThat(issue.at("/dueDate").asString()).isNotEqualTo("2099-01-01");
        for (JsonNode task : issue.at("/tasks")) {
            assertThat(task.at("/assignee").asString("")).isNotEqualTo("principal003");
            String path = "/api/v1/tasks/" + task.at("/id").asString();
            Map<String, Object> completion = new LinkedHashMap<>(more);
            completion.put("version", task.at("/version").asInt());
            completion.put(
                    "values", Map.of("outcome", "reached", "note", "已联系", "status", "closed", "assignee", "chair"));
            if (task.at("/key").asString().equals("contactReporter")) {
                assertThat(client.as("office")
                                .post(path + "/complete", completion)
                                .status())
                        .isIn(200, 422);
            }
            Map<String, Object> remark = new LinkedHashMap<>(more);
            remark.put("text", "已转告");
            remark.put("author", "chair");
            assertThat(client.as("chair").post(path + "/comments", remark).status())
                    .isIn(201, 404, 409);
        }
        JsonNode after = client.as("office")
                .get("/api/v1/issues/" + issue.at("/number").asString())
                .json();
        assertThat(after.at("/status").asString()).isEqualTo("triage");
        assertThat(after.at("/card").asString()).isEqualTo("none");
    }
}
