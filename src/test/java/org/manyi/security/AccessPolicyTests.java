package org.manyi.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.TestClient;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.server.PathContainer;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** Who passes which door: once a build, for no database has a say in it. */
@ManyiTest
@Tag("once")
class AccessPolicyTests {

    /** Files of the front end have a resource handler, not a mapping. */
    private static final Set<String> FILES = Set.of("GET /assets/**");

    /**
     * Doors whose handler itself answers an empty form with 401 or 403: a login without a name, a password that all share, a phone
     * for all of them.
     */
    private static final Set<String> ANSWERED_SO = Set.of("POST /login", "POST /password", "POST /second-factor");

    /** Somebody of every role. */
    private static final Map<String, Role> ACTORS = new LinkedHashMap<>();

    static {
        ACTORS.put("chair", Role.CHAIR);
        ACTORS.put("deputy2", Role.DEPUTY);
        ACTORS.put("leader1", Role.LEADER);
        ACTORS.put("protector", Role.PROTECTOR);
        ACTORS.put("jijiao", Role.DEPARTMENT);
        ACTORS.put("district1", Role.DISTRICT);
        ACTORS.put("principal001", Role.SCHOOL);
        ACTORS.put("inspector1", Role.INSPECTOR);
        ACTORS.put("body1", Role.LIAISON);
        ACTORS.put("sysadmin", Role.SYSADMIN);
        ACTORS.put("secadmin", Role.SECADMIN);
        ACTORS.put("auditor", Role.AUDITOR);
    }

    @Autowired
    private AccessPolicy policy;

    @Autowired
    private Collection<RequestMappingInfoHandlerMapping> mappings;

    @Autowired
    private TestClient client;

    @Autowired
    private CurrentUsers users;

    @Test
    void everyMappingHasItsLineAndEveryLineItsMapping() {
        Set<String> lines = policy.lines().stream()
                .map(AccessPolicyTests::door)
                .filter(line -> !FILES.contains(line))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(lines).containsExactlyElementsOf(mapped());
    }

    @Test
    void theActorsOfTheSweepAreWhatTheyAreTakenFor() {
        ACTORS.forEach((username, role) ->
                assertThat(users.byUsername(username).roles()).as(username).contains(role));
        assertThat(ACTORS.values()).containsExactly(Role.values());
    }

    @Test
    void everybodyPassesExactlyTheDoorsThatThePolicyOpens() {
        List<String> wrong = new ArrayList<>();
        for (AccessPolicy.Line line : policy.lines()) {
            if (FILES.contains(door(line)) || ANSWERED_SO.contains(door(line))) {
                continue;
            }
            for (String username : ACTORS.keySet()) {
                int status = knock(client.as(username), line).status();
                if (line.path().equals("/api/v1/tokens/current") || line.path().equals("/logout")) {
                    client.forget(username);
                }
                Set<Role> roles = users.byUsername(username).roles();
                boolean refused = status == 401 || status == 403;
                boolean expected = !line.has(AccessPolicy.Group.NOBODY)
                        && (line.admits(roles) || line.has(AccessPolicy.Group.LOOPBACK));
                if (line.has(AccessPolicy.Group.NOBODY) ? status != 404 : refused == expected) {
                    wrong.add(username + " " + door(line) + " -> " + status);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void aStrangerPassesThePublicDoorsOnly() {
        List<String> wrong = new ArrayList<>();
        for (AccessPolicy.Line line : policy.lines()) {
            if (FILES.contains(door(line))) {
                continue;
            }
            TestClient.Answer answer = knock(client.anonymous(), line);
            boolean open = line.has(AccessPolicy.Group.PUBLIC) || line.has(AccessPolicy.Group.LOOPBACK);
            if (open == isSentToLogin(line, answer)) {
                wrong.add(door(line) + " -> " + answer.status());
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** The API says 401; a page leads to the login, or, when a form comes without its token, is refused before that. */
    private static boolean isSentToLogin(AccessPolicy.Line line, TestClient.Answer answer) {
        if (line.path().startsWith("/api/")) {
            return answer.status() == 401 && !line.path().equals("/api/v1/tokens");
        }
        boolean toLogin = answer.status() == 302
                && String.valueOf(answer.headers().getLocation()).startsWith("/login");
        return toLogin
                || answer.status() == 403
                        && !line.method().equals("GET")
                        && !line.path().equals("/login");
    }

    @Test
    void theAuditorImportsNothing() {
        byte[] file = "x".getBytes(StandardCharsets.UTF_8);
        for (String kind : List.of("users", "organisations")) {
            assertThat(client.as("auditor")
                            .upload("/api/v1/imports/" + kind, kind + ".csv", file)
                            .status())
                    .as(kind)
                    .isEqualTo(403);
        }
    }

    @Test
    void whatHasNoLineIsNotThere() {
        assertThat(client.as("chair").get("/api/v1/nothing").status()).isEqualTo(404);
        assertThat(client.as("chair").get("/nothing").status()).isEqualTo(404);
        assertThat(client.as("sysadmin").get("/actuator/env").status()).isEqualTo(404);
        assertThat(client.as("sysadmin").get("/actuator").status()).isEqualTo(404);
        assertThat(client.anonymous().get("/api/v1/nothing").status()).isEqualTo(401);
    }

    @Test
    void pathTricksOpenNothing() {
        for (String path : List.of(
                "/accounts;a=b",
                "/accounts/",
                "//accounts",
                "/ACCOUNTS",
                "/%61ccounts",
                "/accounts%2f",
                "/x/../accounts",
                "/accounts.html",
                "/login/../accounts",
                "/api/v1/me;x/../../../accounts")) {
            assertThat(client.as("chair").get(path).status()).as(path).isIn(400, 403, 404);
            assertThat(client.anonymous().get(path).status()).as(path).isIn(302, 400, 401);
        }
    }

    private TestClient.Answer knock(TestClient.As as, AccessPolicy.Line line) {
        String path = line.path()
                .replace("/**", "/db")
                .replace("{jobId}", "4d1c2b")
                .replaceAll("\\{(id|batchId)}", "999999999")
                .replace("{number}", "2026-WT-99999")
                .replaceAll("\\{[a-zA-Z]+}", "nothing");
        return as.send(line.method().equals("ANY") ? "GET" : line.method(), path);
    }

    private static String door(AccessPolicy.Line line) {
        return line.method() + " " + line.path();
    }

    private Set<String> mapped() {
        Set<String> mapped = new TreeSet<>();
        for (RequestMappingInfoHandlerMapping mapping : mappings) {
            mapping.getHandlerMethods().keySet().forEach(info -> mapped.addAll(doors(info)));
        }
        return mapped;
    }

    private static List<String> doors(RequestMappingInfo info) {
        Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
        return info.getPatternValues().stream()
                .flatMap(path -> methods.isEmpty()
                        ? Stream.of("ANY " + path)
                        : methods.stream().map(method -> method + " " + path))
                .toList();
    }

    @Test
    void aHeadRequestIsJudgedLikeAGet() {
        assertThat(policy.find("HEAD", PathContainer.parsePath("/audit")))
                .isEqualTo(policy.find("GET", PathContainer.parsePath("/audit")));
        assertThat(client.as("chair").send("HEAD", "/audit").status()).isEqualTo(403);
    }

    @Test
    void theOtherMethodsOfAPathAreNamed() {
        TestClient.Answer answer = client.as("chair").send("PUT", "/api/v1/me");

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.headers().getFirst("Allow")).isEqualTo("GET");
        assertThat(answer.text("/code")).isEqualTo("method-not-allowed");
    }
}
