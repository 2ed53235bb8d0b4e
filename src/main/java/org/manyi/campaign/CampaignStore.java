package org.manyi.campaign;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.manyi.campaign.CampaignDetail.Entry;
import org.manyi.shared.ConflictException;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NotFoundException;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps campaigns with the versions of their plans; every change goes with its event and its row of history. */
@Repository
class CampaignStore implements CampaignRecords {

    private static final String NAMED = "coalesce((select a.name from account a where a.username = %s), %s) as %s";

    private static final String SELECT = """
            select c.*, (select max(h.at) from campaign_history h where h.campaign_id = c.id) as changed_at from campaign c
            """;

    private final JdbcClient jdbc;
    private final PlanFiles files;
    private final ApplicationEventPublisher events;

    CampaignStore(JdbcClient jdbc, PlanFiles files, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.files = files;
        this.events = events;
    }

    /**
     * A campaign's row.
     *
     * @param returnedReason null unless it is back for revision
     * @param rolledFrom null when it was not copied from another
     * @param decidedOn null before it is decided
     * @param issue null before it is issued
     */
    record Row(
            CampaignItem item,
            String returnedReason,
            String rolledFrom,
            LocalDate decidedOn,
            PlanDecisions.Issue issue) {}

    /** Campaigns in these states, the latest year first. */
    List<CampaignItem> list(List<CampaignState> states) {
        return jdbc.sql(SELECT + " where c.state in (:states) order by c.plan_year desc, c.id desc")
                .param("states", states.stream().map(CampaignState::code).toList())
                .query((row, n) -> row(row).item())
                .list();
    }

    Row find(String id) {
        return jdbc.sql(SELECT + " where c.id = :id")
                .param("id", id)
                .query((row, n) -> row(row))
                .optional()
                .orElseThrow(NotFoundException::new);
    }

    /** The campaign, to change: every other change of it waits until the transaction ends. */
    Row forChange(String id) {
        jdbc.sql("select id from campaign where id = :id for update")
                .param("id", id)
                .query(String.class)
                .optional()
                .orElseThrow(NotFoundException::new);
        return find(id);
    }

    /** Whether there is a campaign of this plan and year. */
    boolean exists(String planId, int year) {
        return jdbc.sql("select count(*) from campaign where plan_id = :plan and plan_year = :year")
                        .param("plan", planId)
                        .param("year", year)
                        .query(Long.class)
                        .single()
                > 0;
    }

    void insert(String id, Plan plan, String rolledFrom, String by, Instant at) {
        jdbc.sql("""
                        insert into campaign (id, plan_id, plan_year, title, state, plan_version, rolled_from, created_by, created_at,
                            version)
                        values (:id, :plan, :year, :title, :state, 1, :rolledFrom, :by, :at, 0)
                        """)
                .param("id", id)
                .param("plan", plan.id())
                .param("year", plan.year())
                .param("title", plan.title())
                .param("state", CampaignState.DRAFT.code())
                .param("rolledFrom", rolledFrom)
                .param("by", by)
                .param("at", timestamp(at))
                .update();
        insertVersion(id, 1, plan, null, by, at);
        enter(new CampaignEvent.PlanDrafted(at, by, id, 1, rolledFrom), null);
    }

    void revise(CampaignItem item, Plan plan, String note, String by, Instant at) {
        int number = item.planVersion() + 1;
        change(item, "title = :title, plan_version = :number", jdbc -> jdbc.param("title", plan.title())
                .param("number", number));
        insertVersion(item.id(), number, plan, note, by, at);
        enter(new CampaignEvent.PlanRevised(at, by, item.id(), number), note);
    }

    void submit(CampaignItem item, String note, String by, Instant at) {
        change(item, "submitted_by = :by, submitted_at = :at, returned_reason = null", jdbc -> jdbc.param("by", by)
                .param("at", timestamp(at)));
        enter(new CampaignEvent.PlanSubmitted(at, by, item.id(), item.planVersion()), note);
    }

