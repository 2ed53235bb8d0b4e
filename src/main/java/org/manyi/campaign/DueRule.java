package org.manyi.campaign;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.DayOfWeek;

/** From what the day on which a node is due is worked out, before the rule for rest days is applied. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "rule")
@JsonSubTypes({
    @JsonSubTypes.Type(value = DueRule.OnDay.class, name = "day"),
    @JsonSubTypes.Type(value = DueRule.After.class, name = "after"),
    @JsonSubTypes.Type(value = DueRule.PhaseEnd.class, name = "phaseEnd"),
    @JsonSubTypes.Type(value = DueRule.MonthEnd.class, name = "monthEnd"),
    @JsonSubTypes.Type(value = DueRule.NthWeekday.class, name = "nthWeekday")
})
public sealed interface DueRule {

    /**
     * On a day named by the plan.
     *
     * @param day never null
     */
    record OnDay(DayOfPlan day) implements DueRule {}

    /**
     * So many working days after another node is due; that day itself is not counted.
     *
     * @param node the other node's id, never null
     * @param workingDays at least 1
     */
    record After(String node, int workingDays) implements DueRule {}

    /** With the node's phase. */
    record PhaseEnd() implements DueRule {}

    /**
     * On the last day of a month of the plan's year.
     *
     * @param month 1 to 12
     */
    record MonthEnd(int month) implements DueRule {}

    /**
     * On a certain weekday of a month of the plan's year, such as the second Friday of March.
     *
     * @param month 1 to 12
     * @param week 1 to 4, or 5 for the last one
     * @param weekday never null
     */
    record NthWeekday(int month, int week, DayOfWeek weekday) implements DueRule {}
}
