package org.manyi.issue.process;

import static org.manyi.issue.process.Columns.timestamp;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.manyi.calendar.Due;
import org.manyi.inbox.CaseAccess;
import org.manyi.inbox.Urgency;
import org.manyi.issue.Concerns;
import org.manyi.issue.IssueDetail.Point;
import org.manyi.issue.IssueEvent;
import org.manyi.issue.IssueKind;
import org.manyi.issue.IssueSource;
import org.manyi.issue.IssueStatus;
import org.manyi.issue.Rectification;
import org.manyi.issue.RoundCause;
import org.manyi.issue.Severity;
import org.manyi.shared.ConflictException;
import org.manyi.shared.ConflictException.Reason;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.TransactionMemory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Keeps issues with their rounds, extensions and contacts; every change goes with its event and its row of history. */
@Repository
class IssueStore {

    private static final TypeReference<List<String>> IDS = new TypeReference<>() {};
    private static final TypeReference<List<Point>> POINTS = new TypeReference<>() {};

    private static final String INSERT = """
            insert into issue (number, title, description, kind, source, category, severity, school_code, district_code,
                reporter_known, reporter_name_enc, reporter_phone_enc, child_safety, concerns, concerns_user, hidden_unit,
                status, urgency, rectification, department, lead_unit, limit_days, basis, goal, leader, provisional, round,
                supervised, next_cause, raised_by, raised_at, closed_at, version, search)
            values (:number, :title, :description, :kind, :source, :category, :severity, :school, :district,
                :reporterKnown, :reporterName, :reporterPhone, :childSafety, :concerns, :concernsUser, :hiddenUnit,
                :status, :urgency, :rectification, :department, :leadUnit, :limitDays, :basis, :goal, :leader, false, 0,
                false, :nextCause, :raisedBy, :raisedAt, :closedAt, :version, :search)
            """;

    private static final String INSERT_HISTORY = """
            insert into issue_history (number, happened_at, actor, event, from_status, to_status, reason)
            values (:number, :at, :actor, :event, :from, :to, :reason)
            """;

    private final JdbcClient jdbc;
    private final NamedParameterJdbcOperations batches;
    private final JsonMapper json;
    private final CaseAccess access;
    private final ApplicationEventPublisher events;
    private final TransactionMemory<String, Issue> looked = new TransactionMemory<>();
    private final TransactionMemory<String, List<Round>> lookedRounds = new TransactionMemory<>();

    IssueStore(
            JdbcClient jdbc,
            NamedParameterJdbcOperations batches,
            JsonMapper json,
            CaseAccess access,
            ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.json = json;
        this.access = access;
        this.events = events;
    }

    /** The issue, to look at; read once a transaction as long as nothing of it is changed. */
    Issue find(String number) {
        return looked.get(number, this::read);
    }

    private Issue read(String number) {
        return jdbc.sql("""
                        select i.*, (select string_agg(c.unit_code, ',' order by c.unit_code) from issue_co_unit c
                                      where c.number = i.number) as co_units
                          from issue i where i.number = :number
                        """)
                .param("number", number)
                .query((row, n) -> issue(row))
                .optional()
                .orElseThrow(NotFoundException::new);
    }

    /** The issue, to change: every other change of it waits until the transaction ends. */
    Issue forChange(String number) {
        access.lock(number);
        // What was seen before the lock may be past; and what is about to be changed is nobody else's to look at.
        forget(number);
        return read(number);
    }

    private void forget(String number) {
        looked.forget(number);
        lookedRounds.forget(number);
    }

    /** Writes a new issue. */
    void insert(Issue issue, String search) {
        jdbc.sql(INSERT).paramSource(values(issue, search)).update();
    }

    /**
     * An issue that was closed elsewhere.
     *
     * @param issue closed, not written before
     * @param search what texts are searched in
     * @param raised as it came in
     * @param takenOver as it was taken over
     */
    record TakenOver(Issue issue, String search, IssueEvent raised, IssueEvent takenOver) {}

