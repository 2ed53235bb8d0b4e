package org.manyi.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.manyi.shared.CaseEvent;
import org.manyi.shared.MovableClock;
import org.manyi.shared.PersonalData;
import org.springframework.beans.factory.support.GenericBeanDefinition;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** The room alone: its tables in an H2 of its own, a system clock that the test moves, hashes that take no time. */
final class SecurityFixture implements AutoCloseable {

    static final SecuritySettings SETTINGS = new SecuritySettings(
            50,
            Duration.ofDays(90),
            5,
            5,
            Duration.ofMinutes(30),
            Duration.ofHours(4),
            20,
            Duration.ofHours(12),
            Duration.ofHours(12),
            SecuritySettings.SecondFactorFor.ADMINISTRATORS);

    /** A clock that stands until it is moved. */
    static final class Hands extends Clock {

        private Instant now = Instant.parse("2026-03-02T01:00:00Z");

        void move(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return MovableClock.ZONE;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    final Hands hands = new Hands();
    final List<CaseEvent> events = new ArrayList<>();
    final Map<String, List<HeldPost>> posts = new HashMap<>();
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    SecurityFixture(Class<?>... more) {
        DataSource source = new DriverManagerDataSource(
                "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000", "sa", "");
        new ResourceDatabasePopulator(
                        new ClassPathResource("db/migration/V3_1__security_accounts.sql"),
                        new ClassPathResource("db/migration/V3_2__security_sessions.sql"),
                        new ClassPathResource("db/migration/V3_3__security_idempotency.sql"),
                        new ClassPathResource("db/migration/V3_4__security_second_factor.sql"))
                .execute(source);
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "test",
                        Map.of(
                                "manyi.key", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
                                "manyi.data", "unused",
                                "manyi.demo", "false")));
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasenames("messages/shared", "messages/security");
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        JdbcTransactionManager transactions = new JdbcTransactionManager(source);
        context.registerBean("messageSource", ResourceBundleMessageSource.class, () -> messages);
        context.registerBean(JdbcClient.class, () -> JdbcClient.create(source));
        context.registerBean(NamedParameterJdbcTemplate.class, () -> new NamedParameterJdbcTemplate(source));
        context.registerBean(PlatformTransactionManager.class, () -> transactions);
        context.registerBean(MovableClock.class, () -> new MovableClock(hands));
        context.registerBean(SecuritySettings.class, () -> SETTINGS);
        context.registerBean(PostDirectory.class, () -> username -> posts.getOrDefault(username, List.of()));
        register(
                PersonalData.class,
                AccountStore.class,
                People.class,
                ContextCurrentUsers.class,
                LoginFailures.class,
                PasswordRules.class,
                PasswordHasher.class,
                HashingGate.class,
                SecondFactors.class,
                OwnPassword.class,
                StoredSecondFactor.class,
                Logins.class,
                ApiTokens.class,
                IdempotencyKeys.class,
                IdempotencyMark.class,
                StoredAccounts.class,
                StoredAccountAdministration.class,
                StoredOwnAccount.class);
        register(more);
        context.addApplicationListener(event -> {
            if (event instanceof org.springframework.context.PayloadApplicationEvent<?> payload
                    && payload.getPayload() instanceof CaseEvent news) {
                events.add(news);
            }
        });
        context.refresh();
        transactions.addListener(get(IdempotencyMark.class));
    }

    private void register(Class<?>... classes) {
        for (Class<?> type : classes) {
            GenericBeanDefinition definition = new GenericBeanDefinition();
            definition.setBeanClass(type);
            definition.setAutowireMode(GenericBeanDefinition.AUTOWIRE_CONSTRUCTOR);
            context.registerBeanDefinition(type.getName(), definition);
        }
    }

    <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    /** An open account with this password, chosen by the person. */
    void person(String username, String password) {
        get(StoredAccounts.class)
                .create(
                        List.of(new Accounts.NewAccount(
                                username, "王小明", "13800001234", "wang@example.org", null, password, false)),
                        PasswordState.OWN);
    }

    List<String> eventNames() {
        return events.stream().map(CaseEvent::name).toList();
    }

    @Override
    public void close() {
        context.close();
    }
}
