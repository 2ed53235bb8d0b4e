package org.manyi.security;

import org.manyi.shared.ValidationException;
import org.springframework.stereotype.Component;

/** Asks who is at work for the present password again; guesses at a session left open count like guesses at the door. */
@Component
class OwnPassword {

    private final LoginFailures failures;
    private final PasswordHasher hasher;

    OwnPassword(LoginFailures failures, PasswordHasher hasher) {
        this.failures = failures;
        this.hasher = hasher;
    }

    /**
     * Costs a hash: only behind {@link HashingGate}.
     *
     * @throws ValidationException on the field when it is not right, or the account is locked
     */
    void require(String field, AccountRow row, String typed) {
        LoginFailures.Subject subject = LoginFailures.Subject.account(row.username());
        if (failures.isLocked(subject) || !hasher.matches(typed == null ? "" : typed, row.passwordHash())) {
            failures.note(subject);
            throw ValidationException.of(field, "wrong", "security.password.wrong");
        }
    }
}
