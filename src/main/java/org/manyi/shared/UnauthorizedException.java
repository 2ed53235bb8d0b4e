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
}
