package org.manyi.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.manyi.ManyiTest;
import org.manyi.TestClient;
import org.manyi.TestDistrict;
import org.manyi.TestSession;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@ManyiTest
class FrontDoorTests {

    private static final AtomicInteger PEOPLE = new AtomicInteger();
    private static final String OWN = "Own-choice-7";

    @Autowired
    private TestClient client;

    @Autowired
    private StoredAccounts accounts;

    @Autowired
    private AccountAdministration administration;

    @Autowired
    private CurrentUsers users;

    @Autowired
    private JdbcClient jdbc;

    private TestSession browser() {
        return new TestSession(client.baseUrl());
    }

    /** Somebody new with a password of the person's own choice. */
    private String person() {
        String username = "door" + PEOPLE.incrementAndGet();
        accounts.create(
                List.of(new Accounts.NewAccount(username, "门卫", null, null, null, OWN, false)), PasswordState.OWN);
        return username;
    }

    private void asSecurityAdministrator(Runnable work) {
        users.runAs("secadmin", () -> {
            work.run();
            return null;
        });
    }

    @Test
    void aTokenTellsWhoOneIs() {
        TestClient.Answer me = client.as("principal001").get("/api/v1/me");

        assertThat(me.status()).isEqualTo(200);
        assertThat(me.text("/username")).isEqualTo("principal001");
        assertThat(me.text("/roles/0")).isEqualTo("SCHOOL");
        assertThat(me.text("/posts/0/key")).isEqualTo("school:S0001:principal");
        assertThat(me.text("/posts/0/unit/code")).isEqualTo("S0001");
        assertThat(me.text("/posts/0/role")).isEqualTo("principal");
        assertThat(me.json().at("/posts/0/substitute").asBoolean()).isFalse();
    }

    @Test
    void aTokenIsGivenBackOnce() {
        String token = client.login("staff001", TestDistrict.PASSWORD).text("/token");
        TestClient.As program = client.anonymous().with("Authorization", "Bearer " + token);

        assertThat(program.get("/api/v1/me").status()).isEqualTo(200);
        assertThat(program.delete("/api/v1/tokens/current").status()).isEqualTo(204);
        assertThat(program.get("/api/v1/me").status()).isEqualTo(401);
    }

