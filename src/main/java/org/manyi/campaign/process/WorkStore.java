package org.manyi.campaign.process;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.manyi.campaign.CampaignState;
import org.manyi.campaign.WorkDetail;
import org.manyi.campaign.WorkEvent;
import org.manyi.campaign.WorkState;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NotFoundException;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps the pieces of the year's work; every change by a person goes with its event and its row of history. */
@Repository
class WorkStore {

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;

    WorkStore(JdbcClient jdbc, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.events = events;
    }

    WorkRow find(String number) {
        return look(number).orElseThrow(NotFoundException::new);
    }

    Optional<WorkRow> look(String number) {
        return jdbc.sql("select * from campaign_work where number = :number")
                .param("number", number)
                .query((row, n) -> row(row))
                .optional();
    }

    void insert(WorkRow work) {
        jdbc.sql("""
                        insert into campaign_work (number, campaign_id, node_id, phase_id, occurrence, name, unit_code, post, starts_on,
                            due_on, provisional, own_day, plan_version, state, files, late, returns)
                        values (:number, :campaign, :node, :phase, :occurrence, :name, :unit, :post, :starts, :due, :provisional,
                            :ownDay, :planVersion, :state, '', false, 0)
                        """)
                .param("number", work.number().toString())
                .param("campaign", work.number().campaign())
                .param("node", work.number().node())
                .param("phase", work.phase())
                .param("occurrence", work.number().occurrence())
                .param("name", work.name())
                .param("unit", work.number().unit())
                .param("post", work.number().post())
                .param("starts", work.startsOn())
                .param("due", work.dueOn())
                .param("provisional", work.provisional())
                .param("ownDay", work.ownDay())
                .param("planVersion", work.planVersion())
                .param("state", work.state().code())
                .update();
    }

    void open(String number, Instant at) {
        jdbc.sql("update campaign_work set state = 'open', opened_at = :at where number = :number")
                .param("at", timestamp(at))
                .param("number", number)
                .update();
    }

    /**
     * Takes in what was done.
     *
     * @param checked whether somebody checks it next
     * @param onBehalf whether the department enters it for who did it
     */
    void handIn(
            String number,
            String report,
            List<String> files,
            boolean late,
            boolean checked,
            boolean onBehalf,
            String by,
            Instant at) {
        jdbc.sql("""
                        update campaign_work set state = :state, report = :report, files = :files, late = :late, handed_in_by = :by,
                            handed_in_at = :at, returned_reason = null, on_behalf = :onBehalf
                        where number = :number
                        """)
                .param("state", checked ? WorkState.CHECKING.code() : WorkState.OPEN.code())
                .param("report", report)
                .param("files", String.join(",", files))
                .param("late", late)
                .param("onBehalf", onBehalf)
                .param("by", by)
                .param("at", timestamp(at))
                .param("number", number)
                .update();
        enter(
                onBehalf
                        ? new WorkEvent.WorkRegistered(at, by, number, late)
                        : new WorkEvent.WorkHandedIn(at, by, number, late),
                null);
    }

    void giveBack(String number, String reason, LocalDate due, String by, Instant at) {
        jdbc.sql("""
                        update campaign_work set state = 'returned', returned_reason = :reason, returns = returns + 1, due_on = :due, own_day = true,
                            checked_by = :by, checked_at = :at
                        where number = :number
                        """)
                .param("reason", reason)
                .param("due", due)
                .param("by", by)
                .param("at", timestamp(at))
                .param("number", number)
                .update();
        enter(new WorkEvent.WorkReturned(at, by, number), reason);
    }

    void accept(String number, String note, String by, Instant at) {
        jdbc.sql("update campaign_work set checked_by = :by, checked_at = :at where number = :number")
                .param("by", by)
                .param("at", timestamp(at))
                .param("number", number)
                .update();
        enter(new WorkEvent.WorkAccepted(at, by, number), note);
    }

    /** Gives it the day that its rule leads to by another calendar. */
    void redate(String number, LocalDate due, boolean provisional) {
        jdbc.sql("update campaign_work set due_on = :due, provisional = :provisional where number = :number")
                .param("due", due)
                .param("provisional", provisional)
                .param("number", number)
                .update();
    }

    /** It is not wanted any more; who waits for it is told by the caller. */
    void withdraw(String number, String reason, String by, Instant at) {
        jdbc.sql("update campaign_work set state = 'withdrawn', done_at = :at where number = :number")
                .param("at", timestamp(at))
                .param("number", number)
                .update();
        enter(new WorkEvent.WorkWithdrawn(at, by, number), reason);
    }

    /** Notes that a version of the plan has reached it and left its day. */
    void reached(String number, int planVersion) {
        jdbc.sql("update campaign_work set plan_version = :version where number = :number")
                .param("version", planVersion)
                .param("number", number)
                .update();
    }

    /** Gives it the days of a version of the plan. */
    void move(
            WorkRow work,
            LocalDate starts,
            LocalDate due,
            boolean provisional,
            int planVersion,
            String by,
            String reason,
            Instant at) {
        String number = work.number().toString();
        jdbc.sql("""
                        update campaign_work set starts_on = :starts, due_on = :due, provisional = :provisional, plan_version = :version
                        where number = :number
                        """)
                .param("starts", starts)
                .param("due", due)
                .param("provisional", provisional)
                .param("version", planVersion)
                .param("number", number)
                .update();
        if (!due.equals(work.dueOn())) {
            enter(new WorkEvent.WorkDateMoved(at, by, number, work.dueOn(), due), reason);
        }
    }

