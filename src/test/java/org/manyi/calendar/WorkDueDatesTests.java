package org.manyi.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.campaign.Year;
import org.manyi.security.CurrentUsers;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The bureau closes on the day by which schools hand in their plans: the work follows its plan's rule, and its task with it. */
@ManyiTest
class WorkDueDatesTests {

    @Autowired
    private Year year;

    @Autowired
    private CalendarChanges changes;

    @Autowired
    private CalendarMoves moves;

    @Autowired
    private WorkingDays workingDays;

    @Autowired
    private CurrentUsers users;

    @Autowired
    private JdbcClient jdbc;

    @AfterEach
    void takeBack() {
        moves.takeBack();
        year.end();
    }

    @Test
    void openWorkWhoseDayHasBecomeADayOffMovesWithItsTask() {
        String id = year.running(plan -> {});
        year.at(id, 2, 11);
        String number = id + ".fileSchoolPlan.S0001";
        LocalDate due = due(number);
        CalendarChange draft = changes.enterDay(due, true, "台风停课", users.byUsername("sysadmin"));

        assertThat(changes.preview(draft.id(), null).later()).isPositive();
        changes.apply(draft.id(), users.byUsername("sysadmin"));
        moves.carry(draft.id());

        assertThat(due(number)).isEqualTo(workingDays.next(due));
        assertThat(jdbc.sql("select due_date from inbox_task where case_number = :number and state = 'open'")
                        .param("number", number)
                        .query(LocalDate.class)
                        .single())
                .isEqualTo(due(number));
        assertThat(jdbc.sql("select count(*) from campaign_work where campaign_id = :id and due_on = :due")
                        .param("id", id)
                        .param("due", due)
                        .query(Integer.class)
                        .single())
                .as("nothing of the year is due on a day off")
                .isZero();
    }

    private LocalDate due(String number) {
        return jdbc.sql("select due_on from campaign_work where number = :number")
                .param("number", number)
                .query(LocalDate.class)
                .single();
    }
}
