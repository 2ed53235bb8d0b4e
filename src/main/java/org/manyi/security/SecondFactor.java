package org.manyi.security;

import java.util.List;

/** The second factor of who is at work (domain rule E6): codes that the own phone makes, asked for beside the password. */
public interface SecondFactor {

    /**
     * How it stands.
     *
     * @param enrolled whether codes are asked for
     * @param required whether that is not left to the person
     * @param possible false for an account that many people share
     * @param recoveryCodesLeft 0 to 10
     */
    record State(boolean enrolled, boolean required, boolean possible, int recoveryCodesLeft) {}

    /**
     * What the phone has to be given.
     *
     * @param secret in base32, for typing, never null
     * @param address the same for the phone's camera, never null
     * @param sealed the same for sending it back with the first code; good for this person, for half an hour; never null
     */
    record Offer(String secret, String address, String sealed) {}

    /** How it stands with who is at work. */
    State state();

    /**
     * A new secret, kept nowhere yet.
     *
     * @throws org.manyi.shared.ForbiddenException when the account is shared by many people
     */
    Offer offer();

    /**
     * The offer made before, or a new one when that one is too old or not this person's.
     *
     * @param sealed as {@link Offer#sealed}
     */
    Offer offerAgain(String sealed);

    /**
     * Sets it up, in place of any former one, and ends all sessions and tokens of the account, this one too: go on with {@link
     * FrontDoor#reenter}.
     *
     * @param sealed of an {@link Offer}
     * @param password the present one
     * @param code as the phone shows it
     * @return the recovery codes, ten of them, shown this once
     * @throws org.manyi.shared.ValidationException on {@code password} or {@code code} when it is not right, on {@code code} when
     *     the offer is too old
     * @throws org.manyi.shared.ForbiddenException when the account is shared by many people
     * @throws org.manyi.shared.TryLaterException when the system is busy
     */
    List<String> enrol(String sealed, String password, String code);

    /**
     * New recovery codes; the former ones are void.
     *
     * @param code as the phone shows it
     * @return ten of them, shown this once
     * @throws org.manyi.shared.ValidationException on {@code code} when it is not right
     */
    List<String> renewRecoveryCodes(String code);

    /**
     * Goes back to the password alone, and ends all sessions and tokens: go on with {@link FrontDoor#reenter}.
     *
     * @param code as the phone shows it, or a recovery code
     * @throws org.manyi.shared.ValidationException on {@code code} when it is not right
     * @throws org.manyi.shared.ForbiddenException when a second factor is required of this person
     */
    void remove(String code);
}
