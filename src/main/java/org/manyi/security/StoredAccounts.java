package org.manyi.security;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.PersonalData;
import org.manyi.shared.ValidationException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
@Transactional
class StoredAccounts implements Accounts {

    private static final int LONGEST_NAME = 60;
    private static final Pattern PHONE = Pattern.compile("[+]?[0-9][0-9 -]{4,18}[0-9]");
    private static final Pattern EMAIL =
            Pattern.compile("[^@\\s\\p{Cntrl},;<>\"]{1,64}@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+");
    private static final int LONGEST_EMAIL = 254;

    private final AccountStore store;
    private final CurrentUsers users;
    private final PersonalData personalData;
    private final PasswordHasher hasher;
    private final PasswordRules rules;
    private final MovableClock business;
    private final Clock system;
    private final ApplicationEventPublisher events;
    private final boolean demonstration;

    StoredAccounts(
            AccountStore store,
            CurrentUsers users,
            PersonalData personalData,
            PasswordHasher hasher,
            PasswordRules rules,
            MovableClock clock,
            ApplicationEventPublisher events,
            @Value("${manyi.demo}") boolean demonstration) {
        this.store = store;
        this.users = users;
        this.personalData = personalData;
        this.hasher = hasher;
        this.rules = rules;
        this.business = clock;
        this.system = clock.system();
        this.events = events;
        this.demonstration = demonstration;
    }

    @Override
    public void create(Collection<NewAccount> accounts) {
        create(accounts, PasswordState.TEMPORARY);
    }

    /** As {@link #create(Collection)}; the passwords that are not the demonstration's get this state. */
    void create(Collection<NewAccount> accounts, PasswordState state) {
        List<FieldProblem> problems = problems(accounts, state);
        if (!problems.isEmpty()) {
            throw new ValidationException(problems);
        }
        Map<String, String> demonstrationHashes = new HashMap<>();
        Instant now = system.instant();
        List<AccountRow> rows = new ArrayList<>();
        for (NewAccount account : accounts) {
            rows.add(row(account, state, now, demonstrationHashes));
        }
        store.insert(rows, now);
        for (AccountRow row : rows) {
            publish(
                    SecurityEvent.Kind.ACCOUNT_CREATED,
                    row.username(),
                    row.role() == null ? Map.of() : Map.of("role", row.role().name()));
        }
    }

    private AccountRow row(
            NewAccount account, PasswordState state, Instant now, Map<String, String> demonstrationHashes) {
        String hash = null;
        PasswordState kept = PasswordState.NONE;
        if (account.password() != null) {
            kept = account.demonstration() ? PasswordState.DEMONSTRATION : state;
            // The demonstration's accounts share one well-known password: two hundred hashes of it would protect
            // nothing.
            hash = account.demonstration()
                    ? demonstrationHashes.computeIfAbsent(account.password(), hasher::hash)
                    : hasher.hash(account.password());
        }
        return new AccountRow(
                account.username(),
                account.name().strip(),
                personalData.encrypt(blankToNull(account.phone())),
                personalData.encrypt(blankToNull(account.email())),
                account.role(),
                "zh",
                true,
                hash,
                kept,
                hash == null ? null : now,
                0,
                false);
    }

    private List<FieldProblem> problems(Collection<NewAccount> accounts, PasswordState state) {
        List<FieldProblem> problems = new ArrayList<>();
        Set<String> existing =
                existing(accounts.stream().map(NewAccount::username).toList());
        Set<String> seen = new HashSet<>();
        for (NewAccount account : accounts) {
            String username = account.username();
            if (!Usernames.isValid(username)) {
                problems.add(FieldProblem.of("username", "format", "security.account.usernameFormat"));
            } else if (existing.contains(username) || !seen.add(username)) {
                problems.add(FieldProblem.of("username", "taken", "security.account.usernameTaken", username));
            }
            problems.addAll(problemsOf(account.name(), account.phone(), account.email()));
            if (account.role() != null && !account.role().isAdministrator()) {
                problems.add(FieldProblem.of("role", "choice", "shared.field.choice"));
            }
            if (account.password() != null && !account.demonstration()) {
                // The installer's password is changed at the first login; a weak one must not keep the system from
                // starting.
                rules.check("password", account.password(), username, account.name(), account.phone())
                        .filter(problem -> state != PasswordState.INITIAL
                                || !problem.code().equals("weak"))
                        .ifPresent(problems::add);
            }
        }
        return problems;
    }

