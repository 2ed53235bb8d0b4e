package org.manyi.issue.process;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.manyi.issue.IssueQuery;
import org.manyi.issue.Ledger;
import org.manyi.issue.UnmaskedExportEvent.UnmaskedExportAsked;
import org.manyi.issue.UnmaskedExportEvent.UnmaskedExportDecided;
import org.manyi.issue.UnmaskedExportEvent.UnmaskedExportWithdrawn;
import org.manyi.issue.UnmaskedExportEvent.UnmaskedLedgerExported;
import org.manyi.issue.UnmaskedExports;
import org.manyi.org.Organisation;
import org.manyi.security.Accounts;
import org.manyi.security.CurrentUser;
import org.manyi.shared.ConflictException;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.ForbiddenException;
import org.manyi.shared.GapFreeNumbers;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.PersonalData;
import org.manyi.shared.Texts;
import org.manyi.shared.ValidationException;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Keeps the requests for the ledger with reporters in clear. The filter is kept encrypted: what was searched may name people. */
@Service
class UnmaskedExportDesk implements UnmaskedExports {

    private static final TypeReference<Map<String, List<String>>> FILTER = new TypeReference<>() {};
    private static final int LISTED = 100;
    private static final int SHORTEST = 4;

    private final JdbcClient jdbc;
    private final IssueLedgerBook ledger;
    private final Organisation organisation;
    private final Accounts accounts;
    private final PersonalData personalData;
    private final GapFreeNumbers numbers;
    private final JsonMapper json;
    private final IssueSettings settings;
    private final MovableClock clock;
    private final ApplicationEventPublisher events;

    UnmaskedExportDesk(
            JdbcClient jdbc,
            IssueLedgerBook ledger,
            Organisation organisation,
            Accounts accounts,
            PersonalData personalData,
            GapFreeNumbers numbers,
            JsonMapper json,
            IssueSettings settings,
            MovableClock clock,
            ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.ledger = ledger;
        this.organisation = organisation;
        this.accounts = accounts;
        this.personalData = personalData;
        this.numbers = numbers;
        this.json = json;
        this.settings = settings;
        this.clock = clock;
        this.events = events;
    }

    /** A request as it is kept. */
    private record Kept(
            String number,
            String askedBy,
            Instant askedAt,
            String purpose,
            String filter,
            long matched,
            State state,
            String decidedBy,
            Instant decidedAt,
            String reason,
            Instant expiresAt) {}

    @Override
    public boolean mayAsk(CurrentUser user) {
        return ReporterSight.inBureau(user);
    }

    @Override
    public int hours() {
        return settings.exportHours();
    }

    @Override
    public long count(IssueQuery query, CurrentUser user) {
        return ledger.count(query, user);
    }

    /** The chair, the deputy over the office that keeps contact with reporters, and the confidential handler. */
    private List<String> deciders() {
        List<String> posts = new ArrayList<>(List.of(Leaders.CHAIR, Leaders.PROTECTOR));
        organisation.deputyOver(settings.office()).ifPresent(posts::add);
        return posts;
    }

    private boolean mayDecide(CurrentUser user) {
        return deciders().stream().anyMatch(user::holds);
    }