    void recall(CampaignItem item, String by, Instant at) {
        change(item, "submitted_by = null, submitted_at = null", jdbc -> jdbc);
        enter(new CampaignEvent.PlanRecalled(at, by, item.id(), item.planVersion()), null);
    }

    void giveBack(CampaignItem item, String reason, String by, Instant at) {
        change(
                item,
                "submitted_by = null, submitted_at = null, returned_reason = :reason",
                jdbc -> jdbc.param("reason", reason));
        enter(new CampaignEvent.PlanReturned(at, by, item.id(), item.planVersion()), reason);
    }

    void decide(CampaignItem item, String reason, String by, Instant at) {
        change(
                item,
                "state = :state, submitted_at = null, returned_reason = null, decided_by = :by, decided_at = :at",
                jdbc -> jdbc.param("state", CampaignState.DECIDED.code())
                        .param("by", by)
                        .param("at", timestamp(at)));
        enter(new CampaignEvent.PlanDecided(at, by, item.id(), item.planVersion()), reason);
    }

    void issue(CampaignItem item, PlanDecisions.Issue issue, String by, Instant at) {
        change(
                item,
                "state = :state, document_number = :paper, issued_on = :issuedOn, published_where = :published,"
                        + " started_at = :at",
                jdbc -> jdbc.param("state", CampaignState.RUNNING.code())
                        .param("paper", issue.documentNumber())
                        .param("issuedOn", issue.issuedOn())
                        .param("published", issue.publishedWhere())
                        .param("at", timestamp(at)));
        enter(new CampaignEvent.PlanIssued(at, by, item.id(), item.planVersion()), null);
    }

    @Override
    public CampaignItem campaign(String id) {
        return find(id).item();
    }

    @Override
    public Plan plan(String id) {
        return version(id, campaign(id).planVersion()).plan();
    }

    @Override
    public void keep(CampaignEvent event, String reason) {
        enter(event, reason);
    }

    @Override
    public int adjust(String id, int version, Plan plan, String reason, String by, Instant at) {
        CampaignItem item = forChange(id).item();
        if (item.state() != CampaignState.RUNNING) {
            throw new ConflictException(ConflictException.Reason.NOT_ACTIVE, "campaign.problem.notRunning");
        }
        if (item.version() != version) {
            throw new ConflictException(ConflictException.Reason.STALE_VERSION, "campaign.problem.stale");
        }
        int number = item.planVersion() + 1;
        change(item, "plan_version = :number", jdbc -> jdbc.param("number", number));
        insertVersion(id, number, plan, reason, by, at);
        enter(new CampaignEvent.PlanAdjusted(at, by, id, number), reason);
        return number;
    }

    @Override
    public void close(String id, Instant at) {
        change(forChange(id).item(), "state = :state, closed_at = :at", jdbc -> jdbc.param(
                        "state", CampaignState.CLOSED.code())
                .param("at", timestamp(at)));
    }

    @Override
    public void awaitCityRank(String id, LocalDate until) {
        change(forChange(id).item(), "city_rank_awaited_until = :until", jdbc -> jdbc.param("until", until));
    }

    @Override
    public LocalDate cityRankAwaitedUntil(String id) {
        return jdbc.sql("select city_rank_awaited_until from campaign where id = :id")
                .param("id", id)
                .query((row, n) -> Optional.ofNullable(row.getObject(1, LocalDate.class)))
                .single()
                .orElse(null);
    }

    private interface Params {
        JdbcClient.StatementSpec on(JdbcClient.StatementSpec statement);
    }

    private void change(CampaignItem item, String set, Params params) {
        int changed = params.on(jdbc.sql("update campaign set " + set
                                + ", version = version + 1 where id = :id and version = :version")
                        .param("id", item.id())
                        .param("version", item.version()))
                .update();
        if (changed == 0) {
            throw new ConflictException(ConflictException.Reason.STALE_VERSION, "campaign.problem.stale");
        }
    }

