package org.manyi.security;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.manyi.shared.Count;
import org.manyi.shared.Cursor;
import org.manyi.shared.ForbiddenException;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.PersonalData;
import org.manyi.shared.Slice;
import org.manyi.shared.ValidationException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
@Transactional
class StoredAccountAdministration implements AccountAdministration {

    /** Without letters and digits that look alike, since it is read out and typed. */
    private static final String LOWER = "abcdefghjkmnpqrstuvwxyz";

    private static final String UPPER = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    private static final String DIGITS = "23456789";

    private final AccountStore store;
    private final StoredAccounts accounts;
    private final LoginFailures failures;
    private final SecondFactors factors;
    private final PasswordHasher hasher;
    private final PersonalData personalData;
    private final CurrentUsers users;
    private final ObjectProvider<PostDirectory> posts;
    private final MovableClock business;
    private final Clock system;
    private final ApplicationEventPublisher events;
    private final SecureRandom random = new SecureRandom();

    StoredAccountAdministration(
            AccountStore store,
            StoredAccounts accounts,
            LoginFailures failures,
            SecondFactors factors,
            PasswordHasher hasher,
            PersonalData personalData,
            CurrentUsers users,
            ObjectProvider<PostDirectory> posts,
            MovableClock clock,
            ApplicationEventPublisher events) {
        this.store = store;
        this.accounts = accounts;
        this.failures = failures;
        this.factors = factors;
        this.hasher = hasher;
        this.personalData = personalData;
        this.users = users;
        this.posts = posts;
        this.business = clock;
        this.system = clock.system();
        this.events = events;
    }

    @Override
    @Transactional(readOnly = true)
    public Slice<Line> list(String text, String cursor, int size) {
        Cursor from = Cursor.decode(cursor, 1);
        List<Line> lines = store.page(text, from == null ? "" : from.parts().get(0), size + 1).stream()
                .map(this::line)
                .toList();
        Count count = Count.ofLimited(store.count(text, Count.CAP + 1));
        return Slice.of(lines, size, line -> Cursor.of(line.username()), count);
    }

    @Override
    @Transactional(readOnly = true)
    public Card card(String username) {
        AccountStore.Listed listed = store.listed(username).orElseThrow(NotFoundException::new);
        return new Card(
                line(listed),
                PersonalData.maskPhone(personalData.decrypt(listed.account().phone())),
                maskEmail(personalData.decrypt(listed.account().email())),
                posts.getObject().postsOf(username));
    }

    @Override
    public String create(String username, String name, String phone, String email, Role role) {
        String password = oneTimePassword();
        accounts.create(List.of(
                new Accounts.NewAccount(Usernames.normalise(username), name, phone, email, role, password, false)));
        return password;
    }

    @Override
    public void describe(String username, String name, String phone, String email) {
        AccountRow row = store.find(username).orElseThrow(NotFoundException::new);
        accounts.describe(
                username,
                name,
                phone == null ? personalData.decrypt(row.phone()) : phone,
                email == null ? personalData.decrypt(row.email()) : email);
    }

    @Override
    public String resetPassword(String username) {
        AccountRow account = other(username);
        if (account.passwordState() == PasswordState.DEMONSTRATION) {
            // Everybody shares it: one visitor must not shut out the others.
            throw new ForbiddenException("security.account.shared");
        }
        boolean tookSecondFactor = factors.resetBy(username)
                .filter(users.require().username()::equals)
                .isPresent();
        if (account.role() != null && tookSecondFactor) {
            throw new ForbiddenException("security.account.twoHands");
        }
        String password = oneTimePassword();
        store.setPassword(username, hasher.hash(password), PasswordState.TEMPORARY, system.instant());
        failures.forget(username);
        publish(SecurityEvent.Kind.PASSWORD_RESET, username, Map.of());
        return password;
    }

    @Override
    @Transactional(readOnly = true)
    public List<Line> administrators() {
        return store.administrators().stream().map(this::line).toList();
    }

    @Override
    public void resetSecondFactor(String username) {
        AccountRow account = other(username);
        boolean mayHandOutPasswords = users.require().is(Role.SECADMIN);
        if (account.role() == null && !mayHandOutPasswords) {
            throw new NotFoundException();
        }
        if (account.role() != null && mayHandOutPasswords && account.passwordState() == PasswordState.TEMPORARY) {
            throw new ForbiddenException("security.account.twoHands");
        }
        if (!account.secondFactor()) {
            throw new NotFoundException();
        }
        factors.reset(username, users.require().username());
        store.raiseEpoch(username);
        publish(SecurityEvent.Kind.SECOND_FACTOR_RESET, username, Map.of());
    }

    @Override
    public void unlock(String username) {
        other(username);
        failures.forget(username);
        publish(SecurityEvent.Kind.ACCOUNT_UNLOCKED, username, Map.of());
    }

    @Override
    public void deactivate(String username) {
        other(username);
        accounts.deactivate(username);
    }

    @Override
    public void reactivate(String username) {
        other(username);
        if (store.setActive(username, true)) {
            publish(SecurityEvent.Kind.ACCOUNT_REACTIVATED, username, Map.of());
        }
    }

    @Override
    public void changeRole(String username, Role role) {
        AccountRow account = other(username);
        if (role != null && !role.isAdministrator()) {
            throw ValidationException.of("role", "choice", "shared.field.choice");
        }
        if (role != null && !posts.getObject().postsOf(username).isEmpty()) {
            throw ValidationException.of("role", "holds-posts", "security.account.holdsPosts");
        }
        if (account.role() != role) {
            store.setRole(username, role);
            publish(
                    SecurityEvent.Kind.ROLE_CHANGED,
                    username,
                    Map.of("from", shown(account.role()), "to", shown(role)));
        }
    }

    private AccountRow other(String username) {
        if (users.require().username().equals(username)) {
            throw new ForbiddenException("security.account.own");
        }
        return store.find(username).orElseThrow(NotFoundException::new);
    }

    private Line line(AccountStore.Listed listed) {
        AccountRow account = listed.account();
        Instant lockedUntil = listed.lockedUntil();
        return new Line(
                account.username(),
                account.name(),
                account.role(),
                account.active(),
                account.passwordHash() != null,
                account.secondFactor(),
                lockedUntil != null && lockedUntil.isAfter(system.instant()) ? lockedUntil : null,
                listed.lastLoginAt());
    }

    private void publish(SecurityEvent.Kind kind, String username, Map<String, Object> detail) {
        events.publishEvent(
                new SecurityEvent(kind, business.instant(), users.require().username(), username, detail));
    }

    /** Four groups of three, in all classes the rules ask for. */
    private String oneTimePassword() {
        return pick(UPPER, 3) + "-" + pick(LOWER, 3) + "-" + pick(DIGITS, 3) + "-" + pick(LOWER, 3) + pick(UPPER, 3);
    }

    private String pick(String from, int count) {
        StringBuilder picked = new StringBuilder();
        for (int i = 0; i < count; i++) {
            picked.append(from.charAt(random.nextInt(from.length())));
        }
        return picked.toString();
    }

    static String maskEmail(String email) {
        if (email == null) {
            return null;
        }
        int at = email.indexOf('@');
        return at < 1 ? "****" : email.charAt(0) + "****" + email.substring(at);
    }

    private static String shown(Role role) {
        return role == null ? "none" : role.name();
    }
}