    /** Writes issues that were closed elsewhere, each with both rows of history and both events. */
    void insertAll(List<TakenOver> all) {
        List<SqlParameterSource> issues = new ArrayList<>();
        List<SqlParameterSource> history = new ArrayList<>();
        for (TakenOver one : all) {
            one.issue().written();
            issues.add(values(one.issue(), one.search()));
            String number = one.issue().number();
            history.add(entry(number, null, one.raised(), null, IssueStatus.REGISTERED));
            history.add(entry(number, null, one.takenOver(), IssueStatus.REGISTERED, IssueStatus.CLOSED));
        }
        batches.batchUpdate(INSERT, issues.toArray(SqlParameterSource[]::new));
        batches.batchUpdate(INSERT_HISTORY, history.toArray(SqlParameterSource[]::new));
        for (TakenOver one : all) {
            events.publishEvent(one.raised());
            events.publishEvent(one.takenOver());
        }
    }

    private static MapSqlParameterSource values(Issue issue, String search) {
        IssueFacts facts = issue.facts();
        return new MapSqlParameterSource()
                .addValue("number", facts.number())
                .addValue("title", facts.title())
                .addValue("description", facts.description())
                .addValue("kind", facts.kind().code())
                .addValue("source", facts.source().code())
                .addValue("category", facts.category())
                .addValue("severity", facts.severity().code())
                .addValue("school", facts.schoolCode())
                .addValue("district", facts.districtCode())
                .addValue("reporterKnown", facts.reporterKnown())
                .addValue("reporterName", facts.reporterName())
                .addValue("reporterPhone", facts.reporterPhone())
                .addValue("childSafety", facts.childSafety())
                .addValue("concerns", facts.concerns().code())
                .addValue("concernsUser", facts.concernsUser())
                .addValue("hiddenUnit", facts.hiddenUnit())
                .addValue("status", issue.status().code())
                .addValue("urgency", issue.urgency().code())
                .addValue(
                        "rectification",
                        issue.rectification() == null
                                ? null
                                : issue.rectification().code())
                .addValue("department", issue.department())
                .addValue("leadUnit", issue.leadUnit())
                .addValue("limitDays", issue.limitDays())
                .addValue("basis", issue.terms().basis())
                .addValue("goal", issue.terms().goal())
                .addValue("leader", issue.terms().leader())
                .addValue("nextCause", issue.nextCause().code())
                .addValue("raisedBy", facts.raisedBy())
                .addValue("raisedAt", timestamp(facts.raisedAt()))
                .addValue("closedAt", timestamp(issue.closedAt()))
                .addValue("version", issue.version())
                .addValue("search", search);
    }

    /**
     * Writes what changed, the history's row and the event.
     *
     * @param reason in words, null for none
     * @throws ConflictException stale-version when it was changed since it was read
     */
    void write(Issue issue, String reason, IssueEvent event) {
        int written = jdbc.sql("""
                        update issue
                           set status = :status, rectification = :rectification, urgency = :urgency, department = :department,
                               lead_unit = :leadUnit, limit_days = :limitDays, basis = :basis, goal = :goal, leader = :leader,
                               report_months = :reportMonths,
                               due_date = :dueDate, provisional = :provisional,
                               round = :round, supervised = :supervised, next_cause = :nextCause,
                               suggested_unit = :suggestedUnit, answer = :answer,
                               closed_at = :closedAt, returns = :returns, unit_final = :unitFinal, taken_up = :takenUp,
                               merged_into = :mergedInto, question = :question, version = version + 1
                         where number = :number and version = :version
                        """)
                .param("status", issue.status().code())
                .param(
                        "rectification",
                        issue.rectification() == null
                                ? null
                                : issue.rectification().code())
                .param("urgency", issue.urgency().code())
                .param("department", issue.department())
                .param("leadUnit", issue.leadUnit())
                .param("limitDays", issue.limitDays())
                .param("basis", issue.terms().basis())
                .param("goal", issue.terms().goal())
                .param("leader", issue.terms().leader())
                .param("reportMonths", issue.reportMonths())
                .param("dueDate", issue.dueDate())
                .param("provisional", issue.provisional())
                .param("round", issue.round())
                .param("supervised", issue.supervised())
                .param("nextCause", issue.nextCause().code())
                .param("suggestedUnit", issue.suggestedUnit())
                .param("answer", issue.answer())
                .param("closedAt", timestamp(issue.closedAt()))
                .param("returns", issue.returns())
                .param("unitFinal", issue.unitFinal())
                .param("takenUp", issue.takenUp())
                .param("mergedInto", issue.mergedInto())
                .param("question", issue.question())
                .param("number", issue.number())
                .param("version", issue.version())
                .update();
        if (written == 0) {
            throw ConflictException.of(Reason.STALE_VERSION);
        }
        writeCoUnits(issue);
        forget(issue.number());
        note(issue, reason, event);
        issue.written();
    }

