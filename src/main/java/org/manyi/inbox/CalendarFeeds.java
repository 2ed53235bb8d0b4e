package org.manyi.inbox;

import java.time.Instant;
import java.util.Optional;
import org.manyi.security.CurrentUser;

/**
 * A person's deadlines as a calendar that his phone or mail program subscribes to, by an address that nobody else knows: such programs
 * cannot log in. One calendar a person.
 */
public interface CalendarFeeds {

    /**
     * A calendar that is turned on.
     *
     * @param since when its present address was made, never null
     * @param lastUsed when it was last fetched, to the hour; null when it never was
     */
    record Feed(Instant since, Instant lastUsed) {}

    /**
     * What a program gets.
     *
     * @param text an iCalendar object, never null
     * @param tag the same as long as the text says the same, but for the moment at which it was written; never null
     */
    record Content(String text, String tag) {}

    /** The person's calendar; empty when it is turned off. */
    Optional<Feed> find(CurrentUser user);

    /**
     * Turns the person's calendar on.
     *
     * @return its whole address, shown this once; never null
     * @throws org.manyi.shared.ConflictException when it is on already
     */
    String make(CurrentUser user);

    /**
     * Gives the person's calendar another address; the former one is void at once.
     *
     * @return as {@link #make}
     * @throws org.manyi.shared.ConflictException not-active when it is turned off
     */
    String renew(CurrentUser user);

    /** Turns the person's calendar off, if it is not already; its address is void at once. */
    void turnOff(CurrentUser user);

    /**
     * Fetches a calendar: what its owner may see now, in the language of his account.
     *
     * @param token the last part of the address, any text; never null
     * @return empty when nobody's address has it, or its owner could not come in and work now; the two cannot be told apart
     */
    Optional<Content> read(String token);
}