    @Override
    @Transactional
    public String ask(Map<String, List<String>> filter, IssueQuery query, String purpose, CurrentUser user) {
        if (!mayAsk(user)) {
            throw new ForbiddenException("issue.problem.unmasked.ask");
        }
        List<FieldProblem> problems = new ArrayList<>();
        String words = Registration.text("purpose", purpose, SHORTEST, LONGEST, problems);
        long matched = count(query, user);
        if (matched == 0) {
            problems.add(FieldProblem.of("size", "none", "issue.problem.unmasked.none"));
        } else if (matched > Ledger.MOST_ROWS) {
            problems.add(FieldProblem.of("size", "tooMany", "issue.problem.export.tooMany", Ledger.MOST_ROWS));
        }
        if (!problems.isEmpty()) {
            throw new ValidationException(problems);
        }
        Instant now = clock.instant();
        int year = clock.today().getYear();
        String number = "%d-DC-%04d".formatted(year, numbers.next("export-" + year));
        jdbc.sql("""
                        insert into issue_export (number, asked_by, asked_at, purpose, filter_enc, matched, state)
                        values (:number, :by, :at, :purpose, :filter, :matched, :state)
                        """)
                .param("number", number)
                .param("by", user.username())
                .param("at", Columns.timestamp(now))
                .param("purpose", words)
                .param("filter", personalData.encrypt(json.writeValueAsString(filter)))
                .param("matched", matched)
                .param("state", State.WAITING.code())
                .update();
        events.publishEvent(new UnmaskedExportAsked(now, user.username(), number, words, matched, deciders()));
        return number;
    }

    @Override
    @Transactional(readOnly = true)
    public List<Request> list(CurrentUser user) {
        List<Kept> found = jdbc.sql("select * from issue_export where asked_by = :me or :all"
                        + " order by case when state = 'waiting' then 0 else 1 end, asked_at desc, number desc"
                        + " fetch first " + LISTED + " rows only")
                .param("me", user.username())
                .param("all", mayDecide(user))
                .query(this::kept)
                .list();
        return shown(found, user);
    }

    @Override
    @Transactional(readOnly = true)
    public Request find(String number, CurrentUser user) {
        return shown(List.of(visible(number, user, "")), user).get(0);
    }

    private Kept visible(String number, CurrentUser user, String lock) {
        if (!Texts.storable(number)) {
            throw new NotFoundException();
        }
        return jdbc.sql("select * from issue_export where number = :number" + lock)
                .param("number", number)
                .query(this::kept)
                .optional()
                .filter(kept -> kept.askedBy().equals(user.username()) || mayDecide(user))
                .orElseThrow(NotFoundException::new);
    }

    @Override
    @Transactional
    public void decide(String number, boolean approve, String reason, CurrentUser user) {
        Kept kept = visible(number, user, " for update");
        if (!mayDecide(user) || kept.askedBy().equals(user.username())) {
            throw new ForbiddenException("issue.problem.unmasked.decide");
        }
        if (kept.state() != State.WAITING) {
            throw ConflictException.of(ConflictException.Reason.NOT_ACTIVE);
        }
        List<FieldProblem> problems = new ArrayList<>();
        String words = Registration.text("reason", reason, approve ? 0 : SHORTEST, LONGEST, problems);
        if (!problems.isEmpty()) {
            throw new ValidationException(problems);
        }
        Instant now = clock.instant();
        jdbc.sql("""
                        update issue_export set state = :state, decided_by = :by, decided_at = :at, reason = :reason,
                            expires_at = :until where number = :number
                        """)
                .param("state", (approve ? State.APPROVED : State.REFUSED).code())
                .param("by", user.username())
                .param("at", Columns.timestamp(now))
                .param("reason", words)
                .param("until", approve ? Columns.timestamp(now.plus(Duration.ofHours(hours()))) : null)
                .param("number", number)
                .update();
        events.publishEvent(
                new UnmaskedExportDecided(now, user.username(), number, kept.purpose(), kept.askedBy(), approve));
    }

    @Override
    @Transactional
    public void withdraw(String number, CurrentUser user) {
        Kept kept = visible(number, user, " for update");
        if (!kept.askedBy().equals(user.username())) {
            throw new ForbiddenException("issue.problem.unmasked.withdraw");
        }
        if (kept.state() != State.WAITING) {
            throw ConflictException.of(ConflictException.Reason.NOT_ACTIVE);
        }
        jdbc.sql("update issue_export set state = :state where number = :number")
                .param("state", State.WITHDRAWN.code())
                .param("number", number)
                .update();
        events.publishEvent(new UnmaskedExportWithdrawn(clock.instant(), user.username(), number, kept.purpose()));
    }

