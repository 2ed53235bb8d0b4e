package org.manyi.issue.process;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.manyi.calendar.WorkingDays;
import org.manyi.engine.Processes;
import org.manyi.inbox.CaseAccess;
import org.manyi.issue.Concerns;
import org.manyi.issue.IssueEvent;
import org.manyi.issue.IssueKind;
import org.manyi.issue.IssueSource;
import org.manyi.issue.Ledger;
import org.manyi.issue.NewIssue;
import org.manyi.issue.Rectification;
import org.manyi.issue.Severity;
import org.manyi.org.Organisation;
import org.manyi.org.Unit;
import org.manyi.org.UnitType;
import org.manyi.security.CurrentUser;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.MovableClock;
import org.manyi.shared.PersonalData;
import org.manyi.spreadsheet.ImportKind;
import org.manyi.spreadsheet.ImportWords;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * A ledger that was kept elsewhere, one issue a row. An open issue begins where its row leaves it: with a responsible unit at that
 * unit's signing, without one at triage; a closed one is kept and nothing more. Numbers are given as when issues are raised, in the
 * order of the rows; the days of receipt and closure stay what they were.
 */
@Component
class IssuesImport implements ImportKind {

    private static final String ISSUE = "issue";
    private static final int SHORTEST_TITLE = 4;
    private static final int LONGEST_TITLE = 100;
    private static final int LONGEST_DESCRIPTION = 4000;
    private static final int CHUNK = 500;

    /** So few rows are written while nobody notices that he waits for a number. */
    private static final int FEW = 20;

    private final ImportWords words = new ImportWords("issues");
    private final Ledger ledger;
    private final Organisation organisation;
    private final Categories categories;
    private final Triage triage;
    private final IssueStore store;
    private final CaseAccess access;
    private final Processes processes;
    private final IssueNumbers numbers;
    private final PersonalData personalData;
    private final WorkingDays workingDays;
    private final IssueSettings settings;
    private final MovableClock clock;
    private final JdbcClient jdbc;

    IssuesImport(
            Ledger ledger,
            Organisation organisation,
            Categories categories,
            Triage triage,
            IssueStore store,
            CaseAccess access,
            Processes processes,
            IssueNumbers numbers,
            PersonalData personalData,
            WorkingDays workingDays,
            IssueSettings settings,
            MovableClock clock,
            JdbcClient jdbc) {
        this.ledger = ledger;
        this.organisation = organisation;
        this.categories = categories;
        this.triage = triage;
        this.store = store;
        this.access = access;
        this.processes = processes;
        this.numbers = numbers;
        this.personalData = personalData;
        this.workingDays = workingDays;
        this.settings = settings;
        this.clock = clock;
        this.jdbc = jdbc;
    }

    @Override
    public String kind() {
        return "issues";
    }

    @Override
    public List<Column> columns() {
        return List.of(
                words.text("title", true),
                words.text("description", false),
                words.text("source", true),
                words.text("category", true),
                words.text("school", true),
                words.day("receivedOn", true),
                words.text("unit", false),
                words.text("rectification", false),
                words.day("dueOn", false),
                words.text("reporterName", false),
                words.code("reporterPhone", false, false),
                words.text("state", false),
                words.day("closedOn", false),
                words.text("basis", false),
                words.text("goal", false),
                words.text("leader", false));
    }

    @Override
    public boolean mayImport(CurrentUser user) {
        return ledger.mayImport(user);
    }

    @Override
    public List<RowProblem> check(List<Row> rows) {
        return new Check(rows).run();
    }

    @Override
    public boolean setsAside(int rows) {
        return rows > FEW;
    }

    @Override
    public void setAside(int rows, CurrentUser user, String batchId) {
        numbers.setAside(rows, user.username(), batchId);
    }

    @Override
    public void giveBack(String batchId) {
        numbers.giveBack(batchId);
    }

    @Override
    public List<Change> apply(List<Row> rows, CurrentUser user, String batchId) {
        return new Writing(user, batchId).write(rows);
    }

