package org.manyi.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.manyi.ManyiTest;
import org.manyi.inbox.TaskQuery.Sort;
import org.manyi.inbox.TaskQuery.View;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.Count;
import org.manyi.shared.MovableClock;
import org.manyi.shared.Slice;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;

/** Searching as somebody who oversees, or for whose post wait, more tasks than a walk looks at. */
@ManyiTest
@Transactional
class SearchAmongManyTests {

    /** More than a walk looks at. */
    private static final int MANY = 2_300;

    private static final String CASE = "2031-CS-00001";

    @Autowired
    private TaskLists lists;

    @Autowired
    private CurrentUsers users;

    @Autowired
    private JdbcTemplate jdbc;

    private final List<Object[]> tasks = new ArrayList<>();
    private CurrentUser chair;

    @BeforeEach
    void aCase() {
        chair = users.byUsername("chair");
        jdbc.update("insert into inbox_case (case_number, restricted, restriction) values (?, false, 'NONE')", CASE);
    }

    @ParameterizedTest
    @EnumSource
    void aCommonWordFillsThePageFromTheFirstTasksAndItsCountSaysThatThereAreMore(Sort sort) {
        IntStream.range(0, MANY).forEach(i -> task(i, "走廊积水"));
        write();

        List<TaskRow> found = readThrough("积水", sort, 3);

        assertThat(found).hasSize(60).doesNotHaveDuplicates();
        assertThat(found).extracting(TaskRow::id).isEqualTo(inOrder(sort).subList(0, 60));
        Count count = lists.count(query("积水", sort, null), chair);
        assertThat(count.capped()).isTrue();
        assertThat(count.value()).isGreaterThan(Slice.MAX_SIZE);
    }

    @ParameterizedTest
    @EnumSource
    void aRareWordFarDownTheListIsFoundWholeAndCountedExactly(Sort sort) {
        IntStream.range(0, MANY).forEach(i -> task(i, (sort == Sort.DUE ? i >= MANY - 30 : i < 30) ? "屋檐漏雨" : "换灯管"));
        write();

        assertThat(readThrough("漏雨", sort, 5)).hasSize(30).doesNotHaveDuplicates();
        assertThat(lists.count(query("漏雨", sort, null), chair)).isEqualTo(new Count(30, false));
    }

    @Test
    void aFewNearTheTopAndMoreFarDownAreAllFoundInOrder() {
        IntStream.range(0, MANY).forEach(i -> task(i, i < 5 || i > MANY - 11 ? "操场积冰" : "换灯管"));
        write();

        List<TaskRow> found = readThrough("积冰", Sort.DUE, 3);

        assertThat(found).hasSize(15).doesNotHaveDuplicates();
        assertThat(lists.count(query("积冰", Sort.DUE, null), chair)).isEqualTo(new Count(15, false));
    }

    @Test
    void aWordOfTasksThatThePersonMayNotSeeFindsNone() {
        IntStream.range(0, MANY).forEach(i -> task(i, "宿舍断电"));
        write();
        jdbc.update("update inbox_case set restricted = true, hidden_user = 'chair' where case_number = ?", CASE);

        assertThat(readThrough("断电", Sort.DUE, 2)).isEmpty();
        assertThat(lists.count(query("断电", Sort.DUE, null), chair))
                .extracting(Count::value)
                .isEqualTo(0L);
    }

    @ParameterizedTest
    @EnumSource
    void amongManyThatWaitForAPostAWordFindsItsTasksInOrderWithoutGapOrDouble(Sort sort) {
        IntStream.range(0, MANY).forEach(i -> task(i, i % 50 == 0 ? "围墙裂缝" : "换灯管"));
        write();
        letWaitFor("bureau:chair");

        List<TaskRow> found = readThrough(View.CLAIMABLE, "裂缝", sort, 4);

        assertThat(found)
                .extracting(TaskRow::id)
                .isEqualTo(inOrder(sort).stream()
                        .filter(id -> Integer.parseInt(id.substring(5)) % 50 == 0)
                        .toList());
        assertThat(lists.count(query(View.CLAIMABLE, "裂缝", sort, null), chair)).isEqualTo(new Count(MANY / 50, false));
        assertThat(readThrough(View.CLAIMABLE, "查无此事", sort, 1)).isEmpty();
    }

    private void letWaitFor(String post) {
        jdbc.update("""
                insert into inbox_candidate (task_id, post_key, waiting, case_number, process, overdue_from, created_at)
                select task_id, ?, true, case_number, process, overdue_from, created_at from inbox_task where case_number = ?
                """, post, CASE);
    }

    private List<TaskRow> readThrough(String text, Sort sort, int pages) {
        return readThrough(View.SUPERVISED, text, sort, pages);
    }

    private List<TaskRow> readThrough(View view, String text, Sort sort, int pages) {
        List<TaskRow> found = new ArrayList<>();
        String cursor = null;
        for (int page = 0; page < pages; page++) {
            Slice<TaskRow> slice = lists.page(query(view, text, sort, cursor), chair, null);
            found.addAll(slice.items());
            cursor = slice.nextCursor();
            if (cursor == null) {
                break;
            }
        }
        return found;
    }

    private static TaskQuery query(String text, Sort sort, String cursor) {
        return query(View.SUPERVISED, text, sort, cursor);
    }

    private static TaskQuery query(View view, String text, Sort sort, String cursor) {
        return new TaskQuery(view, null, null, null, text, sort, cursor, Slice.DEFAULT_SIZE);
    }

    private List<String> inOrder(Sort sort) {
        List<String> ids =
                IntStream.range(0, MANY).mapToObj(SearchAmongManyTests::id).toList();
        return sort == Sort.DUE
                ? ids
                : ids.stream().sorted(Comparator.reverseOrder()).toList();
    }

    private static String id(int number) {
        return "many-%05d".formatted(number);
    }

    /** Due and made a minute after the one before it, all before anything else in the inbox is due and after anything was made. */
    private void task(int number, String title) {
        OffsetDateTime due = at("2020-01-06T00:00:00Z", number);
        OffsetDateTime made = at("2031-01-06T00:00:00Z", number);
        tasks.add(new Object[] {
            id(number), CASE, title, LocalDate.of(2020, 1, 6), LocalDate.of(2020, 1, 3), due, made, title
        });
    }

    private static OffsetDateTime at(String start, int minutes) {
        return Instant.parse(start)
                .plusSeconds(60L * minutes)
                .atZone(MovableClock.ZONE)
                .toOffsetDateTime();
    }

    private void write() {
        jdbc.batchUpdate("""
                insert into inbox_task (task_id, task_key, process, case_number, title, urgency, due_date, due_from, due_amount,
                    provisional, overdue_from, created_at, version, state, search)
                values (?, 'doErrand', 'errand', ?, ?, 'normal', ?, ?, 1, false, ?, ?, 0, 'open', ?)
                """, tasks);
    }
}
