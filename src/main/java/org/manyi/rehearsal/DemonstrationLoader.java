package org.manyi.rehearsal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.manyi.engine.EngineJobs;
import org.manyi.mail.Outbox;
import org.manyi.security.Accounts;
import org.manyi.security.Accounts.NewAccount;
import org.manyi.security.CurrentUsers;
import org.manyi.security.Role;
import org.manyi.shared.MovableClock;
import org.manyi.spreadsheet.ImportBatch;
import org.manyi.spreadsheet.Imports;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.MessageSource;
import org.springframework.context.event.EventListener;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Loads the demonstration district into an empty database: the people and units through the importers, then some weeks of work
 * through the services, on a clock that starts in the past and ends at the present. Its mails are written and never sent.
 */
@Component
@ConditionalOnBooleanProperty(name = "manyi.demo")
@ConditionalOnBooleanProperty(name = "manyi.serving", matchIfMissing = true)
class DemonstrationLoader {

    private static final Logger log = LoggerFactory.getLogger(DemonstrationLoader.class);
    private static final String PASSWORD = "Manyi-2026!";

    private final Demonstration demonstration;
    private final StoryTeller teller;
    private final ClockKeeper keeper;
    private final MovableClock clock;
    private final EngineJobs jobs;
    private final Outbox outbox;
    private final Accounts accounts;
    private final CurrentUsers users;
    private final JdbcClient jdbc;
    private final Imports imports;
    private final MessageSource messages;

    DemonstrationLoader(
            Demonstration demonstration,
            StoryTeller teller,
            ClockKeeper keeper,
            MovableClock clock,
            EngineJobs jobs,
            Outbox outbox,
            Accounts accounts,
            CurrentUsers users,
            JdbcClient jdbc,
            Imports imports,
            MessageSource messages) {
        this.demonstration = demonstration;
        this.teller = teller;
        this.keeper = keeper;
        this.clock = clock;
        this.jobs = jobs;
        this.outbox = outbox;
        this.accounts = accounts;
        this.users = users;
        this.jdbc = jdbc;
        this.imports = imports;
        this.messages = messages;
    }

    /**
     * Loads in a thread of its own, so that the server answers (not yet healthy) while it works. Of several nodes that start together one
     * loads: the one that takes the clock.
     */
    @EventListener(ApplicationReadyEvent.class)
    void loadOnce() {
        if (isLoaded()) {
            return;
        }
        if (keeper.take()) {
            begin();
        } else {
            inBackground(this::beginWhenTheOtherNodeDies);
        }
    }

    /** Asked until the database answers: people who come the moment the server listens may hold all its connections. */
    private boolean isLoaded() {
        while (true) {
            try {
                return demonstration
                        .state()
                        .filter(Demonstration.State.LOADED::equals)
                        .isPresent();
            } catch (CannotGetJdbcConnectionException e) {
                log.warn("Whether the demonstration is loaded cannot be seen yet: {}", e.getMessage());
            }
        }
    }

    private void beginWhenTheOtherNodeDies() {
        while (!keeper.take()) {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
        }
        if (demonstration.state().filter(Demonstration.State.LOADED::equals).isPresent()) {
            keeper.release();
        } else {
            begin();
        }
    }

    private void begin() {
        boolean interrupted = demonstration.state().isPresent();
        if (interrupted || !demonstration.isDatabaseEmpty()) {
            keeper.release();
            if (interrupted) {
                log.error(
                        "Loading the demonstration was interrupted earlier. Empty the database (on H2: remove the data directory) "
                                + "and start again.");
            }
            return;
        }
        demonstration.begin();
        inBackground(this::load);
    }

    private void inBackground(Runnable work) {
        Thread loader = new Thread(work, "demonstration");
        loader.setDaemon(true);
        loader.setUncaughtExceptionHandler((thread, e) -> log.error("The demonstration could not be loaded", e));
        loader.start();
    }

    void load() {
        Instant started = clock.system().instant();
        List<Story> stories = stories();
        int longest =
                stories.stream().mapToInt(story -> story.number("day", 0)).max().orElse(0);
        try {
            jobs.awaitQuiet();
            keeper.set(started.minus(Duration.ofDays(longest + 2L)));
            outbox.suppressing(() -> {
                organisation();
                teller.tell(stories, started);
                return null;
            });
            keeper.set(Duration.ZERO);
            demonstration.complete();
            log.info(
                    "The demonstration is loaded: {} issues in {} s",
                    stories.size(),
                    Duration.between(started, clock.system().instant()).toSeconds());
        } finally {
            keeper.set(Duration.ZERO);
            keeper.release();
        }
    }

    private void organisation() {
        accounts.create(Stream.of(Role.SYSADMIN, Role.SECADMIN, Role.AUDITOR)
                .map(this::administrator)
                .toList());
        load("organisations");
        load("users");
        accounts.useDemonstrationPassword(
                jdbc.sql("select username from account").query(String.class).list(), PASSWORD);
    }

    private NewAccount administrator(Role role) {
        String username = role.name().toLowerCase(Locale.ROOT);
        String name = messages.getMessage("security.role." + role, null, Locale.SIMPLIFIED_CHINESE);
        return new NewAccount(username, name, null, null, role, PASSWORD, true);
    }

    private void load(String kind) {
        users.runAs("sysadmin", () -> {
            String name = kind + ".csv";
            try (InputStream file = new ClassPathResource("demo/" + name).getInputStream()) {
                ImportBatch batch = imports.receive(kind, name, file, ImportBatch.Purpose.APPLY, users.require());
                if (batch.status() != ImportBatch.Status.APPLIED) {
                    throw new IllegalStateException("The demonstration's " + name + " was not applied: "
                            + imports.errors(batch.id(), 5, users.require()));
                }
                return batch;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @SuppressWarnings("unchecked")
    private static List<Story> stories() {
        try (InputStream file = new ClassPathResource("demo/issues.yaml").getInputStream()) {
            List<Map<String, Object>> facts =
                    (List<Map<String, Object>>) new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
            return facts.stream().map(Story::new).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
