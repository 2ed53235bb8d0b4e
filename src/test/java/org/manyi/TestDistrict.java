package org.manyi;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.manyi.org.InitialPasswords;
import org.manyi.security.Accounts;
import org.manyi.security.Accounts.NewAccount;
import org.manyi.security.Role;
import org.manyi.spreadsheet.ImportKind;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Loads the organisation and the people of the demonstration district into the test context, through the importers; every
 * account has the password {@link #PASSWORD}.
 */
@Component
class TestDistrict implements ApplicationListener<ApplicationReadyEvent> {

    /** The password of every account of the district. */
    static final String PASSWORD = "Manyi-2026!";

    private final List<ImportKind> kinds;
    private final InitialPasswords passwords;
    private final Accounts accounts;
    private final TransactionTemplate transactions;

    TestDistrict(
            List<ImportKind> kinds, InitialPasswords passwords, Accounts accounts, TransactionTemplate transactions) {
        this.kinds = kinds;
        this.passwords = passwords;
        this.accounts = accounts;
        this.transactions = transactions;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        passwords.demonstration(PASSWORD, () -> {
            load("organisations");
            load("users");
            return null;
        });
        accounts.create(Stream.of(Role.SYSADMIN, Role.SECADMIN, Role.AUDITOR)
                .map(role -> new NewAccount(
                        role.name().toLowerCase(java.util.Locale.ROOT), role.name(), null, null, role, PASSWORD, true))
                .filter(account -> accounts.find(account.username()).isEmpty())
                .toList());
    }

    private void load(String kindName) {
        ImportKind kind = kinds.stream()
                .filter(candidate -> candidate.kind().equals(kindName))
                .findFirst()
                .orElseThrow();
        List<ImportKind.Row> rows = rows("demo/" + kindName + ".csv", kind);
        transactions.executeWithoutResult(status -> {
            List<ImportKind.RowProblem> problems = kind.check(rows);
            if (!problems.isEmpty()) {
                throw new IllegalStateException("The demonstration's " + kindName + " do not pass: " + problems);
            }
            kind.apply(rows, null, "test");
        });
    }

    /** The rows of a shipped file, its headers mapped to fields by their titles. */
    static List<ImportKind.Row> rows(String file, ImportKind kind) {
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
                kind.columns().forEach(column -> values.put(column.field(), line.get(column.title())));
                rows.add(new ImportKind.Row(file, (int) line.getRecordNumber() + 1, values));
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
