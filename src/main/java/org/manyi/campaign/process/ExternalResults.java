package org.manyi.campaign.process;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps the city's results (S0-29): what one person enters counts when another has confirmed it. */
@Repository
class ExternalResults {

    private final JdbcClient jdbc;

    ExternalResults(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Where an entry stands. */
    enum State {
        ENTERED,
        REFUSED,
        CONFIRMED
    }

    /**
     * An entry.
     *
     * @param cityRank 1 is the best
     * @param score 0 to 100, two decimals; null where the city gives none
     * @param publishedOn the paper's day
     * @param paper what it is called
     */
    record Result(
            int place,
            int cityRank,
            BigDecimal score,
            LocalDate publishedOn,
            String paper,
            State state,
            String enteredBy,
            String reason) {}

    /** The last entry. */
    Optional<Result> latest(String campaign) {
        return jdbc.sql("""
                        select * from campaign_external_result where campaign_id = :campaign order by place desc fetch first 1 rows only
                        """)
                .param("campaign", campaign)
                .query((row, n) -> new Result(
                        row.getInt("place"),
                        row.getInt("city_rank"),
                        row.getBigDecimal("score"),
                        row.getObject("published_on", LocalDate.class),
                        row.getString("paper"),
                        State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                        row.getString("entered_by"),
                        row.getString("reason")))
                .optional();
    }

    void enter(String campaign, Result result, Instant at) {
        jdbc.sql("""
                        insert into campaign_external_result (campaign_id, place, city_rank, score, published_on, paper, state, entered_by,
                            entered_at)
                        values (:campaign, (select coalesce(max(r.place), 0) + 1 from campaign_external_result r
                            where r.campaign_id = :campaign), :rank, :score, :publishedOn, :paper, 'entered', :by, :at)
                        """)
                .param("campaign", campaign)
                .param("rank", result.cityRank())
                .param("score", result.score())
                .param("publishedOn", result.publishedOn())
                .param("paper", result.paper())
                .param("by", result.enteredBy())
                .param("at", WorkStore.timestamp(at))
                .update();
    }

    void check(String campaign, Result result, State state, String reason, String by, Instant at) {
        jdbc.sql("""
                        update campaign_external_result set state = :state, reason = :reason, checked_by = :by, checked_at = :at
                        where campaign_id = :campaign and place = :place
                        """)
                .param("state", state.name().toLowerCase(Locale.ROOT))
                .param("reason", reason)
                .param("by", by)
                .param("at", WorkStore.timestamp(at))
                .param("campaign", campaign)
                .param("place", result.place())
                .update();
    }
}
