package org.manyi.calendar;

/** How much is known of a year's holidays. */
public enum YearState {
    /** The State Council's notice is at hand. */
    OFFICIAL,
    /** Days are at hand, but no notice stands behind them: they are used, and every deadline that touches them is provisional. */
    PROVISIONAL,
    /** Nothing is known: weekends and the holidays of fixed date are assumed, and every deadline that touches them is provisional. */
    MISSING
}