    /** The rows of one batch on their way into the ledger; closed ones are collected and written together. */
    private final class Writing {

        private final Words known = new Words();
        private final Map<String, Suggestion> suggestions = new HashMap<>();
        private final CurrentUser user;
        private final String batchId;
        private final IssueNumbers.Supply supply;
        private final List<IssueStore.TakenOver> closed = new ArrayList<>();
        private final Map<String, Set<String>> unitsOfClosed = new HashMap<>();

        Writing(CurrentUser user, String batchId) {
            this.user = user;
            this.batchId = batchId;
            this.supply = numbers.of(batchId);
        }

        List<Change> write(List<Row> rows) {
            List<Change> changes = new ArrayList<>();
            for (Row row : rows) {
                Issue issue = issue(row);
                int version;
                if (isClosed(row)) {
                    keep(row, issue);
                    version = issue.version() + 1;
                } else {
                    begin(row, issue);
                    version = store.find(issue.number()).version();
                }
                changes.add(new Change(
                        row.sheet(),
                        row.number(),
                        ISSUE,
                        issue.number(),
                        null,
                        Map.of("version", String.valueOf(version))));
                if (closed.size() == CHUNK) {
                    flush();
                }
            }
            flush();
            supply.end();
            return changes;
        }

        private void flush() {
            if (!closed.isEmpty()) {
                access.openAll(unitsOfClosed, user.postKeys());
                store.insertAll(closed);
                closed.clear();
                unitsOfClosed.clear();
            }
        }

        private void keep(Row row, Issue issue) {
            LocalDate closedOn = day(row, "closedOn");
            Unit unit = known.unit(row.get("unit")).orElseThrow();
            Assignment assignment = assignment(row, suggestion(issue), unit);
            issue.takeOverClosed(assignment, MovableClock.startOf(closedOn));
            unitsOfClosed.put(
                    issue.number(),
                    new LinkedHashSet<>(
                            List.of(issue.facts().schoolCode(), assignment.unit(), assignment.department())));
            closed.add(new IssueStore.TakenOver(
                    issue,
                    search(row, issue),
                    raised(issue),
                    new IssueEvent.IssueTakenOver(
                            clock.instant(), user.username(), issue.number(), batchId, closedOn)));
        }

        private void begin(Row row, Issue issue) {
            String number = issue.number();
            access.open(number, List.of(issue.facts().schoolCode()), user.postKeys());
            store.insert(issue, search(row, issue));
            store.write(issue, null, raised(issue));
            if (row.get("unit").isBlank()) {
                processes.start(IssueRectification.KEY, number, variables(issue));
                return;
            }
            Suggestion suggestion = suggestion(issue);
            Assignment assignment =
                    assignment(row, suggestion, known.unit(row.get("unit")).orElseThrow());
            access.grant(number, List.of(assignment.unit(), assignment.department()), List.of());
            issue.suggest(suggestion);
            issue.accept(assignment);
            store.write(
                    issue,
                    null,
                    new IssueEvent.IssueTriaged(
                            clock.instant(),
                            user.username(),
                            number,
                            assignment.department(),
                            assignment.unit(),
                            List.of(),
                            assignment.rectification().code(),
                            assignment.workingDays(),
                            assignment.urgency().code()));
            processes.startAt(IssueRectification.KEY, IssueRectification.SIGN_FOR_ISSUE, number, variables(issue));
        }

        private Issue issue(Row row) {
            Unit school = known.school(row.get("school")).orElseThrow();
            NewIssue.Reporter reporter = reporter(row, new ArrayList<>());
            return Issue.takenIn(
                    new IssueFacts(
                            supply.next(),
                            row.get("title").strip(),
                            text(row, "description"),
                            IssueKind.APPEAL,
                            words.meaning("source", row.get("source"))
                                    .flatMap(IssueSource::of)
                                    .orElseThrow(),
                            known.category(row.get("category")).orElseThrow(),
                            Severity.MEDIUM,
                            school.code(),
                            school.parentCode(),
                            reporter == null ? null : personalData.encrypt(reporter.name()),
                            reporter == null ? null : personalData.encrypt(reporter.phone()),
                            false,
                            Concerns.NOBODY,
                            null,
                            null,
                            user.username(),
                            MovableClock.startOf(day(row, "receivedOn"))),
                    terms(row));
        }

