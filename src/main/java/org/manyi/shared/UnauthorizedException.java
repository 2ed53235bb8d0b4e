package org.manyi.shared;

/** Nobody is logged in, or what was given to log in with is wrong; answers 401. */
public final class UnauthorizedException extends ProblemException {

    /**
     * Not logged in.
     *
     * @param messageKey the key of the text, never null; it must not tell whether the account exists
     */
    public UnauthorizedException(String messageKey, Object... args) {
        super(401, "unauthorized", messageKey, args);
    }

    private UnauthorizedException(String code, String messageKey) {
        super(401, code, messageKey);
    }

    /**
     * Name and password are right, but the code of the second factor is still missing, or not good.
     *
     * @param messageKey the key of the text, never null
     */
    public static UnauthorizedException secondFactor(String messageKey) {
        return new UnauthorizedException("second-factor-required", messageKey);
    }
}
