package org.manyi.issue.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.manyi.issue.Concerns;
import org.manyi.issue.IssueQuery;
import org.manyi.issue.Ledger;
import org.manyi.issue.LedgerExported;
import org.manyi.org.Organisation;
import org.manyi.org.Unit;
import org.manyi.security.Accounts;
import org.manyi.security.CurrentUser;
import org.manyi.shared.MovableClock;
import org.manyi.shared.PersonalData;
import org.manyi.shared.TryLaterException;
import org.manyi.shared.ValidationException;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads the ledger to its end, some hundred issues at a time, all from one snapshot. */
@Service
class IssueLedgerBook implements Ledger {

    private static final TypeReference<List<String>> IDS = new TypeReference<>() {};
    private static final int BATCH = 500;

    /** Each holds a connection for as long as it reads. */
    private static final int AT_ONCE = 2;

    private static final int LONGEST_SECONDS = 300;
    private static final Duration ANOTHER_ONE = Duration.ofSeconds(30);

    /** A matter of a child's safety stays out whoever asks. */
    private static final String OPEN_MATTERS = " and i.status <> 'protected' and not i.child_safety";

    private final JdbcClient jdbc;
    private final IssueReader reader;
    private final Organisation organisation;
    private final Accounts accounts;
    private final PersonalData personalData;
    private final JsonMapper json;
    private final IssueSettings settings;
    private final MovableClock clock;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate snapshot;
    private final Semaphore turns = new Semaphore(AT_ONCE);

    IssueLedgerBook(
            JdbcClient jdbc,
            IssueReader reader,
            Organisation organisation,
            Accounts accounts,
            PersonalData personalData,
            JsonMapper json,
            IssueSettings settings,
            MovableClock clock,
            ApplicationEventPublisher events,
            PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.reader = reader;
        this.organisation = organisation;
        this.accounts = accounts;
        this.personalData = personalData;
        this.json = json;
        this.settings = settings;
        this.clock = clock;
        this.events = events;
        this.snapshot = new TransactionTemplate(transactions);
        this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.snapshot.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.snapshot.setReadOnly(true);
        this.snapshot.setTimeout(LONGEST_SECONDS);
    }

    @Override
    public boolean mayImport(CurrentUser user) {
        return user.holds("dept:" + settings.office() + ":staff") || user.holds("dept:" + settings.office() + ":head");
    }

    @Override
    @Transactional
    public void taken(String filter, long rows, String sha256, CurrentUser user) {
        events.publishEvent(new LedgerExported(clock.instant(), user.username(), filter, rows, sha256));
    }

    /** How many issues {@link #read} would give. */
    long count(IssueQuery query, CurrentUser user) {
        return reader.condition(query, user).map(this::count).orElse(0L);
    }

    private long count(IssueReader.Condition asked) {
        return jdbc.sql("select count(*) from issue i" + asked.sql() + OPEN_MATTERS)
                .params(asked.params())
                .query(Long.class)
                .single();
    }

    @Override
    public void read(IssueQuery query, CurrentUser user, Sink sink) throws IOException {
        read(query, user, sink, false);
    }

    /**
     * The same with reporters in clear, for who was allowed to; those of complaints about a person stay masked (domain rule E20).
     *
     * @throws IOException when the sink cannot take them
     */
    void readClear(IssueQuery query, CurrentUser user, Sink sink) throws IOException {
        read(query, user, sink, true);
    }

    private void read(IssueQuery query, CurrentUser user, Sink sink, boolean clear) throws IOException {
        if (!turns.tryAcquire()) {
            throw TryLaterException.busy(ANOTHER_ONE);
        }
        try {
            snapshot.executeWithoutResult(status -> readAll(query, user, sink, clear));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            turns.release();
        }
    }

