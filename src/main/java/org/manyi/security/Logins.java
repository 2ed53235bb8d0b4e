package org.manyi.security;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.manyi.shared.MovableClock;
import org.manyi.shared.TryLaterException;
import org.manyi.shared.UnauthorizedException;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Checks a username and a password. Whoever is refused learns nothing: one text for a wrong password, an unknown name, a closed and a
 * locked account, after the same work.
 */
@Service
class Logins {

    /** The longest password looked at; none longer can have been chosen. */
    private static final int LONGEST = 1000;

    private static final String NOBODY = "?";

    private final AccountStore accounts;
    private final People people;
    private final LoginFailures failures;
    private final SecondFactors factors;
    private final PasswordHasher hasher;
    private final HashingGate gate;
    private final SecuritySettings settings;
    private final MovableClock business;
    private final Clock system;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;

    Logins(
            AccountStore accounts,
            People people,
            LoginFailures failures,
            SecondFactors factors,
            PasswordHasher hasher,
            HashingGate gate,
            SecuritySettings settings,
            MovableClock clock,
            ApplicationEventPublisher events,
            PlatformTransactionManager transactions) {
        this.accounts = accounts;
        this.people = people;
        this.failures = failures;
        this.factors = factors;
        this.hasher = hasher;
        this.gate = gate;
        this.settings = settings;
        this.business = clock;
        this.system = clock.system();
        this.events = events;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** What somebody comes in by. */
    enum Door {
        /** A page. */
        PAGE,
        /** The API's tokens. */
        TOKEN;

        String shown() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Lets somebody in; by a page as far as to the question for the code, where the account has a second factor.
     *
     * @param code of the second factor; null where none was given, as on pages, which ask for it afterwards
     * @param address the client's address, never null
     * @param device the person's own device as {@link KnownDevices} found it, null when it is a strange one
     * @throws UnauthorizedException when name and password are not those of an open account; with the code {@code
     *     second-factor-required} when they are, but the code of the second factor is missing or not good
     * @throws TryLaterException after too many failures from the address, or when the system is busy
     */
    Login login(String typedUsername, String typedPassword, String code, String address, String device, Door door) {
        refuseHastyAddress(address);
        String username = Usernames.normalise(typedUsername);
        String password = typedPassword == null ? "" : typedPassword;
        // Locks are looked at inside the gate, so that parallel guesses cannot all be made before the first is counted.
        LoginFailures.Subject subject = LoginFailures.Subject.of(username, device);
        return gate.pass(() -> check(username, password, code, address, subject, door));
    }

    /**
     * The second half of a login by page: the code.
     *
     * @param half what {@link #login} gave
     * @throws UnauthorizedException when the code is not good, was used before, or the account is locked
     * @throws TryLaterException as {@link #login}
     */
    Login complete(Login half, String code, String address, String device) {
        refuseHastyAddress(address);
        String username = half.user().username();
        LoginFailures.Subject subject = LoginFailures.Subject.of(username, device);
        return gate.pass(() -> {
            AccountRow account = accounts.find(username)
                    .filter(row -> row.active() && row.epoch() == half.epoch())
                    .orElseThrow(() -> new UnauthorizedException("security.login.refused"));
            checkCode(username, code, address, subject, Door.PAGE);
            noteEntry(username, account.passwordHash(), Door.PAGE);
            return of(account, Door.PAGE, true);
        });
    }

    private void refuseHastyAddress(String address) {
        Duration wait = failures.wait(address);
        if (!wait.isZero()) {
            throw TryLaterException.tooMany(wait);
        }
    }

    private Login check(
            String username, String password, String code, String address, LoginFailures.Subject subject, Door door) {
        AccountRow account =
                Usernames.isValid(username) ? accounts.find(username).orElse(null) : null;
        boolean usable =
                account != null && account.active() && password.length() <= LONGEST && !failures.isLocked(subject);
        String hash = account == null ? null : account.passwordHash();
        boolean right = hasher.matches(password.length() <= LONGEST ? password : "", hash);
        if (!usable || !right) {
            refuse(username, account != null, address, subject, door);
        }
        if (account.secondFactor()) {
            if (door == Door.PAGE) {
                // The failures stay: the right password alone must not give whoever guesses codes five new tries.
                return of(account, door, false);
            }
            if (code == null || code.isBlank()) {
                throw UnauthorizedException.secondFactor("security.code.missing");
            }
            checkCode(username, code, address, subject, door);
        }
        noteEntry(username, hasher.isOutdated(hash) ? hasher.hash(password) : hash, door);
        return of(account, door, true);
    }

    private void checkCode(String username, String code, String address, LoginFailures.Subject subject, Door door) {
        if (!failures.isLocked(subject) && factors.accepts(username, code)) {
            return;
        }
        noteFailure(username, true, address, subject, Map.of("door", door.shown(), "step", "code"));
        throw UnauthorizedException.secondFactor("security.code.refused");
    }

    private void noteEntry(String username, String hash, Door door) {
        transaction.executeWithoutResult(status -> {
            failures.forget(username);
            accounts.noteLogin(username, hash, system.instant());
            events.publishEvent(new SecurityEvent(
                    SecurityEvent.Kind.LOGGED_IN,
                    business.instant(),
                    username,
                    username,
                    Map.of("door", door.shown())));
        });
    }

    /**
     * The login of an account that came in before, as its row is now; null when it is closed or the login's epoch is over.
     *
     * @param codeGiven whether the second factor was passed, where there is one
     */
    Login renew(AccountRow account, int epoch, Door door, boolean codeGiven) {
        return account.active() && account.epoch() == epoch ? of(account, door, codeGiven) : null;
    }

    private Login of(AccountRow account, Door door, boolean codeGiven) {
        return new Login(people.of(account), account.epoch(), due(account, door, codeGiven));
    }

    private Login.Due due(AccountRow account, Door door, boolean codeGiven) {
        if (account.secondFactor() && !codeGiven) {
            return Login.Due.CODE;
        }
        boolean program = door == Door.TOKEN;
        boolean passwordDue = program
                ? account.programsMustChangePassword(system, settings.passwordMaxAge())
                : account.mustChangePassword(system, settings.passwordMaxAge());
        if (passwordDue) {
            return Login.Due.PASSWORD;
        }
        // The installer's password serves programs that set the system up, before anybody has come in by a page.
        boolean settingUp = program && account.passwordState() == PasswordState.INITIAL;
        return account.mustSetUpSecondFactor(settings.secondFactor()) && !settingUp
                ? Login.Due.ENROLMENT
                : Login.Due.NOTHING;
    }

    private void refuse(String username, boolean exists, String address, LoginFailures.Subject subject, Door door) {
        noteFailure(username, exists, address, subject, Map.of("door", door.shown()));
        throw new UnauthorizedException("security.login.refused");
    }

    private void noteFailure(
            String username,
            boolean exists,
            String address,
            LoginFailures.Subject subject,
            Map<String, Object> detail) {
        // What is no username may be a password typed into the wrong field, and so may a name nobody has: the trail
        // keeps neither.
        boolean locked = Usernames.isValid(username) && failures.note(subject);
        failures.noteAddress(address);
        String shown = exists ? username : NOBODY;
        events.publishEvent(
                new SecurityEvent(SecurityEvent.Kind.LOGIN_FAILED, business.instant(), null, shown, detail));
        if (locked && exists) {
            events.publishEvent(
                    new SecurityEvent(SecurityEvent.Kind.ACCOUNT_LOCKED, business.instant(), null, shown, Map.of()));
        }
    }
}
