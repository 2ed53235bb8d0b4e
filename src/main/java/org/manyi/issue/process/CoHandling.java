package org.manyi.issue.process;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.manyi.engine.Processes;
import org.manyi.inbox.CaseAccess;
import org.manyi.issue.IssueEvent;
import org.manyi.issue.IssueStatus;
import org.manyi.org.Organisation;
import org.manyi.org.UnitType;
import org.manyi.security.CurrentUser;
import org.manyi.shared.ConflictException;
import org.manyi.shared.ConflictException.Reason;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.ForbiddenException;
import org.manyi.shared.MovableClock;
import org.manyi.shared.ValidationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The units that help (协办): each has its own task in each round and waits for nobody; the lead unit waits for them or says why not. */
@Component
class CoHandling {

    private static final TypeReference<List<String>> IDS = new TypeReference<>() {};

    /** While others may still be asked to help: before the round, while it runs, while it rests. */
    private static final Set<IssueStatus> OPEN_TO_HELP = Set.of(
            IssueStatus.TO_SIGN,
            IssueStatus.RETURN_REVIEW,
            IssueStatus.RECTIFYING,
            IssueStatus.EXTENSION_REVIEW,
            IssueStatus.SHELVING_REVIEW,
            IssueStatus.SHELVED);

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final IssueStore store;
    private final UnitChoice choice;
    private final Discretion discretion;
    private final Organisation organisation;
    private final CaseAccess access;
    private final Processes processes;
    private final MovableClock clock;

    CoHandling(
            JdbcClient jdbc,
            JsonMapper json,
            IssueStore store,
            UnitChoice choice,
            Discretion discretion,
            Organisation organisation,
            CaseAccess access,
            Processes processes,
            MovableClock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.store = store;
        this.choice = choice;
        this.discretion = discretion;
        this.organisation = organisation;
        this.access = access;
        this.processes = processes;
        this.clock = clock;
    }

    /**
     * What a unit contributes in a round.
     *
     * @param state {@code open}, {@code contributed} or {@code withdrawn}
     * @param text null until contributed
     * @param files attachment ids, never null
     */
    record Part(int round, String unit, String state, String text, List<String> files, String by, Instant at) {

        boolean isOpen() {
            return "open".equals(state);
        }
    }

    /** Asks every unit that helps for its part in the round that runs, unless it was asked or has handed it in. */
    void open(Issue issue) {
        Set<String> hidden = discretion.hiddenUnits(issue);
        issue.coUnits().stream().filter(unit -> !hidden.contains(unit)).forEach(unit -> open(issue, unit));
    }

    private void open(Issue issue, String unit) {
        Optional<Part> part = part(issue, unit);
        if (part.isPresent() && !"withdrawn".equals(part.get().state())) {
            return;
        }
        String sql = part.isPresent()
                ? "update issue_co_handling set state = 'open', asked_at = :at"
                        + " where number = :number and round = :round and unit_code = :unit"
                : "insert into issue_co_handling (number, round, unit_code, state, asked_at)"
                        + " values (:number, :round, :unit, 'open', :at)";
        jdbc.sql(sql)
                .param("number", issue.number())
                .param("round", issue.round())
                .param("unit", unit)
                .param("at", Columns.timestamp(clock.instant()))
                .update();
        processes.start(
                CoHandlingProcess.KEY,
                issue.number(),
                Map.of(CoHandlingProcess.CASE_NUMBER, issue.number(), CoHandlingProcess.UNIT_CODE, unit));
    }

    /** Tells the units that have not handed in that nothing more is expected; the diagram withdraws their tasks. */
    void close(String number) {
        processes.tell(CoHandlingProcess.CONTRIBUTIONS_CLOSED, number);
    }

    void withdraw(Issue issue, String unit) {
        jdbc.sql("""
                        update issue_co_handling set state = 'withdrawn'
                         where number = :number and round = :round and unit_code = :unit and state = 'open'
                        """)
                .param("number", issue.number())
                .param("round", issue.round())
                .param("unit", unit)
                .update();
        store.write(
                issue,
                null,
                new IssueEvent.ContributionWithdrawn(clock.instant(), null, issue.number(), unit, issue.round()));
    }