    /** Writes the current round's day alone, where nothing happened but that the next one begins. */
    void keepDue(Issue issue) {
        jdbc.sql("update issue set due_date = :dueDate, provisional = :provisional where number = :number")
                .param("dueDate", issue.dueDate())
                .param("provisional", issue.provisional())
                .param("number", issue.number())
                .update();
        forget(issue.number());
    }

    private void writeCoUnits(Issue issue) {
        if (issue.coUnitsChanged()) {
            jdbc.sql("delete from issue_co_unit where number = :number")
                    .param("number", issue.number())
                    .update();
            for (String unit : issue.coUnits()) {
                jdbc.sql("insert into issue_co_unit (number, unit_code) values (:number, :unit)")
                        .param("number", issue.number())
                        .param("unit", unit)
                        .update();
            }
        }
    }

    private void note(Issue issue, String reason, IssueEvent event) {
        jdbc.sql(INSERT_HISTORY)
                .paramSource(entry(issue.number(), reason, event, issue.statusBefore(), issue.status()))
                .update();
        events.publishEvent(event);
    }

    private static MapSqlParameterSource entry(
            String number, String reason, IssueEvent event, IssueStatus from, IssueStatus to) {
        return new MapSqlParameterSource()
                .addValue("number", number)
                .addValue("at", timestamp(event.at()))
                .addValue("actor", event.actor())
                .addValue("event", event.name())
                .addValue("from", from == null ? null : from.code())
                .addValue("to", to.code())
                .addValue("reason", reason);
    }

    void insertSuggestion(String number, Suggestion suggestion, Instant at) {
        jdbc.sql("""
                        insert into issue_triage_suggestion
                            (number, department, unit_code, rectification, working_days, urgency, note, suggested_at)
                        values (:number, :department, :unit, :rectification, :workingDays, :urgency, :note, :at)
                        """)
                .param("number", number)
                .param("department", suggestion.department())
                .param("unit", suggestion.unit())
                .param(
                        "rectification",
                        suggestion.rectification() == null
                                ? null
                                : suggestion.rectification().code())
                .param("workingDays", suggestion.workingDays())
                .param("urgency", suggestion.urgency().code())
                .param("note", suggestion.note())
                .param("at", timestamp(at))
                .update();
    }

    Optional<Suggestion> suggestion(String number) {
        return jdbc.sql("select * from issue_triage_suggestion where number = :number")
                .param("number", number)
                .query((row, n) -> new Suggestion(
                        row.getString("department"),
                        row.getString("unit_code"),
                        Rectification.of(row.getString("rectification")).orElse(null),
                        row.getInt("working_days"),
                        urgency(row.getString("urgency")),
                        row.getString("note")))
                .optional();
    }

