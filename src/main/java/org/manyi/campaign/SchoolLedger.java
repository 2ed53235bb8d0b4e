package org.manyi.campaign;

import java.time.LocalDate;
import java.util.List;
import org.manyi.security.CurrentUser;

/**
 * A school's ledger of work (S0-22): what its plan comes to, item by item, with the measure, who answers for it at the school, and a day.
 * The school keeps it; each item is a task in its inbox until it is closed with evidence (S0-30). Who may not see the school's works gets
 * {@link org.manyi.shared.NotFoundException}, who is not of the school {@link org.manyi.shared.ForbiddenException}; a year that does not
 * run, or an item that is over, is a {@link org.manyi.shared.ConflictException}.
 */
public interface SchoolLedger {

    /**
     * An item as it is written.
     *
     * @param content at most 100 characters, never blank
     * @param measure at most 500 characters, never blank
     * @param person the post or person at the school who answers for it, at most 60 characters, never blank
     * @param due not before today
     */
    record Entry(String content, String measure, String person, LocalDate due) {}

    /**
     * An item of the ledger.
     *
     * @param work where it stands, never null
     */
    record Item(WorkItem work, String measure, String person) {}

    /**
     * A school's ledger.
     *
     * @param items open ones first, soonest due first
     * @param closed how many are closed
     * @param late how many are or were late
     * @param mayWrite whether the person may add to it now
     */
    record Ledger(
            CampaignItem campaign, String code, String name, List<Item> items, int closed, int late, boolean mayWrite) {

        /** How many items count: all but those withdrawn. */
        public int total() {
            return (int) items.stream()
                    .filter(item -> item.work().state() != WorkState.WITHDRAWN)
                    .count();
        }
    }

    /** A school's ledger of a year. */
    Ledger of(String campaign, String school, CurrentUser user);

    /**
     * Adds an item.
     *
     * @return its number
     */
    String add(String campaign, String school, Entry entry, CurrentUser user);

    /** Changes an item that is not closed. */
    void change(String number, Entry entry, CurrentUser user);

    /**
     * Takes an item back that is not closed; it stays on the record.
     *
     * @param reason at most 500 characters, never blank
     */
    void withdraw(String number, String reason, CurrentUser user);
}