        private IssueEvent raised(Issue issue) {
            IssueFacts facts = issue.facts();
            return new IssueEvent.IssueRaised(
                    clock.instant(),
                    user.username(),
                    facts.number(),
                    facts.schoolCode(),
                    facts.kind().code(),
                    facts.source().code(),
                    facts.category(),
                    facts.severity().code(),
                    List.of());
        }

        private String search(Row row, Issue issue) {
            return IssueDesk.search(
                    issue.number(),
                    issue.facts().title(),
                    known.school(row.get("school")).orElseThrow());
        }

        /** The table's answer is the same for all rows that are alike in what it asks. */
        private Suggestion suggestion(Issue issue) {
            IssueFacts facts = issue.facts();
            return suggestions.computeIfAbsent(
                    String.join("\n", facts.category(), facts.source().code(), facts.schoolCode()),
                    key -> triage.suggest(issue));
        }
    }

    private static Map<String, Object> variables(Issue issue) {
        return Map.of(
                IssueRectification.CASE_NUMBER,
                issue.number(),
                IssueRectification.REPORTER_KNOWN,
                issue.facts().reporterKnown());
    }

    /** What triage would have decided, with what the row says instead where it says something. */
    private Assignment assignment(Row row, Suggestion suggestion, Unit unit) {
        LocalDate due = day(row, "dueOn");
        int limit = due == null
                ? suggestion.workingDays()
                : Math.max(1, Math.min(settings.maxLimitDays(), workingDays.between(clock.today(), due)));
        return new Assignment(
                unit.type() == UnitType.DEPARTMENT ? unit.code() : suggestion.department(),
                unit.code(),
                List.of(),
                words.meaning("rectification", row.get("rectification"))
                        .flatMap(Rectification::of)
                        .orElse(suggestion.rectification()),
                limit,
                null,
                suggestion.urgency(),
                terms(row));
    }

    private static Terms terms(Row row) {
        return new Terms(text(row, "basis"), text(row, "goal"), text(row, "leader"));
    }

    private static String text(Row row, String field) {
        return row.get(field).isBlank() ? null : row.get(field).strip();
    }

    private static NewIssue.Reporter reporter(Row row, List<FieldProblem> problems) {
        return Registration.reporter(
                new NewIssue.Reporter(row.get("reporterName"), row.get("reporterPhone")), problems);
    }

    private boolean isClosed(Row row) {
        return row.get("state").isBlank()
                ? !row.get("closedOn").isBlank()
                : words.meaning("state", row.get("state"))
                        .filter("closed"::equals)
                        .isPresent();
    }

    private static LocalDate day(Row row, String field) {
        return row.get(field).isBlank() ? null : LocalDate.parse(row.get(field));
    }

    /** A number that was given is not given again, so an issue that nobody worked on is ended, not erased. */
    @Override
    public List<Kept> revert(List<Change> changes) {
        List<Kept> kept = new ArrayList<>();
        for (Change change : changes) {
            Issue issue = store.forChange(change.key());
            boolean unchanged = change.after().get("version").equals(String.valueOf(issue.version()));
            if (unchanged && !workedOn(change.key())) {
                Instant at = clock.instant();
                processes.endAll(change.key(), "import-taken-back");
                issue.takeBack(at);
                store.write(issue, null, new IssueEvent.IssueTakenBack(at, null, change.key()));
            } else {
                kept.add(new Kept(change, FieldProblem.of("title", "kept", "issue.problem.import.kept", change.key())));
            }
        }
        return kept;
    }

