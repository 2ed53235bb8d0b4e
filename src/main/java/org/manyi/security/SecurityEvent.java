package org.manyi.security;

import java.time.Instant;
import java.util.Map;
import org.manyi.shared.CaseEvent;

/**
 * News of an account: who came in, who was refused, whose rights changed.
 *
 * @param kind never null
 * @param at business time, never null
 * @param actor who did it; null for the system and for somebody who did not get in
 * @param account the username it is about; {@code ?} for a name that no account has, which may be a mistyped password
 * @param detail never null, no personal data, no password
 */
public record SecurityEvent(Kind kind, Instant at, String actor, String account, Map<String, Object> detail)
        implements CaseEvent {

    /** What happened; the trail keeps {@link #eventName()}. */
    public enum Kind {
        /** Came in by a page or took a token. */
        LOGGED_IN("LoggedIn"),
        /** Was refused. */
        LOGIN_FAILED("LoginFailed"),
        /** Left, or gave a token back. */
        LOGGED_OUT("LoggedOut"),
        /** Too many failures in a row. */
        ACCOUNT_LOCKED("AccountLocked"),
        /** The security administrator lifted a lock. */
        ACCOUNT_UNLOCKED("AccountUnlocked"),
        /** A new account. */
        ACCOUNT_CREATED("AccountCreated"),
        /** Name, phone or mail changed; what they were is not kept. */
        ACCOUNT_DESCRIBED("AccountDescribed"),
        /** Closed. */
        ACCOUNT_DEACTIVATED("AccountDeactivated"),
        /** Made by an import that was taken back, and never used. */
        ACCOUNT_REMOVED("AccountRemoved"),
        /** Opened again. */
        ACCOUNT_REACTIVATED("AccountReactivated"),
        /** Became one of the three administrators, or ceased to be. */
        ROLE_CHANGED("RoleChanged"),
        /** The person chose another password. */
        PASSWORD_CHANGED("PasswordChanged"),
        /** The security administrator handed out a new one. */
        PASSWORD_RESET("PasswordReset"),
        /** Set up the codes that a phone makes. */
        SECOND_FACTOR_ENROLLED("SecondFactorEnrolled"),
        /** Went back to the password alone. */
        SECOND_FACTOR_REMOVED("SecondFactorRemoved"),
        /** Another administrator took it away, since the phone is gone. */
        SECOND_FACTOR_RESET("SecondFactorReset"),
        /** New codes for the day the phone is gone; the former ones are void. */
        RECOVERY_CODES_RENEWED("RecoveryCodesRenewed"),
        /** Asked for what is not his, or not there. */
        ACCESS_REFUSED("AccessRefused"),
        /** Asked more often than one person may. */
        REQUESTS_LIMITED("RequestsLimited");

        private final String eventName;

        Kind(String eventName) {
            this.eventName = eventName;
        }

        /** The name in the trail; never null. */
        public String eventName() {
            return eventName;
        }
    }

    @Override
    public String caseNumber() {
        return account;
    }

    @Override
    public String objectType() {
        return "account";
    }

    @Override
    public String name() {
        return kind.eventName();
    }

    @Override
    public boolean success() {
        return kind != Kind.LOGIN_FAILED && kind != Kind.ACCESS_REFUSED && kind != Kind.REQUESTS_LIMITED;
    }
}
