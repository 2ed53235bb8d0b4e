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
     * Begins a session.
     *
     * @throws org.manyi.shared.UnauthorizedException when name and password are not those of an open account
     * @throws org.manyi.shared.TryLaterException after too many failures, or when the system is busy
     */
    void enter(String username, String password, HttpServletRequest request, HttpServletResponse response);

    /** Begins a new session for who is at work, after a change that has ended all his others. */
    void reenter(HttpServletRequest request, HttpServletResponse response);

    /** Ends the session on the server. */
    void leave(HttpServletRequest request, HttpServletResponse response);

    /**
     * Gives a program a token.
     *
     * @throws org.manyi.shared.UnauthorizedException as {@link #enter}
     * @throws org.manyi.shared.TryLaterException as {@link #enter}
     * @throws org.manyi.shared.ForbiddenException when the password must be changed first
     */
    Token issueToken(String username, String password, HttpServletRequest request);

    /**
     * Takes back the token that the request carries.
     *
     * @throws org.manyi.shared.NotFoundException when it carries none
     */
    void takeBackToken(HttpServletRequest request);
}