    void contribute(Issue issue, String unit, String text, List<String> files, CurrentUser user) {
        Instant now = clock.instant();
        jdbc.sql("""
                        update issue_co_handling
                           set state = 'contributed', contribution = :text, files = :files, contributed_by = :by, contributed_at = :at
                         where number = :number and round = :round and unit_code = :unit
                        """)
                .param("text", text)
                .param("files", json.writeValueAsString(files))
                .param("by", user.username())
                .param("at", Columns.timestamp(now))
                .param("number", issue.number())
                .param("round", issue.round())
                .param("unit", unit)
                .update();
        store.write(
                issue,
                null,
                new IssueEvent.ContributionMade(now, user.username(), issue.number(), unit, issue.round()));
    }

    /** Whether the person could add a unit now. */
    boolean mayAdd(Issue issue, CurrentUser user) {
        return OPEN_TO_HELP.contains(issue.status()) && asks(issue, user);
    }

    void add(Issue issue, int version, String unit, String reason, CurrentUser user) {
        if (!OPEN_TO_HELP.contains(issue.status())) {
            throw new ConflictException(Reason.NOT_ACTIVE, "issue.problem.coUnit.notNow");
        }
        if (!asks(issue, user)) {
            throw new ForbiddenException("issue.problem.coUnit.notYours");
        }
        if (issue.version() != version) {
            throw ConflictException.of(Reason.STALE_VERSION);
        }
        List<FieldProblem> problems = new java.util.ArrayList<>();
        if (unit == null || unit.isBlank()) {
            problems.add(FieldProblem.of("unitCode", "required", "shared.field.required"));
        } else if (unit.equals(issue.leadUnit()) || issue.coUnits().contains(unit)) {
            problems.add(FieldProblem.of("unitCode", "already", "issue.problem.coUnit.already"));
        } else {
            problems.addAll(choice.problems(issue, "unitCode", List.of(unit)));
        }
        Reasons.problem(reason).ifPresent(problems::add);
        if (!problems.isEmpty()) {
            throw new ValidationException(problems);
        }
        issue.addCoUnit(unit);
        access.grant(issue.number(), List.of(unit), List.of());
        store.write(
                issue,
                reason.strip(),
                new IssueEvent.CoUnitAdded(clock.instant(), user.username(), issue.number(), unit));
        if (issue.status().isRectifying() && canWait(issue)) {
            open(issue, unit);
        }
    }

    /** In a round that began under an earlier diagram nobody could say why he does not wait; the unit helps from the next one on. */
    private boolean canWait(Issue issue) {
        return processes.waitsFor(RectificationRound.ISSUE_SHELVED, issue.number())
                || processes.waitsFor(LongTermFollowUp.STAGE_COMPLETED, issue.number());
    }

    /** The responsible department, and the lead unit where it is a department itself. */
    private boolean asks(Issue issue, CurrentUser user) {
        boolean leadIsDepartment = organisation
                .find(issue.leadUnit())
                .filter(unit -> unit.type() == UnitType.DEPARTMENT)
                .isPresent();
        return organisation.worksFor(user, issue.department())
                || leadIsDepartment && organisation.worksFor(user, issue.leadUnit());
    }

    /** The units that have not handed in what they were asked for in the current round. */
    List<String> missing(Issue issue) {
        return parts(issue.number()).stream()
                .filter(part -> part.round() == issue.round() && part.isOpen())
                .map(Part::unit)
                .toList();
    }

    private Optional<Part> part(Issue issue, String unit) {
        return parts(issue.number()).stream()
                .filter(part -> part.round() == issue.round() && part.unit().equals(unit))
                .findFirst();
    }

    /** What was asked for in all rounds, in order. */
    List<Part> parts(String number) {
        return jdbc.sql("select * from issue_co_handling where number = :number order by round, unit_code")
                .param("number", number)
                .query(this::read)
                .list();
    }

    private Part read(ResultSet row, int n) throws SQLException {
        String files = row.getString("files");
        return new Part(
                row.getInt("round"),
                row.getString("unit_code"),
                row.getString("state"),
                row.getString("contribution"),
                files == null ? List.of() : json.readValue(files, IDS),
                row.getString("contributed_by"),
                Columns.instant(row, "contributed_at"));
    }
}