    private void readAll(IssueQuery query, CurrentUser user, Sink sink, boolean clear) {
        try {
            IssueReader.Condition asked = reader.condition(query, user).orElse(null);
            long rows = asked == null ? 0 : count(asked);
            if (rows > MOST_ROWS) {
                throw ValidationException.of("size", "tooMany", "issue.problem.export.tooMany", MOST_ROWS);
            }
            sink.begin(rows, clock.instant());
            Names names = new Names();
            List<Matter> batch = rows == 0 ? List.of() : batch(asked, null);
            while (!batch.isEmpty()) {
                Details details = details(batch, names);
                for (Matter matter : batch) {
                    sink.row(row(matter, details, names, user, clear));
                }
                batch = batch.size() < BATCH ? List.of() : batch(asked, batch.get(batch.size() - 1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An issue's own row. */
    private record Matter(
            String number,
            String title,
            String description,
            String source,
            String category,
            String school,
            String reporterName,
            String reporterPhone,
            boolean aboutPerson,
            String status,
            String rectification,
            Terms terms,
            String leadUnit,
            LocalDate dueDate,
            int round,
            boolean supervised,
            String urgency,
            Instant raisedAt,
            Instant closedAt) {}

    private List<Matter> batch(IssueReader.Condition asked, Matter after) {
        Map<String, Object> params = new HashMap<>(asked.params());
        String from = "";
        if (after != null) {
            from = " and (i.raised_at, i.number) > (:afterAt, :afterNumber)";
            params.put("afterAt", Columns.timestamp(after.raisedAt()));
            params.put("afterNumber", after.number());
        }
        return jdbc.sql("""
                        select i.number, i.title, i.description, i.source, i.category, i.school_code, i.reporter_name_enc,
                               i.reporter_phone_enc, i.concerns, i.status, i.rectification, i.basis, i.goal, i.leader, i.lead_unit, i.due_date, i.round, i.supervised,
                               i.urgency, i.raised_at, i.closed_at
                          from issue i
                        """ + asked.sql() + OPEN_MATTERS + from
                        + " order by i.raised_at, i.number fetch first " + BATCH + " rows only")
                .params(params)
                .query(IssueLedgerBook::matter)
                .list();
    }

    private static Matter matter(ResultSet row, int n) throws SQLException {
        return new Matter(
                row.getString("number"),
                row.getString("title"),
                row.getString("description"),
                row.getString("source"),
                row.getString("category"),
                row.getString("school_code"),
                row.getString("reporter_name_enc"),
                row.getString("reporter_phone_enc"),
                !Concerns.NOBODY.code().equals(row.getString("concerns")),
                row.getString("status"),
                row.getString("rectification"),
                new Terms(row.getString("basis"), row.getString("goal"), row.getString("leader")),
                row.getString("lead_unit"),
                Columns.day(row, "due_date"),
                row.getInt("round"),
                row.getBoolean("supervised"),
                row.getString("urgency"),
                Columns.instant(row, "raised_at"),
                Columns.instant(row, "closed_at"));
    }

    /** What a round reported. */
    private record Report(String measures, String result, String by, int before, int after) {}

    /** What a round's verification found. */
    private record Verification(String by, Instant at, boolean passed) {}

    /** The last call to a reporter. */
    private record Call(String satisfaction, String outcome) {}

    /** What was done with the issues of a batch; of each sort the latest by the issue's number. */
    private static final class Details {

        private final Map<String, List<String>> coUnits = new HashMap<>();
        private final Map<String, Report> reports = new HashMap<>();
        private final Map<String, Verification> verifications = new HashMap<>();
        private final Map<String, String> opinions = new HashMap<>();
        private final Map<String, String> approvers = new HashMap<>();
        private final Map<String, Call> calls = new HashMap<>();
        private final Set<String> recurred = new HashSet<>();
    }

    private Details details(List<Matter> batch, Names names) {
        List<String> numbers = batch.stream().map(Matter::number).toList();
        Details details = new Details();
        jdbc.sql("select number, unit_code from issue_co_unit where number in (:numbers) order by number, unit_code")
                .param("numbers", numbers)
                .query(row -> {
                    details.coUnits
                            .computeIfAbsent(row.getString("number"), number -> new ArrayList<>())
                            .add(row.getString("unit_code"));
                });
        jdbc.sql("""
                        select number, cause, measures, result, before_files, after_files, rectified_by, submitted_at, verified_by,
                               verified_at, decision
                          from issue_round where number in (:numbers) order by number, round
                        """).param("numbers", numbers).query(row -> {
            round(row, details);
        });
        jdbc.sql("""
                        select number, event, actor, reason from issue_history
                         where number in (:numbers) and event in ('RectificationVerified', 'RectificationFailed', 'ClosureApproved')
                         order by id
                        """).param("numbers", numbers).query(row -> {
            String number = row.getString("number");
            if (row.getString("event").equals("ClosureApproved")) {
                details.approvers.put(number, row.getString("actor"));
            } else {
                details.opinions.put(number, row.getString("reason"));
            }
        });
        jdbc.sql("""
                        select number, satisfaction, outcome from issue_contact
                         where number in (:numbers) and kind = 'callback' order by id
                        """).param("numbers", numbers).query(row -> {
            details.calls.put(
                    row.getString("number"), new Call(row.getString("satisfaction"), row.getString("outcome")));
        });
        names.learn(batch, details);
        return details;
    }

    private void round(ResultSet row, Details details) throws SQLException {
        String number = row.getString("number");
        if ("recurred".equals(row.getString("cause"))) {
            details.recurred.add(number);
        }
        if (row.getObject("submitted_at") != null) {
            details.reports.put(
                    number,
                    new Report(
                            row.getString("measures"),
                            row.getString("result"),
                            row.getString("rectified_by"),
                            files(row.getString("before_files")),
                            files(row.getString("after_files"))));
        }
        Instant verifiedAt = Columns.instant(row, "verified_at");
        if (verifiedAt != null) {
            details.verifications.put(
                    number,
                    new Verification(
                            row.getString("verified_by"), verifiedAt, "pass".equals(row.getString("decision"))));
        }
    }

    private int files(String ids) {
        return ids == null ? 0 : json.readValue(ids, IDS).size();
    }

    private Row row(Matter matter, Details details, Names names, CurrentUser user, boolean clear) {
        String number = matter.number();
        List<String> coUnits = details.coUnits.getOrDefault(number, List.of());
        Report report = details.reports.get(number);
        Verification verification = details.verifications.get(number);
        boolean seesReporter = ReporterSight.has(user, matter.leadUnit(), coUnits, settings.office());
        Call call = seesReporter ? details.calls.get(number) : null;
        return new Row(
                number,
                matter.source(),
                matter.raisedAt(),
                seesReporter ? reporter(matter, clear && !matter.aboutPerson()) : null,
                names.unit(matter.school()),
                matter.category(),
                matter.title(),
                matter.description(),
                matter.terms().basis(),
                matter.rectification(),
                matter.terms().goal(),
                report == null ? null : report.measures(),
                matter.terms().leader(),
                names.unit(matter.leadUnit()),
                report == null ? null : names.person(report.by()),
                coUnits.stream().map(names::unit).toList(),
                matter.dueDate(),
                matter.status(),
                matter.round(),
                report == null ? null : report.result(),
                report == null ? 0 : report.before(),
                report == null ? 0 : report.after(),
                verification == null ? null : names.person(verification.by()),
                verification == null ? null : verification.at(),
                verification == null ? null : verification.passed(),
                details.opinions.get(number),
                matter.closedAt(),
                names.person(details.approvers.get(number)),
                call == null ? null : call.satisfaction(),
                call == null ? null : call.outcome(),
                details.recurred.contains(number),
                matter.supervised(),
                matter.urgency());
    }

    /** Masked unless another person approved: whoever needs one name in clear has a task that shows it, with a reason. */
    private String reporter(Matter matter, boolean clear) {
        if (matter.reporterPhone() == null) {
            return null;
        }
        String name = personalData.decrypt(matter.reporterName());
        String phone = personalData.decrypt(matter.reporterPhone());
        if (!clear) {
            name = PersonalData.maskName(name);
            phone = PersonalData.maskPhone(phone);
        }
        return name == null || name.isBlank() ? phone : name + " " + phone;
    }

    /** The names of units and people, each looked up once. */
    private final class Names {

        private final Map<String, String> units = new HashMap<>();
        private final Map<String, String> people = new HashMap<>();

        void learn(List<Matter> batch, Details details) {
            Set<String> codes = new HashSet<>();
            batch.forEach(matter -> {
                codes.add(matter.school());
                codes.add(matter.leadUnit());
            });
            details.coUnits.values().forEach(codes::addAll);
            Set<String> unknown = unknown(codes, units);
            if (!unknown.isEmpty()) {
                units.putAll(
                        organisation.findAll(unknown).stream().collect(Collectors.toMap(Unit::code, Unit::shortName)));
            }
            Set<String> usernames = new HashSet<>(details.approvers.values());
            details.reports.values().forEach(report -> usernames.add(report.by()));
            details.verifications.values().forEach(verification -> usernames.add(verification.by()));
            Set<String> strangers = unknown(usernames, people);
            if (!strangers.isEmpty()) {
                people.putAll(accounts.names(strangers));
            }
        }

        private Set<String> unknown(Collection<String> keys, Map<String, String> known) {
            return keys.stream()
                    .filter(Objects::nonNull)
                    .filter(key -> !known.containsKey(key))
                    .collect(Collectors.toSet());
        }

        String unit(String code) {
            return code == null ? null : units.getOrDefault(code, code);
        }

        String person(String username) {
            return username == null ? null : people.getOrDefault(username, username);
        }
    }
}