    private static List<FieldProblem> problemsOf(String name, String phone, String email) {
        List<FieldProblem> problems = new ArrayList<>();
        if (name == null || name.isBlank()) {
            problems.add(FieldProblem.of("name", "required", "shared.field.required"));
        } else if (name.strip().length() > LONGEST_NAME) {
            problems.add(FieldProblem.of("name", "too-long", "shared.field.tooLong", LONGEST_NAME));
        }
        String number = blankToNull(phone);
        if (number != null && !PHONE.matcher(number).matches()) {
            problems.add(FieldProblem.of("phone", "format", "security.account.phoneFormat"));
        }
        String address = blankToNull(email);
        if (address != null
                && (address.length() > LONGEST_EMAIL || !EMAIL.matcher(address).matches())) {
            problems.add(FieldProblem.of("email", "format", "security.account.emailFormat"));
        }
        return problems;
    }

    @Override
    public void describe(String username, String name, String phone, String email) {
        List<FieldProblem> problems = problemsOf(name, phone, email);
        if (!problems.isEmpty()) {
            throw new ValidationException(problems);
        }
        if (!store.describe(
                username,
                name.strip(),
                personalData.encrypt(blankToNull(phone)),
                personalData.encrypt(blankToNull(email)))) {
            throw new NotFoundException();
        }
        publish(SecurityEvent.Kind.ACCOUNT_DESCRIBED, username, Map.of());
    }

    @Override
    public void useDemonstrationPassword(Collection<String> usernames, String password) {
        if (!demonstration) {
            throw new IllegalStateException("A well-known password is for the demonstration only");
        }
        store.setPasswords(usernames, hasher.hash(password), PasswordState.DEMONSTRATION, system.instant());
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Account> find(String username) {
        return store.listed(username).map(this::account);
    }

    @Override
    @Transactional(readOnly = true)
    public List<Account> findAll(Collection<String> usernames) {
        return store.findAll(usernames).stream().map(this::account).toList();
    }

    @Override
    @Transactional(readOnly = true)
    public Map<String, String> names(Collection<String> usernames) {
        return store.findAll(usernames).stream()
                .map(AccountStore.Listed::account)
                .collect(Collectors.toUnmodifiableMap(AccountRow::username, AccountRow::name));
    }

    @Override
    @Transactional(readOnly = true)
    public Set<String> existing(Collection<String> usernames) {
        return store.findAll(usernames).stream()
                .map(listed -> listed.account().username())
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    @Transactional(readOnly = true)
    public Set<String> unused(Collection<String> usernames) {
        return store.unused(usernames);
    }

    @Override
    public Set<String> removeUnused(Collection<String> usernames) {
        Set<String> removed = store.removeUnused(usernames);
        removed.forEach(username -> publish(SecurityEvent.Kind.ACCOUNT_REMOVED, username, Map.of()));
        return removed;
    }

    @Override
    public void deactivate(String username) {
        if (store.find(username).isEmpty()) {
            throw new NotFoundException();
        }
        if (store.setActive(username, false)) {
            publish(SecurityEvent.Kind.ACCOUNT_DEACTIVATED, username, Map.of());
        }
    }

    private Account account(AccountStore.Listed listed) {
        AccountRow row = listed.account();
        return new Account(
                row.username(),
                row.name(),
                personalData.decrypt(row.phone()),
                personalData.decrypt(row.email()),
                row.role(),
                row.locale(),
                row.active(),
                listed.lockedUntil() != null && listed.lockedUntil().isAfter(system.instant()));
    }

    private void publish(SecurityEvent.Kind kind, String username, Map<String, Object> detail) {
        events.publishEvent(new SecurityEvent(
                kind,
                business.instant(),
                users.find().map(CurrentUser::username).orElse(null),
                username,
                detail));
    }

    private static String blankToNull(String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
