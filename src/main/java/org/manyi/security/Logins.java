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
            PasswordHasher hasher,
            HashingGate gate,
            SecuritySettings settings,
            MovableClock clock,
            ApplicationEventPublisher events,
            PlatformTransactionManager transactions) {
        this.accounts = accounts;
        this.people = people;
        this.failures = failures;
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
     * Lets somebody in.
     *
     * @param address the client's address, never null
     * @param device the person's own device as {@link KnownDevices} found it, null when it is a strange one
     * @throws UnauthorizedException when name and password are not those of an open account
     * @throws TryLaterException after too many failures from the address, or when the system is busy
     */
    Login login(String typedUsername, String typedPassword, String address, String device, Door door) {
        Duration wait = failures.wait(address);
        if (!wait.isZero()) {
            throw TryLaterException.tooMany(wait);
        }
        String username = Usernames.normalise(typedUsername);
        String password = typedPassword == null ? "" : typedPassword;
        // Locks are looked at inside the gate, so that parallel guesses cannot all be made before the first is counted.
        LoginFailures.Subject subject = device == null
                ? LoginFailures.Subject.account(username)
                : LoginFailures.Subject.device(username, device);
        return gate.pass(() -> check(username, password, address, subject, door));
    }

    private Login check(String username, String password, String address, LoginFailures.Subject subject, Door door) {
        AccountRow account =
                Usernames.isValid(username) ? accounts.find(username).orElse(null) : null;
        boolean usable =
                account != null && account.active() && password.length() <= LONGEST && !failures.isLocked(subject);
        String hash = account == null ? null : account.passwordHash();
        boolean right = hasher.matches(password.length() <= LONGEST ? password : "", hash);
        if (!usable || !right) {
            refuse(username, account != null, address, subject, door);
        }
        String kept = hasher.isOutdated(hash) ? hasher.hash(password) : hash;
        transaction.executeWithoutResult(status -> {
            failures.forget(username);
            accounts.noteLogin(username, kept, system.instant());
            events.publishEvent(new SecurityEvent(
                    SecurityEvent.Kind.LOGGED_IN,
                    business.instant(),
                    username,
                    username,
                    Map.of("door", door.shown())));
        });
        return of(account, door);
    }

    /** The login of an account that came in before, as its row is now; null when it is closed or the login's epoch is over. */
    Login renew(AccountRow account, int epoch, Door door) {
        return account.active() && account.epoch() == epoch ? of(account, door) : null;
    }

    private Login of(AccountRow account, Door door) {
        boolean due = door == Door.TOKEN
                ? account.programsMustChangePassword(system, settings.passwordMaxAge())
                : account.mustChangePassword(system, settings.passwordMaxAge());
        return new Login(people.of(account), account.epoch(), due);
    }

    private void refuse(String username, boolean exists, String address, LoginFailures.Subject subject, Door door) {
        // What is no username may be a password typed into the wrong field, and so may a name nobody has: the trail
        // keeps neither.
        boolean locked = Usernames.isValid(username) && failures.note(subject);
        failures.noteAddress(address);
        String shown = exists ? username : NOBODY;
        events.publishEvent(new SecurityEvent(
                SecurityEvent.Kind.LOGIN_FAILED, business.instant(), null, shown, Map.of("door", door.shown())));
        if (locked && exists) {
            events.publishEvent(
                    new SecurityEvent(SecurityEvent.Kind.ACCOUNT_LOCKED, business.instant(), null, shown, Map.of()));
        }
        throw new UnauthorizedException("security.login.refused");
    }
}