    /** Gives the current round another due date. What somebody is typing does not go stale by it: the version stays. */
    void moveDueDate(String number, Round round) {
        update(number, round);
        jdbc.sql("update issue set due_date = :day, provisional = :provisional where number = :number")
                .param("day", round.due().day())
                .param("provisional", round.due().provisional())
                .param("number", number)
                .update();
        forget(number);
    }

    void insert(String number, Round round) {
        lookedRounds.forget(number);
        jdbc.sql("""
                        insert into issue_round (number, round, cause, supervised, unit_code, opened_at, due_date, due_from, due_amount,
                            provisional)
                        values (:number, :round, :cause, :supervised, :unit, :openedAt, :dueDate, :dueFrom, :dueAmount, :provisional)
                        """)
                .param("number", number)
                .param("round", round.number())
                .param("cause", round.cause().code())
                .param("supervised", round.supervised())
                .param("unit", round.unit())
                .param("openedAt", timestamp(round.openedAt()))
                .param("dueDate", round.due().day())
                .param("dueFrom", round.due().from())
                .param("dueAmount", round.due().amount())
                .param("provisional", round.due().provisional())
                .update();
    }

    void update(String number, Round round) {
        lookedRounds.forget(number);
        Round.Report report = round.report();
        Round.Verification verification = round.verification();
        jdbc.sql("""
                        update issue_round
                           set due_date = :dueDate, due_from = :dueFrom, due_amount = :dueAmount, provisional = :provisional,
                               overdue_at = :overdueAt, measures = :measures, result = :result, completed_on = :completedOn,
                               before_files = :beforeFiles, after_files = :afterFiles, rectified_by = :rectifiedBy,
                               submitted_at = :submittedAt, team = :team, verified_by = :verifiedBy, verified_at = :verifiedAt,
                               decision = :decision, mode = :mode, points = :points, return_code = :returnCode
                         where number = :number and round = :round
                        """)
                .param("dueDate", round.due().day())
                .param("dueFrom", round.due().from())
                .param("dueAmount", round.due().amount())
                .param("provisional", round.due().provisional())
                .param("overdueAt", timestamp(round.overdueAt()))
                .param("measures", report == null ? null : report.measures())
                .param("result", report == null ? null : report.result())
                .param("completedOn", report == null ? null : report.completedOn())
                .param("beforeFiles", report == null ? null : json.writeValueAsString(report.beforeFiles()))
                .param("afterFiles", report == null ? null : json.writeValueAsString(report.afterFiles()))
                .param("rectifiedBy", report == null ? null : report.by())
                .param("submittedAt", report == null ? null : timestamp(report.at()))
                .param("team", round.team())
                .param("verifiedBy", verification == null ? null : verification.by())
                .param("verifiedAt", verification == null ? null : timestamp(verification.at()))
                .param("decision", verification == null ? null : verification.passed() ? "pass" : "fail")
                .param("mode", verification == null ? null : verification.mode())
                .param("points", verification == null ? null : json.writeValueAsString(verification.points()))
                .param("returnCode", verification == null ? null : verification.returnCode())
                .param("number", number)
                .param("round", round.number())
                .update();
    }

