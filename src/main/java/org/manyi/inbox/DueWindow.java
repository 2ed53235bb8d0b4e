package org.manyi.inbox;

/** How far a task is from its due day, in working days; together the windows hold every open task once, in this order. */
public enum DueWindow {
    /** Due more than five working days ago. */
    LONG("long"),
    /** Late, by five working days at most. */
    LATE("late"),
    /** Due today and not late yet. */
    TODAY("today"),
    /** Due by the next working day. */
    NEXT("next"),
    /** Due by the fifth working day from now. */
    SOON("soon"),
    /** Due later than that. */
    LATER("later");

    private final String code;

    DueWindow(String code) {
        this.code = code;
    }

    /** The name in addresses and in the contract; never null. */
    public String code() {
        return code;
    }

    /** The window of this code, null when there is none. */
    public static DueWindow find(String code) {
        for (DueWindow window : values()) {
            if (window.code.equals(code)) {
                return window;
            }
        }
        return null;
    }
}
