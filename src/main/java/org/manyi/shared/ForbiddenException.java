package org.manyi.shared;

/** What is visible to the asker, but not his right to do. */
public final class ForbiddenException extends ProblemException {

    /**
     * Visible, not allowed.
     *
     * @param messageKey the key of the text that says whose right it is, never null
     */
    public ForbiddenException(String messageKey, Object... args) {
        super(403, "forbidden", messageKey, args);
    }

    private ForbiddenException(String code, String messageKey) {
        super(403, code, messageKey);
    }

    /** Nothing is open before the second factor, which is required of this account, has been set up. */
    public static ForbiddenException secondFactorDue() {
        return new ForbiddenException("second-factor-enrolment-required", "shared.problem.secondFactorDue");
    }

    /** Nothing is open before the password has been changed. */
    public static ForbiddenException passwordDue() {
        return new ForbiddenException("password-change-required", "shared.problem.passwordDue");
    }
}
