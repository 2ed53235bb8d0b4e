package org.manyi.campaign.process;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.manyi.campaign.WorkDetail;
import org.manyi.campaign.WorkEvent;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps the later days that were asked for. */
@Repository
class LaterDates {

    private final JdbcClient jdbc;
    private final WorkStore works;

    LaterDates(JdbcClient jdbc, WorkStore works) {
        this.jdbc = jdbc;
        this.works = works;
    }

    /**
     * What was asked.
     *
     * @param afterDue asked when the day was over
     * @param granted the day granted, null unless it was
     */
    record Row(
            String number,
            int place,
            LocalDate wanted,
            String reason,
            boolean afterDue,
            String by,
            LocalDate granted) {}

    void ask(WorkRow work, LocalDate wanted, String reason, boolean afterDue, String by, Instant at) {
        String number = work.number().toString();
        jdbc.sql("""
                        insert into campaign_later_date (number, place, wanted_on, reason, after_due, asked_by, asked_at, state)
                        values (:number, (select coalesce(max(l.place), 0) + 1 from campaign_later_date l where l.number = :number),
                            :wanted, :reason, :afterDue, :by, :at, 'asked')
                        """)
                .param("number", number)
                .param("wanted", wanted)
                .param("reason", reason)
                .param("afterDue", afterDue)
                .param("by", by)
                .param("at", WorkStore.timestamp(at))
                .update();
        works.enter(new WorkEvent.LaterDateAsked(at, by, number, wanted), reason);
    }

    /** The one that is not decided yet. */
    Optional<Row> asked(String number) {
        return latest(number, "asked");
    }

    /** The one that was granted last. */
    Optional<Row> granted(String number) {
        return latest(number, "granted");
    }

    private Optional<Row> latest(String number, String state) {
        return jdbc.sql("""
                        select * from campaign_later_date where number = :number and state = :state
                        order by place desc fetch first 1 rows only
                        """)
                .param("number", number)
                .param("state", state)
                .query((row, n) -> new Row(
                        row.getString("number"),
                        row.getInt("place"),
                        row.getObject("wanted_on", LocalDate.class),
                        row.getString("reason"),
                        row.getBoolean("after_due"),
                        row.getString("asked_by"),
                        row.getObject("granted_on", LocalDate.class)))
                .optional();
    }

    /** Notes the decision; the work's own day is moved by the process. */
    void decide(Row asked, WorkRow work, LocalDate granted, String answer, String by, Instant at) {
        jdbc.sql("""
                        update campaign_later_date set state = :state, granted_on = :granted, decided_by = :by, decided_at = :at,
                            answer = :answer
                        where number = :number and place = :place
                        """)
                .param("state", granted == null ? "refused" : "granted")
                .param("granted", granted)
                .param("by", by)
                .param("at", WorkStore.timestamp(at))
                .param("answer", answer)
                .param("number", asked.number())
                .param("place", asked.place())
                .update();
        works.enter(
                granted == null
                        ? new WorkEvent.LaterDateRefused(at, by, asked.number())
                        : new WorkEvent.LaterDateGranted(at, by, asked.number(), work.dueOn(), granted),
                answer);
    }

    /** It was handed in, or is not wanted any more, before it was decided. */
    void drop(String number) {
        jdbc.sql("update campaign_later_date set state = 'dropped' where number = :number and state = 'asked'")
                .param("number", number)
                .update();
    }

    /** All that were asked for a piece of work, the newest first. */
    List<WorkDetail.LaterDate> of(String number) {
        return jdbc.sql("""
                        select l.*, coalesce(a.name, l.asked_by) as by_name from campaign_later_date l
                            left join account a on a.username = l.asked_by
                        where l.number = :number order by l.place desc
                        """)
                .param("number", number)
                .query((row, n) -> new WorkDetail.LaterDate(
                        row.getObject("wanted_on", LocalDate.class),
                        row.getString("reason"),
                        row.getString("by_name"),
                        row.getString("state"),
                        row.getObject("granted_on", LocalDate.class),
                        row.getString("answer")))
                .list();
    }
}