    private void insertVersion(String id, int number, Plan plan, String note, String by, Instant at) {
        jdbc.sql("""
                        insert into campaign_plan_version (campaign_id, number, plan, saved_by, saved_at, note)
                        values (:id, :number, :plan, :by, :at, :note)
                        """)
                .param("id", id)
                .param("number", number)
                .param("plan", files.keep(plan))
                .param("by", by)
                .param("at", timestamp(at))
                .param("note", note)
                .update();
    }

    private void enter(CampaignEvent event, String reason) {
        jdbc.sql("""
                        insert into campaign_history (campaign_id, place, at, actor, event, plan_version, reason)
                        values (:id, (select coalesce(max(h.place), 0) + 1 from campaign_history h where h.campaign_id = :id), :at, :actor,
                            :event, :planVersion, :reason)
                        """)
                .param("id", event.caseNumber())
                .param("at", timestamp(event.at()))
                .param("actor", event.actor())
                .param("event", event.name())
                .param("planVersion", event.planVersion())
                .param("reason", reason)
                .update();
        events.publishEvent(event);
    }

    /** What happened to a campaign, the newest first. */
    List<Entry> history(String id) {
        return jdbc.sql("select h.*, " + NAMED.formatted("h.actor", "h.actor", "actor_name")
                        + " from campaign_history h where h.campaign_id = :id order by h.place desc")
                .param("id", id)
                .query((row, n) -> new Entry(
                        timestamp(row, "at"),
                        row.getString("actor"),
                        row.getString("actor_name"),
                        row.getString("event"),
                        row.getInt("plan_version"),
                        row.getString("reason")))
                .list();
    }

    /** The versions of a plan, the newest first. */
    List<PlanVersion> versions(String id) {
        return jdbc.sql("select v.*, " + NAMED.formatted("v.saved_by", "v.saved_by", "saved_by_name")
                        + " from campaign_plan_version v where v.campaign_id = :id order by v.number desc")
                .param("id", id)
                .query((row, n) -> version(row))
                .list();
    }

    /**
     * A version of a plan.
     *
     * @throws NotFoundException when there is none of this number
     */
    PlanVersion version(String id, int number) {
        return jdbc.sql("select v.*, " + NAMED.formatted("v.saved_by", "v.saved_by", "saved_by_name")
                        + " from campaign_plan_version v where v.campaign_id = :id and v.number = :number")
                .param("id", id)
                .param("number", number)
                .query((row, n) -> version(row))
                .optional()
                .orElseThrow(NotFoundException::new);
    }

    private PlanVersion version(ResultSet row) throws SQLException {
        return new PlanVersion(
                row.getInt("number"),
                files.kept(row.getString("plan")),
                row.getString("saved_by"),
                row.getString("saved_by_name"),
                timestamp(row, "saved_at"),
                row.getString("note"));
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                new CampaignItem(
                        row.getString("id"),
                        row.getString("plan_id"),
                        row.getInt("plan_year"),
                        row.getString("title"),
                        CampaignState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                        row.getObject("submitted_at") != null,
                        row.getInt("plan_version"),
                        timestamp(row, "changed_at"),
                        row.getInt("version")),
                row.getString("returned_reason"),
                row.getString("rolled_from"),
                row.getObject("decided_at") == null
                        ? null
                        : timestamp(row, "decided_at").toLocalDate(),
                issue(row));
    }

    private static PlanDecisions.Issue issue(ResultSet row) throws SQLException {
        LocalDate issuedOn = row.getObject("issued_on", LocalDate.class);
        return issuedOn == null
                ? null
                : new PlanDecisions.Issue(row.getString("document_number"), issuedOn, row.getString("published_where"));
    }

    private static OffsetDateTime timestamp(Instant instant) {
        return instant.atZone(MovableClock.ZONE).toOffsetDateTime();
    }

    private static OffsetDateTime timestamp(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : timestamp(value.toInstant());
    }
}
