package org.manyi.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.bastiaanjansen.otp.TOTPGenerator;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.TestClient;
import org.manyi.TestDistrict;
import org.manyi.TestSession;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@ManyiTest
class SecondFactorPagesTests {

    private static final String OWN = "Own-choice-7";
    private static final Pattern SECRET = Pattern.compile("door-secret[^>]*>([A-Z2-7 ]+)<");
    private static final Pattern OFFER = Pattern.compile("name=\"offer\" value=\"([^\"]+)\"");
    private static final Pattern RECOVERY = Pattern.compile("<code>([A-Z2-9]{4}(?:-[A-Z2-9]{4}){3})</code>");

    @Autowired
    private TestClient client;

    @Autowired
    private StoredAccounts accounts;

    @Autowired
    private JdbcClient jdbc;

    private TestSession browser() {
        return new TestSession(client.baseUrl());
    }

    private void person(String username, Role role) {
        accounts.create(
                List.of(new Accounts.NewAccount(username, "管理员", null, null, role, OWN, false)), PasswordState.OWN);
    }

    private static String first(Pattern pattern, String body) {
        Matcher found = pattern.matcher(body);
        assertThat(found.find()).as(pattern.pattern()).isTrue();
        return found.group(1);
    }

    /** The code of the period that begins so many periods from now. */
    private static String code(String secret, int periods) {
        return TOTPGenerator.withDefaultValues(secret.getBytes(StandardCharsets.US_ASCII))
                .at(Instant.now().plusSeconds(30L * periods));
    }

    @Test
    void anAdministratorSetsItUpAtTheFirstLoginAndIsAskedForACodeAtTheNext() {
        person("factor-boss", Role.SECADMIN);
        TestSession browser = browser();
        browser.login("factor-boss", OWN);
        assertThat(browser.get("/accounts").headers().firstValue("Location")).contains("/second-factor");
        assertThat(browser.get("/api/v1/me").body()).contains("second-factor-enrolment-required");
        String page = browser.get("/second-factor").body();
        String secret = first(SECRET, page).replace(" ", "");
        String offer = first(OFFER, page);

        HttpResponse<String> wrong = browser.submit(
                "/second-factor", "/second-factor", Map.of("offer", offer, "password", OWN, "code", "12"));
        HttpResponse<String> done = browser.submit(
                "/second-factor", "/second-factor", Map.of("offer", offer, "password", OWN, "code", code(secret, 0)));

        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(first(SECRET, wrong.body()).replace(" ", "")).isEqualTo(secret);
        assertThat(done.statusCode()).isEqualTo(200);
        assertThat(browser.get("/accounts").statusCode()).isEqualTo(200);
        String recovery = first(RECOVERY, done.body());

        TestSession next = browser();
        HttpResponse<String> half = next.login("factor-boss", OWN);
        String halfSession = next.cookie("SESSION").orElseThrow();
        assertThat(half.headers().firstValue("Location").orElseThrow()).startsWith("/login/code");
        assertThat(next.get("/accounts").headers().firstValue("Location")).contains("/login/code");
        assertThat(next.get("/nothing").headers().firstValue("Location")).contains("/login/code");
        HttpResponse<String> me = next.get("/api/v1/me");
        assertThat(me.statusCode()).isEqualTo(401);
        assertThat(me.body()).contains("second-factor-required").doesNotContain("factor-boss");
        HttpResponse<String> refused =
                next.submit("/login/code", "/login/code", Map.of("code", "000000", "next", "/accounts"));
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).contains("验证码不正确").contains("value=\"/accounts\"");
        HttpResponse<String> in =
                next.submit("/login/code", "/login/code", Map.of("code", code(secret, 1), "next", "/accounts"));

        assertThat(in.headers().firstValue("Location")).contains("/accounts");
        assertThat(next.cookie("SESSION").orElseThrow()).isNotEqualTo(halfSession);
        assertThat(next.get("/accounts").statusCode()).isEqualTo(200);
        TestClient.Answer without = client.login("factor-boss", OWN);
        assertThat(without.status()).isEqualTo(401);
        assertThat(without.text("/code")).isEqualTo("second-factor-required");
        TestClient.Answer with = client.anonymous()
                .post("/api/v1/tokens", Map.of("username", "factor-boss", "password", OWN, "code", recovery));
        assertThat(with.status()).isEqualTo(200);
        assertThat(jdbc.sql(
                                "select event from audit_entry where object_key = 'factor-boss' and object_type = 'account' order by id")
                        .query(String.class)
                        .list())
                .containsSubsequence("SecondFactorEnrolled", "LoginFailed", "LoggedIn", "LoggedIn");
    }

    @Test
    void theSystemAdministratorHelpsASecurityAdministratorWhosePhoneIsGone() {
        person("factor-lost", Role.SECADMIN);
        TestSession lost = browser();
        lost.login("factor-lost", OWN);
        String page = lost.get("/second-factor").body();
        lost.submit(
                "/second-factor",
                "/second-factor",
                Map.of(
                        "offer",
                        first(OFFER, page),
                        "password",
                        OWN,
                        "code",
                        code(first(SECRET, page).replace(" ", ""), 0)));
        TestSession system = browser();
        system.login("sysadmin", TestDistrict.PASSWORD);
        assertThat(system.get("/administrators").body()).contains("factor-lost");

        HttpResponse<String> reset =
                system.submit("/administrators", "/administrators/factor-lost/second-factor", Map.of());

        assertThat(reset.statusCode()).isEqualTo(302);
        assertThat(lost.get("/accounts").statusCode()).isEqualTo(302);
        lost.login("factor-lost", OWN);
        assertThat(lost.get("/accounts").headers().firstValue("Location")).contains("/second-factor");
        assertThat(system.submit("/administrators", "/administrators/chair/second-factor", Map.of())
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void somebodyElseMayUseItAndGoBack() {
        person("factor-free", null);
        TestSession browser = browser();
        browser.login("factor-free", OWN);
        assertThat(browser.get("/account").body()).contains("启用动态验证码");
        String page = browser.get("/second-factor").body();
        String secret = first(SECRET, page).replace(" ", "");
        browser.submit(
                "/second-factor",
                "/second-factor",
                Map.of("offer", first(OFFER, page), "password", OWN, "code", code(secret, -1)));
        HttpResponse<String> codes =
                browser.submit("/second-factor", "/second-factor/recovery", Map.of("code", code(secret, 0)));
        assertThat(first(RECOVERY, codes.body())).isNotBlank();

        HttpResponse<String> removed =
                browser.submit("/second-factor", "/second-factor/remove", Map.of("code", code(secret, 1)));

        assertThat(removed.statusCode()).isEqualTo(302);
        assertThat(client.login("factor-free", OWN).status()).isEqualTo(200);
    }

    @Test
    void aSharedDemonstrationAccountIsToldWhyNot() {
        TestSession chair = browser();
        chair.login("chair", TestDistrict.PASSWORD);

        assertThat(chair.get("/second-factor").body()).contains("演示账号由大家共用");
    }
}
