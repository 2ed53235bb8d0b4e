package org.manyi.issue.process;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.manyi.calendar.Due;
import org.manyi.calendar.WorkingDays;
import org.manyi.engine.Processes;
import org.manyi.issue.IssueEvent;
import org.manyi.issue.IssueStatus;
import org.manyi.issue.Rectification;
import org.manyi.org.Organisation;
import org.manyi.security.CurrentUser;
import org.manyi.shared.ConflictException;
import org.manyi.shared.ConflictException.Reason;
import org.manyi.shared.ForbiddenException;
import org.manyi.shared.MovableClock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Long-term matters (长期坚持): reported on period by period until the department finds a stage complete. */
@Component
class FollowUps {

    private static final TypeReference<List<String>> IDS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final IssueStore store;
    private final Processes processes;
    private final Organisation organisation;
    private final WorkingDays workingDays;
    private final IssueSettings settings;
    private final MovableClock clock;

    FollowUps(
            JdbcClient jdbc,
            JsonMapper json,
            IssueStore store,
            Processes processes,
            Organisation organisation,
            WorkingDays workingDays,
            IssueSettings settings,
            MovableClock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.store = store;
        this.processes = processes;
        this.organisation = organisation;
        this.workingDays = workingDays;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * A period and its report.
     *
     * @param state {@code open}, {@code reported}, {@code missed}, or {@code closed} where the stage was found complete first
     * @param progress null unless reported
     * @param files attachment ids, never null
     */
    record Period(
            int round,
            int number,
            Due due,
            String state,
            String progress,
            List<String> files,
            boolean stageProposed,
            String by,
            Instant at) {}

    /** Whether a round of this issue is reported on by periods. */
    static boolean isLongTerm(Issue issue) {
        return issue.rectification() == Rectification.LONG_TERM;
    }

    /** Whether the current round is; a round that began before there were periods is not. */
    boolean runs(Issue issue) {
        return isLongTerm(issue) && current(issue).isPresent();
    }

    /** Every how many months the issue is reported on. */
    int months(Issue issue) {
        return issue.reportMonths() == null ? settings.reportMonths() : issue.reportMonths();
    }

    /** By when the report after this day is due: a number of months from the day on which the round began. */
    Due dueAfter(LocalDate began, LocalDate day, int interval) {
        for (int months = interval; ; months += interval) {
            Due due = workingDays.on(began.plusMonths(months), began);
            if (due.day().isAfter(day)) {
                return due;
            }
        }
    }

    /** Opens the next period of the current round; its report's day is the round's for now. */
    void openPeriod(Issue issue) {
        Round round = store.round(issue);
        LocalDate began = LocalDate.ofInstant(round.openedAt(), MovableClock.ZONE);
        int number = current(issue).map(Period::number).orElse(0) + 1;
        Due due = dueAfter(began, clock.today(), months(issue));
        jdbc.sql("""
                        insert into issue_period (number, round, period, due_date, due_from, provisional, state, stage_proposed)
                        values (:number, :round, :period, :due, :from, :provisional, 'open', false)
                        """)
                .param("number", issue.number())
                .param("round", round.number())
                .param("period", number)
                .param("due", due.day())
                .param("from", due.from())
                .param("provisional", due.provisional())
                .update();
        Round moved = round.withDue(due);
        store.update(issue.number(), moved);
        issue.takeDueDateOf(moved);
        store.keepDue(issue);
    }

    /** Gives the open period another last day, as the calendar has it. */
    void move(Issue issue, Due to) {
        jdbc.sql("""
                        update issue_period set due_date = :due, provisional = :provisional
                         where number = :number and round = :round and state = 'open'
                        """)
                .param("due", to.day())
                .param("provisional", to.provisional())
                .param("number", issue.number())
                .param("round", issue.round())
                .update();
        store.moveDueDate(issue.number(), store.round(issue).withDue(to));
    }

    /** Keeps that a period passed without a report. */
    void miss(Issue issue) {
        Period period = current(issue).orElseThrow();
        state(issue, period, "missed");
        store.write(
                issue,
                null,
                new IssueEvent.ProgressMissed(
                        clock.instant(),
                        null,
                        issue.number(),
                        store.round(issue).unit(),
                        issue.round(),
                        period.number(),
                        period.due().day()));
    }

    void report(Issue issue, String progress, List<String> files, boolean stageProposed, CurrentUser user) {
        Period period = current(issue).orElseThrow();
        Instant now = clock.instant();
        jdbc.sql("""
                        update issue_period
                           set state = 'reported', progress = :progress, files = :files, stage_proposed = :proposed,
                               reported_by = :by, reported_at = :at
                         where number = :number and round = :round and period = :period
                        """)
                .param("progress", progress)
                .param("files", json.writeValueAsString(files))
                .param("proposed", stageProposed)
                .param("by", user.username())
                .param("at", Columns.timestamp(now))
                .param("number", issue.number())
                .param("round", issue.round())
                .param("period", period.number())
                .update();
        store.write(
                issue,
                null,
                new IssueEvent.ProgressReported(
                        now,
                        user.username(),
                        issue.number(),
                        store.round(issue).unit(),
                        issue.round(),
                        period.number(),
                        stageProposed));
    }

    /** Whether the person could find the stage complete now, beside the tasks. */
    boolean mayComplete(Issue issue, CurrentUser user) {
        return issue.status() == IssueStatus.RECTIFYING && runs(issue) && decides(issue, user);
    }

    /** The department finds the stage complete although the unit has not proposed it. */
    void completeAtOnce(Issue issue, int version, String reason, CurrentUser user) {
        if (issue.status() != IssueStatus.RECTIFYING || !runs(issue)) {
            throw new ConflictException(Reason.NOT_ACTIVE, "issue.problem.stage.notNow");
        }
        if (!decides(issue, user)) {
            throw new ForbiddenException("issue.problem.stage.notYours");
        }
        if (issue.version() != version) {
            throw ConflictException.of(Reason.STALE_VERSION);
        }
        complete(issue, Reasons.checked(reason), user);
        processes.correlate(LongTermFollowUp.STAGE_COMPLETED, issue.number(), Map.of());
    }

    /** A stage is complete: the last report stands for the round's, and verification follows. */
    void complete(Issue issue, String reason, CurrentUser user) {
        Instant now = clock.instant();
        current(issue)
                .filter(period -> period.state().equals("open"))
                .ifPresent(period -> state(issue, period, "closed"));
        Optional<Period> last = periods(issue.number()).stream()
                .filter(period -> period.round() == issue.round() && period.progress() != null)
                .reduce((earlier, later) -> later);
        Round round = store.round(issue)
                .reported(new Round.Report(
                        last.map(Period::progress).orElse(reason),
                        reason,
                        clock.today(),
                        List.of(),
                        last.map(Period::files).orElse(List.of()),
                        last.map(Period::by).orElse(user.username()),
                        now));
        store.update(issue.number(), round);
        issue.submit();
        store.write(
                issue,
                reason,
                new IssueEvent.StageCompleted(now, user.username(), issue.number(), round.unit(), round.number()));
    }

    /** The round is left for good: no report is due any more. */
    void leave(Issue issue) {
        current(issue)
                .filter(period -> period.state().equals("open"))
                .ifPresent(period -> state(issue, period, "closed"));
    }

    void goOn(Issue issue, String reason, CurrentUser user) {
        store.write(
                issue,
                reason,
                new IssueEvent.StageNotCompleted(
                        clock.instant(),
                        user.username(),
                        issue.number(),
                        store.round(issue).unit(),
                        issue.round()));
    }

    private boolean decides(Issue issue, CurrentUser user) {
        return organisation.worksFor(user, issue.department());
    }

    private void state(Issue issue, Period period, String state) {
        jdbc.sql("""
                        update issue_period set state = :state
                         where number = :number and round = :round and period = :period
                        """)
                .param("state", state)
                .param("number", issue.number())
                .param("round", issue.round())
                .param("period", period.number())
                .update();
    }

    /** The latest period of the current round; empty when none has been opened. */
    Optional<Period> current(Issue issue) {
        return periods(issue.number()).stream()
                .filter(period -> period.round() == issue.round())
                .reduce((earlier, later) -> later);
    }

    /** The periods of all rounds, in order. */
    List<Period> periods(String number) {
        return jdbc.sql("select * from issue_period where number = :number order by round, period")
                .param("number", number)
                .query(this::read)
                .list();
    }

    private Period read(ResultSet row, int n) throws SQLException {
        String files = row.getString("files");
        return new Period(
                row.getInt("round"),
                row.getInt("period"),
                new Due(
                        Columns.day(row, "due_date"),
                        null,
                        Columns.day(row, "due_from"),
                        0,
                        row.getBoolean("provisional")),
                row.getString("state"),
                row.getString("progress"),
                files == null ? List.of() : json.readValue(files, IDS),
                row.getBoolean("stage_proposed"),
                row.getString("reported_by"),
                Columns.instant(row, "reported_at"));
    }
}