    /** Whether a task of the issue changed hands or was done, or somebody left a remark. */
    private boolean workedOn(String number) {
        return jdbc.sql("""
                        select count(*) from inbox_case c where c.case_number = :number
                           and (exists (select 1 from inbox_task t where t.case_number = c.case_number
                                         and (t.version > 1 or t.done_at is not null))
                                or exists (select 1 from inbox_comment m where m.case_number = c.case_number)
                                or exists (select 1 from inbox_question q where q.case_number = c.case_number))
                        """).param("number", number).query(Long.class).single() > 0;
    }

    /** The units and categories as people write them; several units of one name are none. */
    private final class Words {

        private final Map<String, Optional<Unit>> schools = new HashMap<>();
        private final Map<String, Optional<Unit>> units = new HashMap<>();
        private final Map<String, String> categoryCodes = new HashMap<>();

        Words() {
            organisation.units(UnitType.SCHOOL).forEach(school -> {
                add(schools, school);
                add(units, school);
            });
            List.of(UnitType.DEPARTMENT, UnitType.DISTRICT, UnitType.BODY)
                    .forEach(type -> organisation.units(type).forEach(unit -> add(units, unit)));
            categories.words().forEach((word, code) -> categoryCodes.put(ImportWords.normal(word), code));
        }

        private void add(Map<String, Optional<Unit>> known, Unit unit) {
            Set<String> names = new LinkedHashSet<>();
            names.add(ImportWords.normal(unit.code()));
            names.add(ImportWords.normal(unit.name()));
            names.add(ImportWords.normal(unit.shortName()));
            names.forEach(name -> known.merge(name, Optional.of(unit), (one, other) -> Optional.empty()));
        }

        Optional<Unit> school(String word) {
            return schools.getOrDefault(ImportWords.normal(word), Optional.empty());
        }

        Optional<Unit> unit(String word) {
            return units.getOrDefault(ImportWords.normal(word), Optional.empty());
        }

        Optional<String> category(String word) {
            return Optional.ofNullable(categoryCodes.get(ImportWords.normal(word)));
        }
    }

    /** One look at all rows, against each other and what exists. */
    private final class Check {

        private final List<Row> rows;
        private final Words known = new Words();
        private final LocalDate today = clock.today();
        private final Map<String, Integer> rowOfIssue = new HashMap<>();
        private final Map<String, Row> distinct = new HashMap<>();
        private final List<RowProblem> problems = new ArrayList<>();

        Check(List<Row> rows) {
            this.rows = rows;
        }

        List<RowProblem> run() {
            rows.forEach(this::check);
            checkLedger();
            return problems;
        }

        private void check(Row row) {
            List<FieldProblem> found = new ArrayList<>();
            String title = Registration.text("title", row.get("title"), SHORTEST_TITLE, LONGEST_TITLE, found);
            if (title != null && title.lines().count() > 1) {
                found.add(FieldProblem.of("title", "text", "issue.problem.title.lines"));
            }
            Registration.text("description", row.get("description"), 0, LONGEST_DESCRIPTION, found);
            Registration.text("basis", row.get("basis"), 0, Terms.LONGEST, found);
            Registration.text("goal", row.get("goal"), 0, Terms.LONGEST, found);
            Registration.text("leader", row.get("leader"), 0, Terms.LONGEST_NAME, found);
            require(found, "source", row, words.meaning("source", row.get("source")));
            require(found, "category", row, known.category(row.get("category")));
            Optional<Unit> school = known.school(row.get("school"));
            require(found, "school", row, school);
            if (!row.get("unit").isBlank()) {
                require(found, "unit", row, known.unit(row.get("unit")));
            }
            if (!row.get("rectification").isBlank()) {
                require(found, "rectification", row, words.meaning("rectification", row.get("rectification")));
            }
            checkDays(row, found);
            checkReporter(row, found);
            found.forEach(problem -> problems.add(new RowProblem(row, problem)));
            if (title != null && school.isPresent()) {
                checkTwice(row, title, school.get());
            }
        }