    @Test
    void aTokenHasItsEndAndIsStoredAsAHashOnly() {
        TestClient.Answer login = client.login("staff001", TestDistrict.PASSWORD);

        Duration life = Duration.between(
                Instant.now(),
                java.time.OffsetDateTime.parse(login.text("/expiresAt")).toInstant());
        assertThat(life).isBetween(Duration.ofMinutes(715), Duration.ofMinutes(721));
        assertThat(jdbc.sql("select count(*) from api_token where token_hash = :token")
                        .param("token", login.text("/token"))
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void aWrongPasswordAndAnUnknownNameGetTheSameAnswer() {
        TestClient.Answer wrong = client.login(person(), "Wrong-choice-7");
        TestClient.Answer unknown = client.login("nobody-at-all", "Wrong-choice-7");

        assertThat(wrong.status()).isEqualTo(unknown.status()).isEqualTo(401);
        assertThat(wrong.body()).isEqualTo(unknown.body()).contains("\"code\":\"unauthorized\"");
        assertThat(wrong.headers().getContentType()).hasToString("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1,2]", "{\"username\":{\"deep\":1},\"password\":\"x\"}", "null"})
    void whatIsNoLoginIsRefusedInTheContractsForm(String body) {
        TestClient.Answer answer =
                client.anonymous().with("Content-Type", "application/json").post("/api/v1/tokens", body);

        assertThat(answer.status()).isIn(400, 422);
        assertThat(answer.text("/code")).isIn("malformed", "validation");
        assertThat(answer.text("/type")).startsWith("urn:manyi:problem:");
        assertThat(answer.text("/title")).isNotBlank();
        assertThat(answer.text("/detail")).isNotBlank();
        assertThat(answer.json().at("/status").asInt()).isEqualTo(answer.status());
        assertThat(answer.json().at("/errors").isArray()).isTrue();
    }

    @Test
    void jsonThatIsTooDeepIsMalformed() {
        assertThat(deep(50).status()).as("read, and the password is wrong").isEqualTo(401);
        assertThat(deep(200).status()).isEqualTo(400);
        assertThat(client.anonymous()
                        .post("/api/v1/tokens", "{\"more\":" + "[".repeat(100_000))
                        .status())
                .isEqualTo(400);
    }

    private TestClient.Answer deep(int depth) {
        return client.anonymous()
                .post(
                        "/api/v1/tokens",
                        "{\"username\":\"nobody9\",\"password\":\"x\",\"more\":" + "[".repeat(depth) + "]".repeat(depth)
                                + "}");
    }

    @Test
    void aTypeThatIsNotReadIsNamedSo() {
        TestClient.Answer answer = client.anonymous().send("POST", "/api/v1/tokens");

        assertThat(answer.status()).isIn(400, 415);
        assertThat(answer.text("/code")).isIn("malformed", "unsupported-type");
    }

    @Test
    void aFieldThatIsMissingIsNamed() {
        TestClient.Answer answer = client.anonymous().post("/api/v1/tokens", Map.of("username", "chair"));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text("/errors/0/field")).isEqualTo("password");
        assertThat(answer.text("/errors/0/message")).isNotBlank();
    }

    @Test
    void problemsSpeakTheReadersLanguage() {
        assertThat(client.anonymous().get("/api/v1/me").text("/detail")).isEqualTo("请先登录。");
        assertThat(client.anonymous()
                        .with("Accept-Language", "en-GB,en;q=0.8")
                        .get("/api/v1/me")
                        .text("/detail"))
                .isEqualTo("Please log in first.");
        assertThat(client.anonymous()
                        .with("Accept-Language", "fr")
                        .get("/api/v1/me")
                        .text("/detail"))
                .isEqualTo("请先登录。");
    }

    @Test
    void aLoginLeadsToThePageThatWasAskedFor() {
        TestSession browser = browser();
        HttpResponse<String> asked = browser.get("/inbox?view=mine&q=%E5%8A%9E");
        String login = asked.headers().firstValue("Location").orElseThrow();

        assertThat(asked.statusCode()).isEqualTo(302);
        assertThat(login).startsWith("/login?next=");
        HttpResponse<String> in = browser.submit(
                login,
                "/login",
                Map.of("username", "chair", "password", TestDistrict.PASSWORD, "next", "/inbox?view=mine&q=%E5%8A%9E"));
        assertThat(in.statusCode()).isEqualTo(303);
        assertThat(in.headers().firstValue("Location")).contains("/inbox?view=mine&q=%E5%8A%9E");
        assertThat(browser.get("/account").statusCode()).isEqualTo(200);
    }

    @Test
    void theSecurityAdministratorCorrectsAPersonsParticularsWithoutSeeingThem() {
        String username = person();
        accounts.describe(username, "门卫", "13800001234", "door@example.org");
        TestSession admin = browser();
        admin.login("secadmin", TestDistrict.PASSWORD);
        String page = "/accounts/" + username;

        assertThat(admin.get(page).body())
                .contains("138****1234", "d****@example.org")
                .doesNotContain("13800001234");
        HttpResponse<String> bad =
                admin.submit(page, page, Map.of("name", "门卫甲", "phone", "", "email", "a@b.cn,evil@x.cn"));
        admin.submit(page, page, Map.of("name", "门卫甲", "phone", "", "email", "gate@example.org"));

        assertThat(bad.statusCode()).isEqualTo(422);
        Accounts.Account corrected = accounts.find(username).orElseThrow();
        assertThat(corrected.name()).isEqualTo("门卫甲");
        assertThat(corrected.phone()).isEqualTo("13800001234");
        assertThat(corrected.email()).isEqualTo("gate@example.org");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "//evil.example",
                "/\\evil.example",
                "javascript:alert(1)",
                "/login",
                "/api/v1/me"
            })
    void aLoginLeadsNowhereElse(String next) {
        HttpResponse<String> in = browser()
                .submit(
                        "/login",
                        "/login",
                        Map.of("username", "chair", "password", TestDistrict.PASSWORD, "next", next));

        assertThat(in.headers().firstValue("Location")).contains("/");
    }

