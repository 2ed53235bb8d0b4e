package org.manyi.campaign.process;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps the phases that have begun and every school's part of them. */
@Repository
class PartStore {

    private static final int INSERTED_AT_ONCE = 500;

    private final JdbcClient jdbc;
    private final JdbcOperations batches;

    PartStore(JdbcClient jdbc, JdbcOperations batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /** Begins a phase. */
    void begin(String campaign, String phase, Instant at) {
        jdbc.sql("""
                        insert into campaign_phase (campaign_id, phase_id, state, opened_at) values (:campaign, :phase, 'opening', :at)
                        """)
                .param("campaign", campaign)
                .param("phase", phase)
                .param("at", WorkStore.timestamp(at))
                .update();
    }

    /** Writes down which schools take part. */
    void plan(String campaign, String phase, List<String> schools) {
        batches.batchUpdate(
                "insert into campaign_part (campaign_id, phase_id, school_code, state, late) values (?, ?, ?, 'planned', false)",
                schools,
                INSERTED_AT_ONCE,
                (row, school) -> {
                    row.setString(1, campaign);
                    row.setString(2, phase);
                    row.setString(3, school);
                });
    }

    /** The next schools that have not been given their part, by code. */
    List<String> planned(String campaign, String phase, int limit) {
        return jdbc.sql("""
                        select school_code from campaign_part where campaign_id = :campaign and phase_id = :phase and state = 'planned'
                        order by school_code fetch first :limit rows only
                        """)
                .param("campaign", campaign)
                .param("phase", phase)
                .param("limit", limit)
                .query(String.class)
                .list();
    }

    /** A school has its part from now on. */
    void open(PartNumber part, Instant at) {
        jdbc.sql("""
                        update campaign_part set state = 'open', opened_at = :at
                        where campaign_id = :campaign and phase_id = :phase and school_code = :school and state = 'planned'
                        """)
                .param("at", WorkStore.timestamp(at))
                .param("campaign", part.campaign())
                .param("phase", part.phase())
                .param("school", part.school())
                .update();
    }

    /** Every school of the phase has its part. */
    void allOpened(String campaign, String phase) {
        jdbc.sql("""
                        update campaign_phase set state = 'open'
                        where campaign_id = :campaign and phase_id = :phase and state = 'opening'
                        """).param("campaign", campaign).param("phase", phase).update();
    }

    /** The phases that have begun. */
    List<String> begun(String campaign) {
        return jdbc.sql(
                        "select phase_id from campaign_phase where campaign_id = :campaign order by opened_at, phase_id")
                .param("campaign", campaign)
                .query(String.class)
                .list();
    }

    /**
     * A school joins a phase that has begun.
     *
     * @return whether it had no part of it yet
     */
    boolean join(PartNumber part, LocalDate on, Instant at) {
        return jdbc.sql("""
                        insert into campaign_part (campaign_id, phase_id, school_code, state, late, opened_at, joined_on)
                        select f.campaign_id, f.phase_id, u.code, 'open', false, cast(:at as timestamp with time zone),
                            cast(:on as date)
                        from campaign_phase f, org_unit u
                        where f.campaign_id = :campaign and f.phase_id = :phase and u.code = :school
                            and not exists (select 1 from campaign_part p where p.campaign_id = f.campaign_id
                                and p.phase_id = f.phase_id and p.school_code = u.code)
                        """)
                        .param("campaign", part.campaign())
                        .param("phase", part.phase())
                        .param("school", part.school())
                        .param("at", WorkStore.timestamp(at))
                        .param("on", on)
                        .update()
                == 1;
    }

    /** Whether the school that does a piece of work joined when the year was under way. */
    boolean joined(WorkNumber work) {
        return jdbc.sql("""
                        select count(*) from campaign_part
                        where campaign_id = :campaign and school_code = :school and joined_on is not null
                        """)
                        .param("campaign", work.campaign())
                        .param("school", work.unit())
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** A school that leaves gets no part of the phases that are being opened. */
    void dropPlanned(String campaign, String school, Instant at) {
        jdbc.sql("""
                        update campaign_part set state = 'done', done_at = :at
                        where campaign_id = :campaign and school_code = :school and state = 'planned'
                        """)
                .param("at", WorkStore.timestamp(at))
                .param("campaign", campaign)
                .param("school", school)
                .update();
    }

    /** A school is done with its part. */
    void close(PartNumber part, Instant at) {
        jdbc.sql("""
                        update campaign_part set state = 'done', done_at = :at
                        where campaign_id = :campaign and phase_id = :phase and school_code = :school
                        """)
                .param("at", WorkStore.timestamp(at))
                .param("campaign", part.campaign())
                .param("phase", part.phase())
                .param("school", part.school())
                .update();
    }

    /**
     * Ends the parts of a phase when no school is left with one; the database lets only one caller do it.
     *
     * @return whether this call did
     */
    boolean endWhenNoneIsLeft(String campaign, String phase, Instant at) {
        return jdbc.sql("""
                        update campaign_phase set state = 'done', parts_done_at = :at
                        where campaign_id = :campaign and phase_id = :phase and state = 'open'
                            and not exists (select 1 from campaign_part p where p.campaign_id = :campaign and p.phase_id = :phase
                                and p.state <> 'done')
                        """)
                        .param("at", WorkStore.timestamp(at))
                        .param("campaign", campaign)
                        .param("phase", phase)
                        .update()
                == 1;
    }

    /**
     * Ends the parts of a phase whose time is over and marks those that are open.
     *
     * @return how many were
     */
    int endLate(String campaign, String phase, Instant at) {
        jdbc.sql("""
                        update campaign_phase set state = 'done', parts_done_at = :at
                        where campaign_id = :campaign and phase_id = :phase and state = 'open'
                        """)
                .param("at", WorkStore.timestamp(at))
                .param("campaign", campaign)
                .param("phase", phase)
                .update();
        return jdbc.sql("""
                        update campaign_part set late = true
                        where campaign_id = :campaign and phase_id = :phase and state <> 'done'
                        """).param("campaign", campaign).param("phase", phase).update();
    }

    /** The phases that wait for their schools and have none left that is not done. */
    List<PartNumber> withNoneLeft() {
        return jdbc.sql("""
                        select campaign_id, phase_id from campaign_phase f where state = 'open'
                            and not exists (select 1 from campaign_part p where p.campaign_id = f.campaign_id
                                and p.phase_id = f.phase_id and p.state <> 'done')
                        """)
                .query((row, n) -> new PartNumber(row.getString("campaign_id"), row.getString("phase_id"), null))
                .list();
    }
}