    /** Gives it a day that a person has named. */
    void nameDay(WorkRow work, LocalDate due, boolean late) {
        jdbc.sql("update campaign_work set due_on = :due, own_day = true, late = :late where number = :number")
                .param("due", due)
                .param("late", work.late() || late)
                .param("number", work.number().toString())
                .update();
    }

    /** The numbers of a unit's works that are not over. */
    List<String> unfinishedOf(String campaign, String unit) {
        return jdbc.sql("""
                        select number from campaign_work
                        where campaign_id = :campaign and unit_code = :unit and state not in ('done', 'withdrawn') order by number
                        """)
                .param("campaign", campaign)
                .param("unit", unit)
                .query(String.class)
                .list();
    }

    void close(String number, Instant at) {
        jdbc.sql("update campaign_work set state = 'done', done_at = :at where number = :number")
                .param("at", timestamp(at))
                .param("number", number)
                .update();
    }

    void enter(WorkEvent event, String reason) {
        jdbc.sql("""
                        insert into campaign_work_history (number, place, at, actor, event, reason)
                        values (:number, (select coalesce(max(h.place), 0) + 1 from campaign_work_history h where h.number = :number),
                            :at, :actor, :event, :reason)
                        """)
                .param("number", event.caseNumber())
                .param("at", timestamp(event.at()))
                .param("actor", event.actor())
                .param("event", event.name())
                .param("reason", reason)
                .update();
        events.publishEvent(event);
    }

    /** What happened to a piece of work, the newest first. */
    List<WorkDetail.Entry> history(String number) {
        return jdbc.sql("""
                        select h.at, h.event, h.reason, coalesce(a.name, h.actor) as actor_name from campaign_work_history h
                            left join account a on a.username = h.actor
                        where h.number = :number order by h.place desc
                        """)
                .param("number", number)
                .query((row, n) -> new WorkDetail.Entry(
                        at(row, "at"), row.getString("actor_name"), row.getString("event"), row.getString("reason")))
                .list();
    }

    /** How much is in a school's ledger. */
    record LedgerCount(int total, int open) {}

    /** What is in the ledger of the school that does a piece of work; nothing for what no unit does. */
    LedgerCount ledger(WorkNumber number) {
        return jdbc.sql("""
                        select count(*) as total, count(*) filter (where state <> 'done') as still_open from campaign_work
                        where campaign_id = :campaign and unit_code = :unit and node_id = 'ledger' and state <> 'withdrawn'
                        """)
                .param("campaign", number.campaign())
                .param("unit", number.unit())
                .query((row, n) -> new LedgerCount(row.getInt("total"), row.getInt("still_open")))
                .single();
    }

    /** What the same doer last handed in for this node in an earlier year's campaign. */
    Optional<WorkDetail.Before> before(WorkNumber number) {
        if (number.isLedger()) {
            return Optional.empty();
        }
        return jdbc.sql("""
                        select c.plan_year, w.number, w.report, w.late, w.returns from campaign_work w
                            join campaign c on c.id = w.campaign_id
                            join campaign this on this.id = :campaign
                        where w.node_id = :node and w.report is not null and c.plan_year < this.plan_year
                            and c.state in (:states) and coalesce(w.unit_code, w.post, '') = :doer
                        order by c.plan_year desc, w.occurrence desc, w.number desc fetch first 1 rows only
                        """)
                .param("campaign", number.campaign())
                .param("node", number.node())
                .param("states", List.of(CampaignState.RUNNING.code(), CampaignState.CLOSED.code()))
                .param("doer", number.doer() == null ? "" : number.doer())
                .query((row, n) -> new WorkDetail.Before(
                        row.getInt("plan_year"),
                        row.getString("number"),
                        row.getString("report"),
                        row.getBoolean("late"),
                        row.getInt("returns")))
                .optional();
    }

    static WorkRow row(ResultSet row) throws SQLException {
        String files = row.getString("files");
        return new WorkRow(
                WorkNumber.of(row.getString("number")),
                row.getString("phase_id"),
                row.getString("name"),
                row.getObject("starts_on", LocalDate.class),
                row.getObject("due_on", LocalDate.class),
                row.getBoolean("provisional"),
                row.getBoolean("own_day"),
                row.getInt("plan_version"),
                WorkState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                instant(row, "opened_at"),
                row.getString("handed_in_by"),
                instant(row, "handed_in_at"),
                row.getString("report"),
                files.isEmpty() ? List.of() : Arrays.asList(files.split(",")),
                row.getBoolean("late"),
                row.getBoolean("on_behalf"),
                row.getInt("returns"),
                row.getString("returned_reason"),
                row.getString("checked_by"),
                instant(row, "checked_at"),
                instant(row, "done_at"));
    }

    static OffsetDateTime timestamp(Instant instant) {
        return instant.atZone(MovableClock.ZONE).toOffsetDateTime();
    }

    static OffsetDateTime at(ResultSet row, String column) throws SQLException {
        Instant instant = instant(row, column);
        return instant == null ? null : timestamp(instant);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