    @Test
    void aRefusedLoginKeepsTheUsernameAndSaysWhatToDo() {
        HttpResponse<String> refused = browser().login("door-unknown", "Wrong-choice-7");

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).contains("value=\"door-unknown\"").contains("用户名或密码不正确");
        assertThat(refused.body()).doesNotContain("Wrong-choice-7");
    }

    @Test
    void whoeverLogsOutLeavesNothingInTheBrowser() {
        TestSession browser = browser();
        browser.login("chair", TestDistrict.PASSWORD);

        HttpResponse<String> answer = browser.submit("/account", "/logout", Map.of());

        assertThat(answer.headers().firstValue("Clear-Site-Data")).contains("\"storage\"");
    }

    @Test
    void aSessionIdCannotBeGuessed() {
        TestSession browser = browser();
        browser.login("chair", TestDistrict.PASSWORD);

        String id = new String(
                Base64.getDecoder().decode(browser.cookie("SESSION").orElseThrow()), StandardCharsets.US_ASCII);

        assertThat(Base64.getUrlDecoder().decode(id)).as("random bytes").hasSize(27);
    }

    @Test
    void aLiveSessionPlantedBeforeTheLoginEndsWithIt() {
        TestSession thief = browser();
        thief.login("deputy1", TestDistrict.PASSWORD);
        String planted = thief.cookie("SESSION").orElseThrow();
        TestSession victim = browser();
        victim.plant("SESSION", planted);

        victim.submit("/account", "/login", Map.of("username", "chair", "password", TestDistrict.PASSWORD));

        assertThat(victim.cookie("SESSION").orElseThrow()).isNotEqualTo(planted);
        assertThat(victim.get("/account").statusCode()).isEqualTo(200);
        assertThat(thief.get("/account").statusCode()).isEqualTo(302);
    }

    @Test
    void aSessionIdPlantedBeforeTheLoginIsWorthNothing() {
        TestSession victim = browser();
        victim.login("chair", TestDistrict.PASSWORD);
        String first = victim.cookie("SESSION").orElseThrow();
        TestSession thief = browser();
        thief.plant("SESSION", first);
        assertThat(thief.get("/account").statusCode()).isEqualTo(200);

        victim.submit("/account", "/logout", Map.of());
        assertThat(thief.get("/account").statusCode()).isEqualTo(302);
        TestSession planted = browser();
        planted.plant("SESSION", first);
        planted.login("chair", TestDistrict.PASSWORD);

        assertThat(planted.cookie("SESSION").orElseThrow()).isNotEqualTo(first);
        assertThat(thief.get("/account").statusCode()).isEqualTo(302);
    }

    @Test
    void aStrangerAtTheLoginPageLeavesNoSessionBehind() {
        TestSession browser = browser();
        browser.get("/login");
        browser.login("door-unknown", "x");

        assertThat(browser.cookie("SESSION")).isEmpty();
        assertThat(browser.cookie("CSRF")).isPresent();
    }

    @Test
    void aFormWithoutItsTokenOrWithAForeignOneChangesNothing() {
        TestSession browser = browser();
        browser.login("chair", TestDistrict.PASSWORD);
        TestSession other = browser();
        other.login("jijiao", TestDistrict.PASSWORD);
        other.get("/account");

        assertThat(browser.post("/account/language", "locale=en").statusCode()).isEqualTo(403);
        assertThat(browser.post("/account/language", "locale=en&_csrf=forged").statusCode())
                .isEqualTo(403);
        assertThat(browser.post(
                                "/account/language",
                                "locale=en",
                                "X-CSRF-TOKEN",
                                other.cookie("CSRF").orElseThrow())
                        .statusCode())
                .isEqualTo(403);
        assertThat(browser.post("/api/v1/tasks/1/claim", "").statusCode()).isEqualTo(403);
        assertThat(accounts.find("chair").orElseThrow().locale()).isEqualTo("zh");
    }

    @Test
    void theLanguageOfPagesAndMailsIsThePersons() {
        String username = person();
        TestSession browser = browser();
        browser.login(username, OWN);

        assertThat(browser.get("/account").body()).contains("lang=\"zh\"").contains("我的账号");
        browser.submit("/account", "/account/language", Map.of("locale", "en"));

        assertThat(browser.get("/account").body()).contains("lang=\"en\"").contains("My account");
        assertThat(accounts.find(username).orElseThrow().locale()).isEqualTo("en");
        assertThat(browser.get("/account?lang=zh").body()).contains("我的账号");
        assertThat(browser.get("/account").body()).contains("我的账号");
    }

    @Test
    void aClosedAccountIsOutAtOnce() {
        String username = person();
        TestSession browser = browser();
        browser.login(username, OWN);
        TestClient.As program = program(username);

        asSecurityAdministrator(() -> administration.deactivate(username));

        assertThat(browser.get("/account").statusCode()).isEqualTo(302);
        assertThat(program.get("/api/v1/me").status()).isEqualTo(401);
        assertThat(client.login(username, OWN).status()).isEqualTo(401);
        asSecurityAdministrator(() -> administration.reactivate(username));
        assertThat(browser.get("/account").statusCode()).isEqualTo(302);
        assertThat(client.login(username, OWN).status()).isEqualTo(200);
    }

    @Test
    void anotherRoleEndsWhatWasOpen() {
        String username = person();
        TestClient.As program = program(username);

        asSecurityAdministrator(() -> administration.changeRole(username, Role.AUDITOR));

        assertThat(program.get("/api/v1/me").status()).isEqualTo(401);
        TestClient.Answer asAuditor = client.login(username, OWN);
        assertThat(asAuditor.status()).isEqualTo(403);
        assertThat(asAuditor.text("/code")).isEqualTo("second-factor-enrolment-required");
    }

    private TestClient.As program(String username) {
        return client.anonymous()
                .with("Authorization", "Bearer " + client.login(username, OWN).text("/token"));
    }

    @Test
    void aNewPasswordEndsTheOtherSessionsAndTokensButNotThisOne() {
        String username = person();
        TestSession here = browser();
        here.login(username, OWN);
        TestSession there = browser();
        there.login(username, OWN);
        TestClient.As program = program(username);

        HttpResponse<String> changed = here.submit(
                "/password",
                "/password",
                Map.of("current", OWN, "password", "Better-choice-8", "again", "Better-choice-8"));

        assertThat(changed.statusCode()).isEqualTo(302);
        assertThat(here.get("/account").statusCode()).isEqualTo(200);
        assertThat(there.get("/account").statusCode()).isEqualTo(302);
        assertThat(program.get("/api/v1/me").status()).isEqualTo(401);
        assertThat(client.login(username, OWN).status()).isEqualTo(401);
        assertThat(client.login(username, "Better-choice-8").status()).isEqualTo(200);
    }

    @Test
    void withATemporaryPasswordNothingIsOpenButTheChange() {
        String username = person();
        String[] temporary = new String[1];
        asSecurityAdministrator(() -> temporary[0] = administration.resetPassword(username));
        TestSession browser = browser();
        browser.login(username, temporary[0]);

        assertThat(browser.get("/account").headers().firstValue("Location")).contains("/password");
        assertThat(browser.get("/api/v1/me").statusCode()).isEqualTo(403);
        assertThat(browser.get("/api/v1/me").body()).contains("password-change-required");
        assertThat(client.login(username, temporary[0]).status()).isEqualTo(403);
        HttpResponse<String> weak = browser.submit(
                "/password", "/password", Map.of("current", temporary[0], "password", "short", "again", "short"));
        assertThat(weak.statusCode()).isEqualTo(422);
        assertThat(weak.body()).contains("至少 8 个字符");
        browser.submit(
                "/password",
                "/password",
                Map.of("current", temporary[0], "password", "Better-choice-8", "again", "Better-choice-8"));

        assertThat(browser.get("/account").statusCode()).isEqualTo(200);
        assertThat(client.login(username, "Better-choice-8").status()).isEqualTo(200);
    }

    @Test
    void aLockedAccountIsShownAndUnlockedOnThePage() {
        String username = person();
        for (int i = 0; i < 5; i++) {
            client.login(username, "Wrong-choice-7");
        }
        assertThat(client.login(username, OWN).status()).isEqualTo(401);
        TestSession admin = browser();
        admin.login("secadmin", TestDistrict.PASSWORD);

        assertThat(admin.get("/accounts?q=" + username).body()).contains("已锁定");
        admin.submit("/accounts/" + username, "/accounts/" + username + "/unlock", Map.of());

        assertThat(admin.get("/accounts/" + username).body()).contains("已解除锁定").contains("正常");
        assertThat(client.login(username, OWN).status()).isEqualTo(200);
    }

    @Test
    void theSecurityAdministratorMakesAnAccountAndHandsItsPasswordOver() {
        String username = "door-new-" + PEOPLE.incrementAndGet();
        TestSession admin = browser();
        admin.login("secadmin", TestDistrict.PASSWORD);

        HttpResponse<String> bad = admin.submit(
                "/accounts/new", "/accounts", Map.of("username", "chair", "name", "", "phone", "", "email", ""));
        HttpResponse<String> made = admin.submit(
                "/accounts/new",
                "/accounts",
                Map.of("username", username, "name", "审计员", "phone", "", "email", "", "role", "AUDITOR"));

        assertThat(bad.statusCode()).isEqualTo(422);
        assertThat(bad.body()).contains("用户名 chair 已经有人使用").contains("请填写");
        assertThat(made.statusCode()).isEqualTo(200);
        java.util.regex.Matcher password =
                java.util.regex.Pattern.compile("<code[^>]*>([^<]+)</code>").matcher(made.body());
        assertThat(password.find()).isTrue();
        assertThat(browser().login(username, password.group(1)).statusCode()).isEqualTo(303);
        assertThat(admin.get("/accounts/secadmin").body()).contains("需由另一位安全管理员处理");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/login",
                "/account",
                "/nothing",
                "/audit",
                "/api/v1/me",
                "/api/v1/nothing",
                "/actuator/health",
                "/a;b",
                "/assets/none.js"
            })
    void everyAnswerCarriesTheProtectingHeaders(String path) {
        TestSession browser = browser();
        browser.login("chair", TestDistrict.PASSWORD);

        HttpResponse<String> answer = browser.get(path);

        assertThat(answer.headers().firstValue("Content-Security-Policy"))
                .contains(
                        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; media-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("Referrer-Policy")).contains("same-origin");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.headers().firstValue("Permissions-Policy")).isPresent();
        assertThat(answer.headers().firstValue("Cross-Origin-Opener-Policy")).contains("same-origin");
        assertThat(answer.headers().firstValue("Strict-Transport-Security")).isEmpty();
        assertThat(answer.headers().firstValue("X-Request-Id")).isPresent();
        assertThat(answer.headers().firstValue("Server")).isEmpty();
    }

    @Test
    void theSessionCookieIsForTheServerOnly() {
        TestSession browser = browser();

        List<String> set =
                browser.login("chair", TestDistrict.PASSWORD).headers().allValues("Set-Cookie");

        assertThat(set).anySatisfy(cookie -> assertThat(cookie)
                .startsWith("SESSION=")
                .contains("HttpOnly", "SameSite=Lax", "Path=/")
                .doesNotContain("Domain"));
    }

    @Test
    void aPartOfAPageSendsTheWholePageToTheLogin() {
        HttpResponse<String> part =
                browser().get("/inbox?cursor=x", "HX-Request", "true", "HX-Current-URL", "http://localhost/inbox?q=1");

        assertThat(part.statusCode()).isEqualTo(401);
        assertThat(part.headers().firstValue("HX-Redirect")).contains("/login?next=%2Finbox%3Fq%3D1");
    }

    @Test
    void whoTriesOutTheNumbersOfOthersStandsInTheTrail() {
        assertThat(client.as("principal001").get("/api/v1/issues/2031-WT-00042").status())
                .isEqualTo(404);

        assertThat(jdbc.sql(
                                "select count(*) from audit_entry where event = 'AccessRefused' and actor = 'principal001' and detail like :path")
                        .param("path", "%/api/v1/issues/2031-WT-00042%")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void anUploadThatIsSentAgainUnderItsKeyIsStoredOnce() {
        String key = "upload-" + PEOPLE.incrementAndGet();
        TestClient.As staff = client.as("staff001").with("Idempotency-Key", key);
        byte[] pdf = "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII);

        TestClient.Answer first = staff.upload("/api/v1/attachments", "report.pdf", pdf);
        TestClient.Answer again = staff.upload("/api/v1/attachments", "report.pdf", pdf);
        TestClient.Answer other = staff.upload("/api/v1/attachments", "other.pdf", pdf);

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.text("/code")).isEqualTo("idempotency-key-reused");
        assertThat(jdbc.sql("select executed from idempotency_key where client_key = :key")
                        .param("key", key)
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void whoKnocksWhereHeMayNotStandsInTheTrail() {
        assertThat(client.as("chair").get("/accounts/jijiao").status()).isEqualTo(403);

        assertThat(jdbc.sql(
                                "select detail from audit_entry where event = 'AccessRefused' and actor = 'chair' order by id desc fetch first 1 rows only")
                        .query(String.class)
                        .single())
                .contains("/accounts/jijiao");
    }

    @Test
    void theApiIsDescribedWithItsTokenAndItsRefusals() {
        TestClient.Answer docs = client.anonymous().get("/v3/api-docs");

        assertThat(docs.status()).isEqualTo(200);
        assertThat(docs.text("/paths/~1api~1v1~1me/get/summary")).isNotBlank();
        assertThat(docs.text("/components/securitySchemes/token/scheme")).isEqualTo("bearer");
        assertThat(docs.json().at("/components/schemas/Problem/properties/code").isObject())
                .isTrue();
        assertThat(docs.json().at("/paths/~1login").isMissingNode()).isTrue();
    }
}
