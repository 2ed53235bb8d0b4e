package org.manyi.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.manyi.TestSession;

/** A node dies while a changed calendar is carried to the open due dates; another goes on with it. */
class CalendarKillTests {

    private static final int ISSUES = 12;

    @Test
    void everyDueDateMovesOnceThoughANodeDiesWhileTheyAreCounted() {
        Database district = Harness.district();
        LocalDate day = Harness.weekday(LocalDate.now().plusDays(1));
        List<String> numbers;
        String change;
        try (Node dying = node(district, "dying")
                .faults("halt commit.after[set room = ?]@2")
                .start()) {
            dying.awaitHealthy();
            NodeClient api = NodeClient.of(dying);
            numbers = IntStream.range(0, ISSUES).mapToObj(i -> triaged(api, i)).toList();
            TestSession session = new TestSession(dying.url());
            session.login("sysadmin", "Manyi-2026!");
            String entered = session.submit(
                            "/calendar/changes",
                            "/calendar/days",
                            Map.of("day", day.toString(), "off", "true", "reason", "台风停课停工一天"))
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
            change = entered.substring(entered.lastIndexOf('/') + 1);
            String page = "/calendar/changes/" + change;
            session.submit(page, page + "/apply", Map.of());
            dying.awaitEnd(Duration.ofMinutes(2));
        }
        String moved = "select count(*) from calendar_moved where change_id = " + change;
        long before = district.count(moved);
        try (Node next = node(district, "next").start()) {
            next.awaitHealthy();
            Awaitility.await("all due dates are counted again")
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> district.count(
                                    "select count(*) from calendar_change where state = 'DONE' and id = " + change)
                            == 1);

            assertThat(district.count(moved)).as("moved in all").isGreaterThan(before);
            assertThat(district.count("select moved from calendar_change where id = " + change))
                    .as("what the change says of itself")
                    .isEqualTo(district.count(moved));
            assertThat(district.jdbc()
                            .sql("select object_key || detail from audit_entry where event = 'DueDateMoved'")
                            .query(String.class)
                            .list())
                    .as("each once in the trail")
                    .hasSizeGreaterThanOrEqualTo((int) district.count(moved))
                    .doesNotHaveDuplicates();
            assertThat(district.jdbc()
                            .sql("select distinct case_number from calendar_moved where change_id = " + change)
                            .query(String.class)
                            .list())
                    .as("the issues raised here among them")
                    .containsAll(numbers);
            assertThat(district.jdbc()
                            .sql("select distinct due_date from issue where number in (:numbers)")
                            .param("numbers", numbers)
                            .query(LocalDate.class)
                            .list())
                    .as("raised alike, they are due alike")
                    .hasSize(1);
            next.stop();
        }
        Node.on(district).assertBooksAgree();
    }

    private static String triaged(NodeClient api, int i) {
        String number = Cases.raise(api, "放学时门口拥堵 " + i);
        Cases.accept(api, number);
        return number;
    }

    private static Node.Setup node(Database district, String name) {
        return Node.on(district).named(name).set("manyi.calendar.due-dates-at-once", 4);
    }
}
