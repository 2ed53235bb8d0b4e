package org.manyi.notification;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who is spoken to of a step and when.
 *
 * @param process a process's key, {@link #ANY} for all; never null
 * @param taskKey a step's key, {@link #ANY} for all of the process; never null
 * @param rungs the earliest first; never empty once it is kept
 */
public record Ladder(String process, String taskKey, List<Rung> rungs) {

    /** Every process, or every step of one. */
    public static final String ANY = "*";

    /** Whom a rung speaks to. */
    public enum Recipient {
        /** Who has the task, else all holders of its posts. */
        HOLDER,
        /** Who stands in for the one that has the task. */
        SUBSTITUTE,
        /** The principal of the school whose step it is. */
        PRINCIPAL,
        /** The head of the department whose step it is. */
        HEAD,
        /** The contact leader of the school whose step it is, the deputy of its kind where none is named or at work. */
        LEADER,
        /** The head of the department answerable for the school whose step it is. */
        DEPARTMENT;

        /** The name in the database, in forms and message keys; never null. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Recipient of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * One rung.
     *
     * @param days working days before the due day, 0 for the day itself, negative for days after it
     * @param to never null
     */
    public record Rung(int days, Recipient to) {}

    /** Whether it holds for all that have none of their own. */
    public boolean isForAll() {
        return process.equals(ANY);
    }

    /** The days on which this recipient is spoken to. */
    Set<Integer> days(Recipient to) {
        Set<Integer> days = new TreeSet<>();
        rungs.stream().filter(rung -> rung.to() == to).forEach(rung -> days.add(rung.days()));
        return days;
    }
}