    @Override
    public void read(
            String number, Function<Map<String, List<String>>, IssueQuery> asQuery, CurrentUser user, Ledger.Sink sink)
            throws IOException {
        Kept kept = open(number, user);
        ledger.readClear(asQuery.apply(filter(kept)), user, sink);
    }

    @Override
    @Transactional
    public void taken(String number, long issues, String sha256, CurrentUser user) {
        Kept kept = open(number, user);
        Instant now = clock.instant();
        jdbc.sql("""
                        insert into issue_export_download (number, downloaded_at, issues, sha256)
                        values (:number, :at, :issues, :sha256)
                        """)
                .param("number", number)
                .param("at", Columns.timestamp(now))
                .param("issues", issues)
                .param("sha256", sha256)
                .update();
        events.publishEvent(new UnmaskedLedgerExported(now, user.username(), number, kept.purpose(), issues, sha256));
    }

    /** The request, if the person may download it now. */
    private Kept open(String number, CurrentUser user) {
        Kept kept = visible(number, user, "");
        if (!kept.askedBy().equals(user.username()) || !mayAsk(user)) {
            throw new ForbiddenException("issue.problem.unmasked.download");
        }
        if (kept.state() != State.APPROVED) {
            throw ConflictException.of(ConflictException.Reason.NOT_ACTIVE);
        }
        return kept;
    }

    private List<Request> shown(List<Kept> found, CurrentUser user) {
        if (found.isEmpty()) {
            return List.of();
        }
        Map<String, List<Download>> downloads = new HashMap<>();
        jdbc.sql(
                        "select number, downloaded_at, issues from issue_export_download where number in (:numbers) order by id")
                .param("numbers", found.stream().map(Kept::number).toList())
                .query(row -> {
                    downloads
                            .computeIfAbsent(row.getString("number"), number -> new ArrayList<>())
                            .add(new Download(Columns.instant(row, "downloaded_at"), row.getLong("issues")));
                });
        Set<String> people = new HashSet<>();
        found.forEach(kept -> {
            people.add(kept.askedBy());
            people.add(kept.decidedBy());
        });
        people.removeIf(Objects::isNull);
        Map<String, String> names = accounts.names(people);
        boolean decides = mayDecide(user);
        return found.stream()
                .map(kept -> {
                    boolean own = kept.askedBy().equals(user.username());
                    return new Request(
                            kept.number(),
                            kept.askedBy(),
                            names.getOrDefault(kept.askedBy(), kept.askedBy()),
                            kept.askedAt(),
                            kept.purpose(),
                            filter(kept),
                            kept.matched(),
                            kept.state(),
                            kept.decidedBy() == null ? null : names.getOrDefault(kept.decidedBy(), kept.decidedBy()),
                            kept.decidedAt(),
                            kept.reason(),
                            kept.expiresAt(),
                            downloads.getOrDefault(kept.number(), List.of()),
                            decides && !own && kept.state() == State.WAITING,
                            own && kept.state() == State.APPROVED,
                            own && kept.state() == State.WAITING);
                })
                .toList();
    }

    private Map<String, List<String>> filter(Kept kept) {
        return json.readValue(personalData.decrypt(kept.filter()), FILTER);
    }

    private Kept kept(ResultSet row, int n) throws SQLException {
        State state = State.of(row.getString("state")).orElseThrow();
        Instant expiresAt = Columns.instant(row, "expires_at");
        return new Kept(
                row.getString("number"),
                row.getString("asked_by"),
                Columns.instant(row, "asked_at"),
                row.getString("purpose"),
                row.getString("filter_enc"),
                row.getLong("matched"),
                state == State.APPROVED && !clock.instant().isBefore(expiresAt) ? State.EXPIRED : state,
                row.getString("decided_by"),
                Columns.instant(row, "decided_at"),
                row.getString("reason"),
                expiresAt);
    }
}
