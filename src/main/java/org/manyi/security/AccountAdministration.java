package org.manyi.security;

import java.time.Instant;
import java.util.List;
import org.manyi.shared.Slice;

/**
 * The accounts as the security administrator keeps them. But for names and addresses nothing here can be done to one's own
 * account, so that nobody locks himself out and the last administrator stays; a change of password, role or state ends the account's
 * sessions and tokens on all nodes.
 */
public interface AccountAdministration {

    /**
     * An account in the list.
     *
     * @param role one of the three administrators, null for everybody else
     * @param lockedUntil null when it is not locked
     * @param lastLoginAt null when nobody has come in by it
     * @param usable false while it has no password
     * @param secondFactor whether a code is asked for beside the password
     */
    record Line(
            String username,
            String name,
            Role role,
            boolean active,
            boolean usable,
            boolean secondFactor,
            Instant lockedUntil,
            Instant lastLoginAt) {}

    /**
     * An account with what is known of its person.
     *
     * @param phone masked, null when unknown
     * @param email masked, null when unknown
     * @param posts held today, never null
     */
    record Card(Line line, String phone, String email, List<HeldPost> posts) {}

    /**
     * Accounts by username.
     *
     * @param text part of a username or a name, null for all
     * @param cursor null for the first page
     * @throws org.manyi.shared.ValidationException when the cursor is not one of this list's
     */
    Slice<Line> list(String text, String cursor, int size);

    /**
     * One account.
     *
     * @throws org.manyi.shared.NotFoundException when there is none
     */
    Card card(String username);

    /**
     * A new account.
     *
     * @param role one of the three administrators, null for everybody else, whose part comes from posts
     * @return the password to hand over, shown this once and good for nothing but choosing another
     * @throws org.manyi.shared.ValidationException when something entered breaks a rule
     */
    String create(String username, String name, String phone, String email, Role role);

    /**
     * Corrects what is known of a person.
     *
     * @param phone null to keep what is there
     * @param email null to keep what is there
     * @throws org.manyi.shared.ValidationException when something entered breaks a rule
     */
    void describe(String username, String name, String phone, String email);

    /**
     * Replaces a forgotten password and lifts a lock.
     *
     * @return as {@link #create}
     * @throws org.manyi.shared.ForbiddenException when it is one of the demonstration's shared accounts, or an administrator's
     *     whose second factor the asker has taken away: whoever could do both could come in as that administrator
     */
    String resetPassword(String username);

    /** The open accounts of the three administrators, by role; never null. */
    List<Line> administrators();

    /**
     * Takes the second factor away from somebody whose phone and recovery codes are gone, and ends the account's sessions and
     * tokens; where one is required it is set up anew at the next login. The security administrator does it for everybody, the
     * system administrator for the other administrators.
     *
     * @throws org.manyi.shared.ForbiddenException when the account is not for the asker, or is an administrator's with a
     *     temporary password and the asker could have handed that out
     * @throws org.manyi.shared.NotFoundException when there is no such account, or it has no second factor
     */
    void resetSecondFactor(String username);

    /** Lifts a lock before its time. */
    void unlock(String username);

    /** Closes an account. */
    void deactivate(String username);

    /** Opens a closed account again; its password stays what it was. */
    void reactivate(String username);

    /**
     * Makes somebody one of the three administrators, or none of them.
     *
     * @param role null for none
     * @throws org.manyi.shared.ValidationException when the person holds a post: administrators handle no cases (domain rule E7)
     */
    void changeRole(String username, Role role);
}
