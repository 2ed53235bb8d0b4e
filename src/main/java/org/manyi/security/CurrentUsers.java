package org.manyi.security;

import java.util.Optional;
import java.util.function.Supplier;

/** Who is at work in this thread. */
public interface CurrentUsers {

    /**
     * The person at work.
     *
     * @throws IllegalStateException when nobody is logged in, as in the system's own jobs
     */
    CurrentUser require();

    /** The person at work; empty in the system's own jobs. */
    Optional<CurrentUser> find();

    /**
     * Any person by username, whether at work or not; used to ask what somebody else could do.
     *
     * @throws org.manyi.shared.NotFoundException when there is no such account
     */
    CurrentUser byUsername(String username);

    /**
     * Somebody who could come in and work now, for a door that opens to a secret of the person's own in place of a login: the account is
     * open, not locked, and nothing is due first, such as another password.
     *
     * @param username any text, never null
     * @return empty for everybody else, an account that does not exist included
     */
    Optional<CurrentUser> findAble(String username);

    /**
     * Does work in a person's name in this thread and restores who was there before; for the demonstration's loader and for
     * tests, never for a request.
     *
     * @param username an active account, never null
     * @return what the work returned
     */
    <T> T runAs(String username, Supplier<T> work);
}
