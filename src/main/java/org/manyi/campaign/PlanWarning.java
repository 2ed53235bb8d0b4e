package org.manyi.campaign;

import java.time.LocalDate;

/**
 * Something in a plan that its author should look at, and that does not keep it from being decided.
 *
 * @param node the node's id, null when it is about the plan as a whole
 * @param code never null
 * @param day the day at stake, null for none
 * @param other a second day, such as that which it moved to, null for none
 * @param word a name at stake, such as a vacation's or another node's, null for none
 */
public record PlanWarning(String node, Code code, LocalDate day, LocalDate other, String word) {

    /** What is odd. */
    public enum Code {
        /** The day named is no working day, and moves. */
        MOVED,
        /** The day named is no working day, and stays. */
        ON_REST_DAY,
        /** Times of a recurring node fall on rest days and are left out; {@code word} says how many. */
        SKIPPED,
        /** Schools are to hand something in during their holidays; {@code word} names them. */
        IN_VACATION,
        /** A year's holiday notice is not known yet, and its days may move; {@code word} says which. */
        PROVISIONAL,
        /** It is due before its phase begins. */
        BEFORE_PHASE,
        /** It is due after its phase has ended. */
        AFTER_PHASE,
        /** It is due before what it waits for; {@code word} names that. */
        BEFORE_DEPENDENCY,
        /** The weights do not add up to 100; {@code word} says to what. */
        WEIGHTS
    }
}
