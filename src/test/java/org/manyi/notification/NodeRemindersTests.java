package org.manyi.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.campaign.Year;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A node of a running year names the days on which those concerned are reminded; they hold instead of the usual ones. */
@ManyiTest
class NodeRemindersTests {

    private static final String PRINCIPAL = "principal001";

    @Autowired
    private Year year;

    @Autowired
    private Digests digests;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private JdbcClient jdbc;

    @BeforeEach
    @AfterEach
    void noRunIsKnown() {
        List.of("notification_line", "notification_digest", "notification_run", "notification_node")
                .forEach(table -> jdbc.sql("delete from " + table).update());
    }

    @AfterEach
    void theYearIsOver() {
        year.end();
    }

    @Test
    void aSchoolIsRemindedOnTheDaysThatThePlanNamesAndNotOnTheUsualOnes() {
        String id = year.running(plan -> {
            for (var node : (ArrayNode) plan.withArray("nodes")) {
                if (node.get("id").asString().equals("fileSchoolPlan")) {
                    ((ObjectNode) node).putArray("reminders").add(4).add(0);
                }
            }
        });
        String number = id + ".fileSchoolPlan.S0001";
        year.at(id, 2, 11);
        LocalDate due = jdbc.sql("select due_on from campaign_work where number = :number")
                .param("number", number)
                .query(LocalDate.class)
                .single();

        assertThat(spokenOf(due.minusDays(5), number)).as("five days before").isFalse();
        assertThat(spokenOf(due.minusDays(4), number) || spokenOf(due.minusDays(3), number))
                .as("four days before, or the working day next to it")
                .isTrue();
        assertThat(spokenOf(due.minusDays(1), number)).as("the usual day").isFalse();
        assertThat(spokenOf(due, number)).as("the day itself").isTrue();
    }

    /** Whether that day's reminder to the principal names the work. */
    private boolean spokenOf(LocalDate day, String number) {
        year.at(day);
        noRunIsKnown();
        jdbc.sql("delete from mail where unique_key = :key")
                .param("key", key(day))
                .update();
        transaction.executeWithoutResult(status -> {
            LocalDate planned = digests.plan();
            boolean more = true;
            while (more) {
                more = digests.writeBatch(planned);
            }
        });
        return jdbc.sql("select model from mail where unique_key = :key")
                .param("key", key(day))
                .query(String.class)
                .optional()
                .filter(model -> model.contains(number))
                .isPresent();
    }

    private static String key(LocalDate day) {
        return "digest:" + day + ":" + PRINCIPAL;
    }
}
