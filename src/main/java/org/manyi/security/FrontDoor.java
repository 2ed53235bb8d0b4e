package org.manyi.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;

/** Coming in and going out, for people at a browser and for programs. */
public interface FrontDoor {

    /**
     * A token, shown this once.
     *
     * @param value never null
     * @param expiresAt system time, never null
     */
    record Token(String value, Instant expiresAt) {}

    /**
     * Begins a session; where the account has a second factor, one in which nothing is open but the question for its code.
     *
     * @return whether the person is in; false when {@link #giveCode} has to follow
     * @throws org.manyi.shared.UnauthorizedException when name and password are not those of an open account
     * @throws org.manyi.shared.TryLaterException after too many failures, or when the system is busy
     */
    boolean enter(String username, String password, HttpServletRequest request, HttpServletResponse response);

    /**
     * The second half of a login: begins the session in which the person works.
     *
     * @param code as the person's phone shows it, or one of the recovery codes
     * @throws org.manyi.shared.UnauthorizedException when the code is not good, or nobody is half-way in
     * @throws org.manyi.shared.TryLaterException as {@link #enter}
     */
    void giveCode(String code, HttpServletRequest request, HttpServletResponse response);

    /** Begins a new session for who is at work, after a change that has ended all his others. */
    void reenter(HttpServletRequest request, HttpServletResponse response);

    /** Ends the session on the server. */
    void leave(HttpServletRequest request, HttpServletResponse response);

    /**
     * Gives a program a token.
     *
     * @param code of the second factor, null when none was given
     * @throws org.manyi.shared.UnauthorizedException as {@link #enter}; with the code {@code second-factor-required} when the
     *     account has a second factor and {@code code} is missing or not good
     * @throws org.manyi.shared.TryLaterException as {@link #enter}
     * @throws org.manyi.shared.ForbiddenException when the password must be changed or the second factor set up first
     */
    Token issueToken(String username, String password, String code, HttpServletRequest request);

    /**
     * Takes back the token that the request carries.
     *
     * @throws org.manyi.shared.NotFoundException when it carries none
     */
    void takeBackToken(HttpServletRequest request);
}
