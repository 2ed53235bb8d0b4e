package org.manyi.campaign.process;

import java.time.Instant;
import java.util.List;
import org.manyi.campaign.PlanAdjustments.Adjustment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps the changes of running plans and how far each of them is carried out. */
@Repository
class AdjustmentStore {

    private static final String UNFINISHED = "('planned', 'open', 'checking', 'returned')";

    private final JdbcClient jdbc;

    AdjustmentStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A change.
     *
     * @param by who asked for it
     */
    record Row(String campaign, int planVersion, String reason, String by) {}

    /** A school that joins or leaves. */
    record Change(String school, boolean joins) {}

    void insert(Row row, Instant at) {
        jdbc.sql("""
                        insert into campaign_adjustment (campaign_id, plan_version, state, reason, asked_by, asked_at, works_total,
                            works_moved)
                        values (:campaign, :version, 'running', :reason, :by, :at,
                            (select count(*) from campaign_work w where w.campaign_id = :campaign and w.state in %s), 0)
                        """.formatted(UNFINISHED))
                .param("campaign", row.campaign())
                .param("version", row.planVersion())
                .param("reason", row.reason())
                .param("by", row.by())
                .param("at", WorkStore.timestamp(at))
                .update();
    }

    void insert(String campaign, int planVersion, Change change) {
        jdbc.sql("""
                        insert into campaign_adjustment_school (campaign_id, plan_version, school_code, joins, done)
                        values (:campaign, :version, :school, :joins, false)
                        """)
                .param("campaign", campaign)
                .param("version", planVersion)
                .param("school", change.school())
                .param("joins", change.joins())
                .update();
    }

    Row find(String campaign, int planVersion) {
        return jdbc.sql("""
                        select * from campaign_adjustment where campaign_id = :campaign and plan_version = :version
                        """)
                .param("campaign", campaign)
                .param("version", planVersion)
                .query((row, n) -> new Row(
                        row.getString("campaign_id"),
                        row.getInt("plan_version"),
                        row.getString("reason"),
                        row.getString("asked_by")))
                .single();
    }

    /** The last change of every running year, where it is carried out and yet has not reached everything. */
    List<Row> doneButBehind() {
        return jdbc.sql("""
                        select a.campaign_id, a.plan_version, a.reason, a.asked_by from campaign_adjustment a
                            join campaign c on c.id = a.campaign_id and c.plan_version = a.plan_version and c.state = 'running'
                        where a.state = 'done' and exists (select 1 from campaign_work w where w.campaign_id = a.campaign_id
                            and w.plan_version < a.plan_version and w.state in %s)
                        """.formatted(UNFINISHED))
                .query((row, n) -> new Row(
                        row.getString("campaign_id"),
                        row.getInt("plan_version"),
                        row.getString("reason"),
                        row.getString("asked_by")))
                .list();
    }

    /** Who has work that is not done and has its day from an older version: units' codes and posts' keys, empty for the nodes' owners. */
    List<String> doersBehind(String campaign, int planVersion, int limit) {
        return jdbc.sql("""
                        select distinct coalesce(unit_code, post, '') as doer from campaign_work
                        where campaign_id = :campaign and plan_version < :version and state in %s
                        order by doer fetch first :limit rows only
                        """.formatted(UNFINISHED))
                .param("campaign", campaign)
                .param("version", planVersion)
                .param("limit", limit)
                .query(String.class)
                .list();
    }

    /** The numbers of the works of a doer that have their day from an older version. */
    List<String> behind(String campaign, int planVersion, String doer) {
        return jdbc.sql("""
                        select number from campaign_work
                        where campaign_id = :campaign and plan_version < :version and state in %s
                            and coalesce(unit_code, post, '') = :doer
                        order by number
                        """.formatted(UNFINISHED))
                .param("campaign", campaign)
                .param("version", planVersion)
                .param("doer", doer)
                .query(String.class)
                .list();
    }

    void moved(String campaign, int planVersion, int works) {
        jdbc.sql("""
                        update campaign_adjustment set works_moved = works_moved + :works
                        where campaign_id = :campaign and plan_version = :version
                        """)
                .param("works", works)
                .param("campaign", campaign)
                .param("version", planVersion)
                .update();
    }

    /** The next schools that join or leave, by code. */
    List<Change> changes(String campaign, int planVersion, int limit) {
        return jdbc.sql("""
                        select school_code, joins from campaign_adjustment_school
                        where campaign_id = :campaign and plan_version = :version and not done
                        order by school_code fetch first :limit rows only
                        """)
                .param("campaign", campaign)
                .param("version", planVersion)
                .param("limit", limit)
                .query((row, n) -> new Change(row.getString("school_code"), row.getBoolean("joins")))
                .list();
    }

    void done(String campaign, int planVersion, String school) {
        jdbc.sql("""
                        update campaign_adjustment_school set done = true
                        where campaign_id = :campaign and plan_version = :version and school_code = :school
                        """)
                .param("campaign", campaign)
                .param("version", planVersion)
                .param("school", school)
                .update();
    }

    /** A change has reached everybody; answers how many pieces of work it moved. */
    int close(String campaign, int planVersion, Instant at) {
        jdbc.sql("""
                        update campaign_adjustment set state = 'done', done_at = :at
                        where campaign_id = :campaign and plan_version = :version
                        """)
                .param("at", WorkStore.timestamp(at))
                .param("campaign", campaign)
                .param("version", planVersion)
                .update();
        return jdbc.sql("""
                        select works_moved from campaign_adjustment where campaign_id = :campaign and plan_version = :version
                        """)
                .param("campaign", campaign)
                .param("version", planVersion)
                .query(Integer.class)
                .single();
    }

    /** The changes of a year's plan, the newest first. */
    List<Adjustment> of(String campaign) {
        return jdbc.sql("""
                        select a.*, coalesce(p.name, a.asked_by) as by_name,
                            case when a.state = 'done' then 0 else (select count(*) from campaign_work w
                                where w.campaign_id = a.campaign_id and w.plan_version < a.plan_version and w.state in %s) end as behind
                        from campaign_adjustment a left join account p on p.username = a.asked_by
                        where a.campaign_id = :campaign order by a.plan_version desc
                        """.formatted(UNFINISHED))
                .param("campaign", campaign)
                .query((row, n) -> new Adjustment(
                        row.getInt("plan_version"),
                        row.getString("reason"),
                        row.getString("by_name"),
                        WorkStore.at(row, "asked_at"),
                        row.getString("state").equals("done"),
                        row.getInt("works_total"),
                        row.getInt("behind"),
                        row.getInt("works_moved"),
                        names(campaign, row.getInt("plan_version"), true),
                        names(campaign, row.getInt("plan_version"), false)))
                .list();
    }

    private List<String> names(String campaign, int planVersion, boolean joins) {
        return jdbc.sql("""
                        select coalesce(u.short_name, s.school_code) from campaign_adjustment_school s
                            left join org_unit u on u.code = s.school_code
                        where s.campaign_id = :campaign and s.plan_version = :version and s.joins = :joins order by s.school_code
                        """)
                .param("campaign", campaign)
                .param("version", planVersion)
                .param("joins", joins)
                .query(String.class)
                .list();
    }
}
