package org.manyi.security;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The accounts: one per person, never shared, never deleted (domain rules E1 to E4). */
public interface Accounts {

    /**
     * What is known of a person; phone and mail are kept encrypted.
     *
     * @param username 2 to 64 characters of a-z, 0-9, dot, dash, underscore; never null
     * @param name at most 60 characters, never null
     * @param phone null when unknown
     * @param email null when unknown: the person then gets no mail
     * @param role SYSADMIN, SECADMIN or AUDITOR for the three administrators, null for everybody else
     * @param locale {@code zh} or {@code en}, never null
     * @param active false when closed
     * @param locked true while locked out after failed logins
     */
    record Account(
            String username,
            String name,
            String phone,
            String email,
            Role role,
            String locale,
            boolean active,
            boolean locked) {}

    /**
     * A new account; the person must change the password at first login unless {@code demonstration}.
     *
     * @param password plain, must keep the rules of E2; null for an account that nobody can log in to until the security
     *     administrator sets a password (nothing is hashed, so that thousands can be made in one import)
     * @param demonstration true for the well-known accounts of the demonstration district, exempt from forced change and expiry
     */
    record NewAccount(
            String username,
            String name,
            String phone,
            String email,
            Role role,
            String password,
            boolean demonstration) {}

    /** All of it or nothing; usernames that exist already are a {@link org.manyi.shared.ValidationException}. */
    void create(Collection<NewAccount> accounts);

    /**
     * Changes what is known of a person.
     *
     * @param phone null when unknown
     * @param email null when unknown
     * @throws org.manyi.shared.NotFoundException when there is no such account
     * @throws org.manyi.shared.ValidationException when name, phone or email is not sound
     */
    void describe(String username, String name, String phone, String email);

    /**
     * Gives accounts the well-known password of the demonstration district: hashed once for all, exempt from forced change and
     * expiry.
     *
     * @param usernames unknown ones are left out
     * @throws IllegalStateException when this system was not started as a demonstration
     */
    void useDemonstrationPassword(Collection<String> usernames, String password);

    /** The account, also when closed. */
    Optional<Account> find(String username);

    /** The accounts of these usernames in any order; unknown ones are left out. */
    List<Account> findAll(Collection<String> usernames);

    /** Names as shown by username; unknown usernames are left out. */
    Map<String, String> names(Collection<String> usernames);

    /** Which of these usernames exist. */
    Set<String> existing(Collection<String> usernames);

    /** Those of these accounts that nobody ever could log in to; never null. */
    Set<String> unused(Collection<String> usernames);

    /**
     * Removes accounts that an import made by mistake and that nobody ever could use: no password was ever set, so nobody logged in.
     * Every other account is never removed, only closed.
     *
     * @param usernames unknown ones are left out
     * @return which were removed, never null
     */
    Set<String> removeUnused(Collection<String> usernames);

    /** Closes an account and ends its sessions and tokens on all nodes; posts are the organisation's business. */
    void deactivate(String username);
}
