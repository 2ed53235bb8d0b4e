package org.manyi.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.manyi.shared.ForbiddenException;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.PersonalData;
import org.manyi.shared.ValidationException;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Service
class StoredSecondFactor implements SecondFactor {

    private static final Duration OFFER_STANDS = Duration.ofMinutes(30);
    private static final String SEPARATOR = "\n";

    private final AccountStore store;
    private final SecondFactors factors;
    private final OwnPassword password;
    private final CurrentUsers users;
    private final LoginFailures failures;
    private final HashingGate gate;
    private final SecuritySettings settings;
    private final PersonalData seal;
    private final MovableClock business;
    private final Clock system;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;

    StoredSecondFactor(
            AccountStore store,
            SecondFactors factors,
            OwnPassword password,
            CurrentUsers users,
            LoginFailures failures,
            HashingGate gate,
            SecuritySettings settings,
            PersonalData seal,
            MovableClock clock,
            ApplicationEventPublisher events,
            PlatformTransactionManager transactions) {
        this.store = store;
        this.factors = factors;
        this.password = password;
        this.users = users;
        this.failures = failures;
        this.gate = gate;
        this.settings = settings;
        this.seal = seal;
        this.business = clock;
        this.system = clock.system();
        this.events = events;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public State state() {
        AccountRow row = row();
        return new State(
                row.secondFactor(),
                row.isAskedForSecondFactor(settings.secondFactor()),
                isPossible(row),
                row.secondFactor() ? factors.recoveryCodesLeft(row.username()) : 0);
    }

    @Override
    public Offer offer() {
        AccountRow row = possible();
        return offer(row.username(), factors.newSecret(), system.instant());
    }

    @Override
    public Offer offerAgain(String sealed) {
        AccountRow row = possible();
        return opened(sealed, row.username())
                .map(kept -> offer(row.username(), kept.secret(), kept.at()))
                .orElseGet(this::offer);
    }

    private Offer offer(String username, String secret, Instant at) {
        String content = String.join(SEPARATOR, username, secret, String.valueOf(at.getEpochSecond()));
        return new Offer(secret, SecondFactors.address(secret, username), seal.encrypt(content));
    }

    private record Kept(String secret, Instant at) {}

    private Optional<Kept> opened(String sealed, String username) {
        try {
            String[] parts = seal.decrypt(sealed == null ? "" : sealed).split(SEPARATOR);
            if (parts.length != 3 || !parts[0].equals(username)) {
                return Optional.empty();
            }
            Instant at = Instant.ofEpochSecond(Long.parseLong(parts[2]));
            return at.plus(OFFER_STANDS).isBefore(system.instant())
                    ? Optional.empty()
                    : Optional.of(new Kept(parts[1], at));
        } catch (IllegalStateException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    @Override
    public List<String> enrol(String sealed, String typedPassword, String code) {
        AccountRow row = possible();
        Kept kept = opened(sealed, row.username())
                .orElseThrow(() -> ValidationException.of("code", "expired", "security.code.offerExpired"));
        gate.pass(() -> {
            password.require("password", row, typedPassword);
            return null;
        });
        long period = factors.periodOf(kept.secret(), code)
                .orElseThrow(() -> ValidationException.of("code", "wrong", "security.code.wrong"));
        return transaction.execute(status -> {
            factors.store(row.username(), kept.secret(), period);
            store.raiseEpoch(row.username());
            publish(SecurityEvent.Kind.SECOND_FACTOR_ENROLLED, row);
            return factors.newRecoveryCodes(row.username());
        });
    }

    @Override
    public List<String> renewRecoveryCodes(String code) {
        AccountRow row = row();
        requireCode(row, code);
        return transaction.execute(status -> {
            publish(SecurityEvent.Kind.RECOVERY_CODES_RENEWED, row);
            return factors.newRecoveryCodes(row.username());
        });
    }

    @Override
    public void remove(String code) {
        AccountRow row = row();
        if (row.isAskedForSecondFactor(settings.secondFactor())) {
            throw new ForbiddenException("security.code.keep");
        }
        requireCode(row, code);
        transaction.executeWithoutResult(status -> {
            factors.remove(row.username());
            store.raiseEpoch(row.username());
            publish(SecurityEvent.Kind.SECOND_FACTOR_REMOVED, row);
        });
    }

    /** Guesses at a session left open count like guesses at the door. */
    private void requireCode(AccountRow row, String code) {
        LoginFailures.Subject subject = LoginFailures.Subject.account(row.username());
        gate.pass(() -> {
            if (failures.isLocked(subject) || !factors.accepts(row.username(), code)) {
                failures.note(subject);
                throw ValidationException.of("code", "wrong", "security.code.wrong");
            }
            return null;
        });
    }

    private AccountRow possible() {
        AccountRow row = row();
        if (!isPossible(row)) {
            throw new ForbiddenException("security.code.shared");
        }
        return row;
    }

    private static boolean isPossible(AccountRow row) {
        return row.passwordState() != PasswordState.DEMONSTRATION;
    }

    private void publish(SecurityEvent.Kind kind, AccountRow row) {
        events.publishEvent(new SecurityEvent(kind, business.instant(), row.username(), row.username(), Map.of()));
    }

    private AccountRow row() {
        return store.find(users.require().username()).orElseThrow(NotFoundException::new);
    }
}
