package org.manyi.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.TestClient;
import org.manyi.TestDistrict;
import org.manyi.TestSession;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.server.PathContainer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;

class RequestLimitTests {

    /** How much is given back when, with a clock that the test moves. */
    @Nested
    class Budgets {

        private final SecurityFixture.Hands hands = new SecurityFixture.Hands();
        private final RequestBudgets budgets = new RequestBudgets(
                new RequestLimits(
                        new RequestLimits.Budget(60, 10),
                        Map.of(
                                "search",
                                new RequestLimits.Door("GET", List.of("/**"), "q", new RequestLimits.Budget(6, 2)),
                                "backup",
                                new RequestLimits.Door(
                                        "POST", List.of("/backups"), null, new RequestLimits.Budget(1, 1))),
                        Map.of(
                                "calendar",
                                new RequestLimits.Door(
                                        "GET",
                                        List.of("/calendar/{token}.ics"),
                                        null,
                                        new RequestLimits.Budget(60, 2)))),
                hands);

        private Duration ask(String person, String method, String path) {
            return budgets.take(person, new MockHttpServletRequest(method, path));
        }

        private Duration search(String words) {
            MockHttpServletRequest request = new MockHttpServletRequest("GET", "/issues");
            request.setParameter("q", words);
            return budgets.take("office", request);
        }

        @Test
        void whoAsksTooOftenWaitsAndNobodyElseDoes() {
            IntStream.range(0, 10)
                    .forEach(i -> assertThat(ask("office", "GET", "/inbox")).isZero());

            assertThat(ask("office", "GET", "/inbox")).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(1));
            assertThat(ask("chair", "GET", "/inbox")).isZero();
        }

        @Test
        void whatWasSpentComesBackWithTime() {
            IntStream.range(0, 11).forEach(i -> ask("office", "GET", "/inbox"));

            hands.move(Duration.ofSeconds(3));

            IntStream.range(0, 3)
                    .forEach(i -> assertThat(ask("office", "GET", "/inbox")).isZero());
            assertThat(ask("office", "GET", "/inbox")).isPositive();
        }

        @Test
        void aSearchCostsMoreThanAPageAndAnEmptyOneDoesNot() {
            assertThat(search("积水")).isZero();
            assertThat(search("积水")).isZero();

            assertThat(search("积水")).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(10));
            assertThat(search(" ")).isZero();
            assertThat(ask("office", "GET", "/issues")).isZero();
        }

        @Test
        void aDoorIsCountedByItsMethodAndPath() {
            assertThat(ask("sysadmin", "POST", "/backups")).isZero();

            assertThat(ask("sysadmin", "POST", "/backups")).isPositive();
            assertThat(ask("sysadmin", "GET", "/backups")).isZero();
            assertThat(ask("sysadmin", "POST", "/account")).isZero();
        }

        @Test
        void anAddressIsCountedAtTheDoorsForStrangersOnly() {
            MockHttpServletRequest fetch = new MockHttpServletRequest("HEAD", "/calendar/abc.ics");
            assertThat(budgets.takeOfStranger("192.0.2.1", fetch)).isZero();
            assertThat(budgets.takeOfStranger("192.0.2.1", fetch)).isZero();

            assertThat(budgets.takeOfStranger("192.0.2.1", fetch)).isPositive();
            assertThat(budgets.takeOfStranger("192.0.2.2", fetch)).isZero();
            assertThat(budgets.takeOfStranger("192.0.2.1", new MockHttpServletRequest("GET", "/login")))
                    .isZero();
        }

        @Test
        void thatSomebodyWasTurnedAwayIsNewsOnceAMinute() {
            assertThat(budgets.isNews("office")).isTrue();
            assertThat(budgets.isNews("office")).isFalse();
            assertThat(budgets.isNews("chair")).isTrue();

            hands.move(Duration.ofMinutes(1));

            assertThat(budgets.isNews("office")).isTrue();
        }
    }

    /** The settings as shipped: every path of a door is one that the policy has a line for, so that none is spelt wrong. */
    @Test
    void everyDoorOfTheSettingsIsADoorOfThePolicy() throws Exception {
        MutablePropertySources sources = new MutablePropertySources();
        for (PropertySource<?> source :
                new YamlPropertySourceLoader().load("shipped", new ClassPathResource("application.yaml"))) {
            sources.addLast(source);
        }
        RequestLimits shipped = new Binder(ConfigurationPropertySources.from(sources))
                .bind("manyi.limits", RequestLimits.class)
                .get();

        assertThat(shipped.doors()).containsOnlyKeys("search", "export", "workbook", "upload", "import", "backup");
        assertThat(shipped.strangers()).containsOnlyKeys("calendar");
        assertThat(Stream.concat(shipped.doors().values().stream(), shipped.strangers().values().stream()))
                .allSatisfy(door -> {
                    assertThat(door.budget().perMinute())
                            .isLessThan(shipped.everything().perMinute());
                    assertThat(door.paths())
                            .filteredOn(path -> !path.equals("/**"))
                            .allSatisfy(path -> assertThat(AccessPolicy.load()
                                            .methods(PathContainer.parsePath(path.replaceAll("[{}]", ""))))
                                    .contains(door.method()));
                });
    }

    /** The filter where it stands; the tests' settings hold a door so narrow that two requests are all it gives. */
    @Nested
    @ManyiTest
    class AtTheDoors {

        @Autowired
        private TestClient client;

        @Autowired
        private JdbcClient jdbc;

        private long told(String username) {
            return jdbc.sql("select count(*) from audit_entry where event = 'RequestsLimited' and actor = :actor")
                    .param("actor", username)
                    .query(Long.class)
                    .single();
        }

        @Test
        void aProgramIsToldWhenToComeAgainAndItsOwnerStandsInTheTrailOnce() {
            TestClient.As staff = client.as("staff011");
            assertThat(staff.get("/api/v1/me?narrow=1").status()).isEqualTo(200);
            assertThat(staff.get("/api/v1/me?narrow=1").status()).isEqualTo(200);

            TestClient.Answer refused = staff.get("/api/v1/me?narrow=1");
            staff.get("/api/v1/me?narrow=1");

            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.headers().getFirst("Content-Type")).isEqualTo("application/problem+json");
            assertThat(refused.text("/code")).isEqualTo("too-many-requests");
            assertThat(Integer.parseInt(refused.headers().getFirst("Retry-After")))
                    .isBetween(1, 60);
            assertThat(told("staff011")).isEqualTo(1);
            assertThat(staff.get("/api/v1/me").status()).isEqualTo(200);
            assertThat(client.as("staff012").get("/api/v1/me?narrow=1").status())
                    .isEqualTo(200);
        }

        @Test
        void pagesAndTokensOfAPersonAreCountedTogetherAndAPageSaysSo() {
            TestSession browser = new TestSession(client.baseUrl());
            browser.login("staff013", TestDistrict.PASSWORD);
            assertThat(browser.get("/account?narrow=1").statusCode()).isEqualTo(200);
            assertThat(client.as("staff013").get("/api/v1/me?narrow=1").status())
                    .isEqualTo(200);

            HttpResponse<String> refused = browser.get("/account?narrow=1", "Accept-Language", "zh");

            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(refused.body()).contains("lang=\"zh\"", "请求过于频繁");
            assertThat(browser.get("/account").statusCode()).isEqualTo(200);
        }

        @Test
        void aStrangerIsNotCounted() {
            IntStream.range(0, 5).forEach(i -> assertThat(
                            client.anonymous().get("/api/v1/me?narrow=1").status())
                    .isEqualTo(401));
        }
    }
}