        private void require(List<FieldProblem> found, String field, Row row, Optional<?> meaning) {
            if (meaning.isEmpty()) {
                found.add(FieldProblem.of(field, "unknown", "issue.problem.import." + field, row.get(field)));
            }
        }

        private void checkDays(Row row, List<FieldProblem> found) {
            LocalDate received = day(row, "receivedOn");
            LocalDate due = day(row, "dueOn");
            LocalDate closed = day(row, "closedOn");
            if (received != null && received.isAfter(today)) {
                found.add(FieldProblem.of("receivedOn", "future", "issue.problem.import.future"));
            }
            if (received != null && due != null && due.isBefore(received)) {
                found.add(FieldProblem.of("dueOn", "order", "issue.problem.import.dueOn"));
            }
            if (!row.get("state").isBlank()
                    && words.meaning("state", row.get("state")).isEmpty()) {
                found.add(FieldProblem.of("state", "unknown", "issue.problem.import.state", row.get("state")));
            } else if (isClosed(row)) {
                if (closed == null) {
                    found.add(FieldProblem.of("closedOn", "required", "issue.problem.import.closedOn"));
                } else if (closed.isAfter(today)) {
                    found.add(FieldProblem.of("closedOn", "future", "issue.problem.import.future"));
                } else if (received != null && closed.isBefore(received)) {
                    found.add(FieldProblem.of("closedOn", "order", "issue.problem.import.closedBefore"));
                }
                if (row.get("unit").isBlank()) {
                    found.add(FieldProblem.of("unit", "required", "issue.problem.import.closedUnit"));
                }
            } else if (closed != null) {
                found.add(FieldProblem.of("closedOn", "state", "issue.problem.import.notClosed"));
            }
        }

        private void checkReporter(Row row, List<FieldProblem> found) {
            List<FieldProblem> aboutReporter = new ArrayList<>();
            reporter(row, aboutReporter);
            aboutReporter.forEach(problem -> found.add(new FieldProblem(
                    problem.field().equals("reporter.name") ? "reporterName" : "reporterPhone",
                    problem.code(),
                    problem.messageKey(),
                    problem.args())));
        }

        private void checkTwice(Row row, String title, Unit school) {
            String issue = key(school.code(), title);
            Integer earlier = rowOfIssue.putIfAbsent(issue, row.number());
            if (earlier == null) {
                distinct.put(issue, row);
            } else {
                problems.add(new RowProblem(
                        row, FieldProblem.of("title", "duplicate", "issue.problem.import.twice", earlier)));
            }
        }

        /** An issue of the same school under the same title, open or received on the same day, is the same issue. */
        private void checkLedger() {
            List<String> titles = distinct.values().stream()
                    .map(row -> row.get("title").strip())
                    .distinct()
                    .toList();
            for (int start = 0; start < titles.size(); start += CHUNK) {
                jdbc.sql("""
                                select number, school_code, title, raised_at, closed_at from issue
                                 where title in (:titles) and concerns = 'nobody'
                                   and status not in ('protected', 'declined')
                                """)
                        .param("titles", titles.subList(start, Math.min(start + CHUNK, titles.size())))
                        .query(found -> {
                            Row row = distinct.get(key(found.getString("school_code"), found.getString("title")));
                            if (row != null
                                    && isSame(
                                            row,
                                            Columns.timestamp(found, "raised_at")
                                                    .toLocalDate(),
                                            found.getObject("closed_at") == null)) {
                                problems.add(new RowProblem(
                                        row,
                                        FieldProblem.of(
                                                "title",
                                                "duplicate",
                                                "issue.problem.import.known",
                                                found.getString("number"))));
                            }
                        });
            }
        }

        private boolean isSame(Row row, LocalDate raised, boolean open) {
            return open || raised.equals(day(row, "receivedOn"));
        }

        private static String key(String school, String title) {
            return school + "\n" + title.strip().toLowerCase(Locale.ROOT);
        }
    }
}
