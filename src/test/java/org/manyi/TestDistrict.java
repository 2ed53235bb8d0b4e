package org.manyi;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.manyi.security.Accounts;
import org.manyi.security.Accounts.NewAccount;
import org.manyi.security.Role;
import org.manyi.spreadsheet.ImportKind;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Loads the organisation and the people of the demonstration district into the test context, through the importers; every
 * account, the administrators' too, has the password {@link #PASSWORD} and need not change it. Not where the demonstration itself is
 * loaded.
 */
@Component
@ConditionalOnBooleanProperty(name = "manyi.demo", havingValue = false)
public class TestDistrict implements InitializingBean, ApplicationListener<ApplicationReadyEvent> {

    /** The password of every account of the district. */
    public static final String PASSWORD = "Manyi-2026!";

    private final List<ImportKind> kinds;
    private final Accounts accounts;
    private final TransactionTemplate transactions;

    TestDistrict(List<ImportKind> kinds, Accounts accounts, TransactionTemplate transactions) {
        this.kinds = kinds;
        this.accounts = accounts;
        this.transactions = transactions;
    }

    /** Before the application would make administrators of its own, whose password has to be changed first. */
    @Override
    public void afterPropertiesSet() {
        accounts.create(Stream.of(Role.SYSADMIN, Role.SECADMIN, Role.AUDITOR)
                .map(role -> account(role.name().toLowerCase(Locale.ROOT), role.name(), null, null, role))
                .toList());
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        load("organisations");
        accounts.create(rows("users").stream()
                .filter(row -> !row.get("name").isEmpty())
                .map(row -> account(row.get("username"), row.get("name"), row.get("phone"), row.get("email"), null))
                .toList());
        load("users");
    }

    private static NewAccount account(String username, String name, String phone, String email, Role role) {
        return new NewAccount(username, name, phone, email, role, PASSWORD, true);
    }

    private void load(String kindName) {
        ImportKind kind = kind(kindName);
        List<ImportKind.Row> rows = rows(kindName);
        transactions.executeWithoutResult(status -> {
            List<ImportKind.RowProblem> problems = kind.check(rows);
            if (!problems.isEmpty()) {
                throw new IllegalStateException("The demonstration's " + kindName + " do not pass: " + problems);
            }
            kind.apply(rows, null, "test");
        });
    }

    private ImportKind kind(String name) {
        return kinds.stream()
                .filter(kind -> kind.kind().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The rows of a shipped file, its headers mapped to fields by their titles. */
    private List<ImportKind.Row> rows(String kindName) {
        String file = "demo/" + kindName + ".csv";
        try (Reader reader =
                        new InputStreamReader(new ClassPathResource(file).getInputStream(), StandardCharsets.UTF_8);
                CSVParser parser = CSVFormat.DEFAULT
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .get()
                        .parse(reader)) {
            List<ImportKind.Row> rows = new ArrayList<>();
            for (CSVRecord line : parser) {
                Map<String, String> values = new LinkedHashMap<>();
                kind(kindName).columns().stream()
                        .filter(column -> line.isMapped(column.title()))
                        .forEach(column -> values.put(column.field(), line.get(column.title())));
                rows.add(new ImportKind.Row(file, (int) line.getRecordNumber() + 1, values));
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
