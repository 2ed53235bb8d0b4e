package org.manyi.security;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.manyi.shared.FieldProblem;
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
class StoredOwnAccount implements OwnAccount {

    private final AccountStore store;
    private final CurrentUsers users;
    private final OwnPassword own;
    private final PasswordHasher hasher;
    private final PasswordRules rules;
    private final HashingGate gate;
    private final SecuritySettings settings;
    private final PersonalData personalData;
    private final MovableClock business;
    private final Clock system;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;

    StoredOwnAccount(
            AccountStore store,
            CurrentUsers users,
            OwnPassword own,
            PasswordHasher hasher,
            PasswordRules rules,
            HashingGate gate,
            SecuritySettings settings,
            PersonalData personalData,
            MovableClock clock,
            ApplicationEventPublisher events,
            PlatformTransactionManager transactions) {
        this.store = store;
        this.users = users;
        this.own = own;
        this.hasher = hasher;
        this.rules = rules;
        this.gate = gate;
        this.settings = settings;
        this.personalData = personalData;
        this.business = clock;
        this.system = clock.system();
        this.events = events;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public Card card() {
        AccountRow row = row();
        return new Card(
                row.username(),
                row.name(),
                PersonalData.maskPhone(personalData.decrypt(row.phone())),
                StoredAccountAdministration.maskEmail(personalData.decrypt(row.email())),
                row.locale(),
                row.passwordState() == PasswordState.DEMONSTRATION);
    }

    @Override
    public void changePassword(String current, String password) {
        AccountRow row = row();
        if (row.passwordState() == PasswordState.DEMONSTRATION) {
            // Everybody knows it and shares it: one visitor must not shut out the others.
            throw new ForbiddenException("security.password.demonstration");
        }
        String hash = gate.pass(() -> hashOfNew(row, current, password));
        transaction.executeWithoutResult(status -> {
            store.setPassword(row.username(), hash, PasswordState.OWN, system.instant());
            events.publishEvent(new SecurityEvent(
                    SecurityEvent.Kind.PASSWORD_CHANGED, business.instant(), row.username(), row.username(), Map.of()));
        });
    }

    private String hashOfNew(AccountRow row, String current, String password) {
        own.require("current", row, current);
        rules.check("password", password, row.username(), row.name(), personalData.decrypt(row.phone()))
                .ifPresent(StoredOwnAccount::refuse);
        List<String> former = store.formerPasswords(row.username(), settings.passwordHistory() - 1);
        if (hasher.matches(password, row.passwordHash())
                || former.stream().anyMatch(hash -> hasher.matches(password, hash))) {
            refuse(FieldProblem.of("password", "used", "security.password.used", settings.passwordHistory()));
        }
        return hasher.hash(password);
    }

    private static void refuse(FieldProblem problem) {
        throw new ValidationException(List.of(problem));
    }

    @Override
    public void changeLocale(String locale) {
        if (!Set.of("zh", "en").contains(String.valueOf(locale))) {
            throw ValidationException.of("locale", "choice", "shared.field.choice");
        }
        store.setLocale(row().username(), locale);
    }

    private AccountRow row() {
        return store.find(users.require().username()).orElseThrow(NotFoundException::new);
    }
}