    /** The current round of an issue that has one. */
    Round round(Issue issue) {
        return rounds(issue.number()).stream()
                .filter(round -> round.number() == issue.round())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(issue.number() + " has no round " + issue.round()));
    }

    /** All rounds, in order. */
    List<Round> rounds(String number) {
        return lookedRounds.get(
                number, key -> jdbc.sql("select * from issue_round where number = :number order by round")
                        .param("number", key)
                        .query(this::readRound)
                        .list());
    }

    void insert(String number, Extension extension) {
        jdbc.sql("""
                        insert into issue_extension (number, round, requested_by, requested_at, working_days, reason, state)
                        values (:number, :round, :by, :at, :workingDays, :reason, :state)
                        """)
                .param("number", number)
                .param("round", extension.round())
                .param("by", extension.requestedBy())
                .param("at", timestamp(extension.requestedAt()))
                .param("workingDays", extension.workingDays())
                .param("reason", extension.reason())
                .param("state", extension.state().code())
                .update();
    }

    void update(Extension extension) {
        Extension.Decision decision = extension.decision();
        jdbc.sql("""
                        update issue_extension
                           set state = :state, decided_by = :by, decided_at = :at, granted_days = :workingDays, due_date = :dueDate,
                               decision_reason = :reason
                         where id = :id
                        """)
                .param("state", extension.state().code())
                .param("by", decision == null ? null : decision.by())
                .param("at", decision == null ? null : timestamp(decision.at()))
                .param("workingDays", decision == null ? null : decision.workingDays())
                .param("dueDate", decision == null ? null : decision.dueDate())
                .param("reason", decision == null ? null : decision.reason())
                .param("id", extension.id())
                .update();
    }

    /** The extensions of all rounds, in order. */
    List<Extension> extensions(String number) {
        return jdbc.sql("select * from issue_extension where number = :number order by id")
                .param("number", number)
                .query(IssueStore::extension)
                .list();
    }

    /** The request that waits for a decision in the current round. */
    Optional<Extension> pendingExtension(Issue issue) {
        return extensions(issue.number()).stream()
                .filter(extension -> extension.state() == Extension.State.PENDING)
                .findFirst();
    }

    void insert(String number, Contact contact) {
        jdbc.sql("""
                        insert into issue_contact (number, kind, round, attempt, contacted_at, contacted_by, outcome, solved, satisfaction,
                            question, note)
                        values (:number, :kind, :round, :attempt, :at, :by, :outcome, :solved, :satisfaction, :question, :note)
                        """)
                .param("number", number)
                .param("kind", contact.kind().code())
                .param("round", contact.round())
                .param("attempt", contact.attempt())
                .param("at", timestamp(contact.at()))
                .param("by", contact.by())
                .param("outcome", contact.outcome())
                .param("solved", contact.solved())
                .param("satisfaction", contact.satisfaction())
                .param("question", contact.question())
                .param("note", contact.note())
                .update();
    }

    /** All contacts with the reporter, in order. */
    List<Contact> contacts(String number) {
        return jdbc.sql("select * from issue_contact where number = :number order by id")
                .param("number", number)
                .query((row, n) -> new Contact(
                        Contact.Kind.of(row.getString("kind")),
                        row.getInt("round"),
                        row.getInt("attempt"),
                        Columns.instant(row, "contacted_at"),
                        row.getString("contacted_by"),
                        row.getString("outcome"),
                        Columns.flag(row, "solved"),
                        row.getString("satisfaction"),
                        row.getString("question"),
                        row.getString("note")))
                .list();
    }

    /** The issues that were merged into this one, oldest first. */
    List<String> mergedInto(String number) {
        return jdbc.sql("select number from issue where merged_into = :number order by number")
                .param("number", number)
                .query(String.class)
                .list();
    }

    /** Who directed the rectification: decided whose it is, on more time, or whether it rests (domain rule B5). */
    Set<String> directors(String number) {
        return Set.copyOf(jdbc.sql("""
                        select distinct actor from issue_history
                         where number = :number and event in (:decisions) and actor is not null
                        """)
                .param("number", number)
                .param(
                        "decisions",
                        List.of(
                                "ReturnDecided",
                                "ResponsibilityDecided",
                                "ResponsibleUnitChanged",
                                "ExtensionDecided",
                                "ShelvingDecided"))
                .query(String.class)
                .list());
    }

    private static Issue issue(ResultSet row) throws SQLException {
        String coUnits = row.getString("co_units");
        IssueFacts facts = new IssueFacts(
                row.getString("number"),
                row.getString("title"),
                row.getString("description"),
                IssueKind.of(row.getString("kind")).orElseThrow(),
                IssueSource.of(row.getString("source")).orElseThrow(),
                row.getString("category"),
                Severity.of(row.getString("severity")).orElseThrow(),
                row.getString("school_code"),
                row.getString("district_code"),
                row.getString("reporter_name_enc"),
                row.getString("reporter_phone_enc"),
                row.getBoolean("child_safety"),
                Concerns.of(row.getString("concerns")).orElseThrow(),
                row.getString("concerns_user"),
                row.getString("hidden_unit"),
                row.getString("raised_by"),
                Columns.instant(row, "raised_at"));
        return new Issue(
                facts,
                new Issue.State(
                        IssueStatus.of(row.getString("status")).orElseThrow(),
                        Rectification.of(row.getString("rectification")).orElse(null),
                        urgency(row.getString("urgency")),
                        row.getString("department"),
                        row.getString("lead_unit"),
                        coUnits == null ? List.of() : List.of(coUnits.split(",")),
                        Columns.number(row, "limit_days"),
                        new Terms(row.getString("basis"), row.getString("goal"), row.getString("leader")),
                        Columns.number(row, "report_months"),
                        Columns.day(row, "due_date"),
                        row.getBoolean("provisional"),
                        row.getInt("round"),
                        row.getBoolean("supervised"),
                        RoundCause.of(row.getString("next_cause")).orElseThrow(),
                        row.getString("suggested_unit"),
                        row.getString("answer"),
                        Columns.instant(row, "closed_at"),
                        row.getInt("returns"),
                        row.getBoolean("unit_final"),
                        row.getBoolean("taken_up"),
                        row.getString("merged_into"),
                        row.getString("question"),
                        row.getInt("version")));
    }

    private Round readRound(ResultSet row, int n) throws SQLException {
        Instant submittedAt = Columns.instant(row, "submitted_at");
        Instant verifiedAt = Columns.instant(row, "verified_at");
        return new Round(
                row.getInt("round"),
                RoundCause.of(row.getString("cause")).orElseThrow(),
                row.getBoolean("supervised"),
                row.getString("unit_code"),
                Columns.instant(row, "opened_at"),
                new Due(
                        Columns.day(row, "due_date"),
                        null,
                        Columns.day(row, "due_from"),
                        row.getInt("due_amount"),
                        row.getBoolean("provisional")),
                Columns.instant(row, "overdue_at"),
                submittedAt == null
                        ? null
                        : new Round.Report(
                                row.getString("measures"),
                                row.getString("result"),
                                Columns.day(row, "completed_on"),
                                json.readValue(row.getString("before_files"), IDS),
                                json.readValue(row.getString("after_files"), IDS),
                                row.getString("rectified_by"),
                                submittedAt),
                row.getString("team"),
                verifiedAt == null
                        ? null
                        : new Round.Verification(
                                row.getString("verified_by"),
                                verifiedAt,
                                "pass".equals(row.getString("decision")),
                                row.getString("mode"),
                                json.readValue(row.getString("points"), POINTS),
                                row.getString("return_code")));
    }

    private static Extension extension(ResultSet row, int n) throws SQLException {
        String state = row.getString("state");
        Instant decidedAt = Columns.instant(row, "decided_at");
        return new Extension(
                row.getLong("id"),
                row.getInt("round"),
                row.getString("requested_by"),
                Columns.instant(row, "requested_at"),
                row.getInt("working_days"),
                row.getString("reason"),
                java.util.Arrays.stream(Extension.State.values())
                        .filter(it -> it.code().equals(state))
                        .findFirst()
                        .orElseThrow(),
                decidedAt == null
                        ? null
                        : new Extension.Decision(
                                row.getString("decided_by"),
                                decidedAt,
                                Columns.number(row, "granted_days"),
                                Columns.day(row, "due_date"),
                                row.getString("decision_reason")));
    }

    private static Urgency urgency(String code) {
        return Urgency.valueOf(code.toUpperCase(java.util.Locale.ROOT));
    }
}
