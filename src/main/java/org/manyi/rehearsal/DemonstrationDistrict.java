package org.manyi.rehearsal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.manyi.mail.Outbox;
import org.manyi.security.Accounts;
import org.manyi.security.Accounts.NewAccount;
import org.manyi.security.CurrentUsers;
import org.manyi.security.Role;
import org.manyi.spreadsheet.ImportBatch;
import org.manyi.spreadsheet.Imports;
import org.springframework.context.MessageSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The demonstration district: the people and units through the importers, then two years of work through the services, on a clock that
 * starts in the past and ends at the present. Its mails are written and never sent.
 */
@Component
class DemonstrationDistrict {

    private static final String PASSWORD = "Manyi-2026!";

    private final StoryTeller stories;
    private final YearTeller years;
    private final Rehearsal rehearsal;
    private final ClockKeeper keeper;
    private final Outbox outbox;
    private final Accounts accounts;
    private final CurrentUsers users;
    private final JdbcClient jdbc;
    private final Imports imports;
    private final MessageSource messages;

    DemonstrationDistrict(
            StoryTeller stories,
            YearTeller years,
            Rehearsal rehearsal,
            ClockKeeper keeper,
            Outbox outbox,
            Accounts accounts,
            CurrentUsers users,
            JdbcClient jdbc,
            Imports imports,
            MessageSource messages) {
        this.stories = stories;
        this.years = years;
        this.rehearsal = rehearsal;
        this.keeper = keeper;
        this.outbox = outbox;
        this.accounts = accounts;
        this.users = users;
        this.jdbc = jdbc;
        this.imports = imports;
        this.messages = messages;
    }

    /**
     * Fills an empty database as if the district had worked until now; whoever calls it has taken the clock, and the clock is left where
     * the telling ended.
     *
     * @param now where everything ends, never null
     */
    void fill(Instant now) {
        List<Story> told = issues();
        int longest =
                told.stream().mapToInt(story -> story.number("day", 0)).max().orElse(0);
        Instant firstIssue = now.minus(Duration.ofDays(longest));
        Instant firstYear = years.begins(now);
        keeper.set((firstYear.isBefore(firstIssue) ? firstYear : firstIssue).minus(Duration.ofDays(2)));
        outbox.suppressing(() -> {
            organisation();
            Turns turns = new Turns();
            stories.join(turns, told, now);
            years.join(turns, now);
            turns.play(rehearsal, now);
            return null;
        });
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
    private static List<Story> issues() {
        try (InputStream file = new ClassPathResource("demo/issues.yaml").getInputStream()) {
            List<Map<String, Object>> facts =
                    (List<Map<String, Object>>) new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
            return facts.stream().map(Story::new).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
