package org.manyi.security;

/** What a person changes of the own account. */
public interface OwnAccount {

    /**
     * The person's own card.
     *
     * @param locale the language of mails, {@code zh} or {@code en}
     * @param demonstration true for an account whose well-known password cannot be changed
     */
    record Card(String username, String name, String phone, String email, String locale, boolean demonstration) {}

    /** The card of who is at work, phone and mail masked. */
    Card card();

    /**
     * Changes the password and ends all sessions and tokens of the account, this one too: go on with {@link FrontDoor#reenter}.
     *
     * @throws org.manyi.shared.ValidationException on {@code current} when it is not right, on {@code password} when the new one
     *     breaks a rule (domain rule E2)
     * @throws org.manyi.shared.TryLaterException when the system is busy
     */
    void changePassword(String current, String password);

    /**
     * Sets the language of the mails to this person.
     *
     * @param locale {@code zh} or {@code en}
     * @throws org.manyi.shared.ValidationException when it is another
     */
    void changeLocale(String locale);
}
