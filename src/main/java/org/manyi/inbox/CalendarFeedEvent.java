package org.manyi.inbox;

import java.time.Instant;
import org.manyi.shared.CaseEvent;

/** News of the calendar that a person's own programs fetch; {@code caseNumber} is the person's username. Never the address. */
public sealed interface CalendarFeedEvent extends CaseEvent {

    @Override
    default String objectType() {
        return "account";
    }

    /** It was turned on. */
    record CalendarFeedMade(Instant at, String actor, String caseNumber) implements CalendarFeedEvent {}

    /** It has another address; the former one is void. */
    record CalendarFeedRenewed(Instant at, String actor, String caseNumber) implements CalendarFeedEvent {}

    /** It was turned off; its address is void. */
    record CalendarFeedTurnedOff(Instant at, String actor, String caseNumber) implements CalendarFeedEvent {}
}
