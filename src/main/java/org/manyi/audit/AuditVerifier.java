package org.manyi.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.manyi.security.CurrentUser;
import org.manyi.shared.MovableClock;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Takes up asked comparisons, one at a time, and keeps how far they have come. */
@Service
class AuditVerifier implements AuditSeals {

    private static final Duration DEAD = Duration.ofMinutes(2);
    private static final int SHOWN = 10;

    private final JdbcClient jdbc;
    private final AuditBooks books;
    private final SealRows seals;
    private final MovableClock clock;
    private final ApplicationEventPublisher events;

    AuditVerifier(
            JdbcClient jdbc, AuditBooks books, SealRows seals, MovableClock clock, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.books = books;
        this.seals = seals;
        this.clock = clock;
        this.events = events;
    }

    @Override
    public State state() {
        return jdbc.sql("select count(*) as n, min(recorded_at) as oldest from audit_entry where seal_id is null")
                .query((row, n) -> new State(
                        row.getLong("n"),
                        instant(row, "oldest"),
                        seals.last().map(SealRows.Link::seal).orElse(null)))
                .single();
    }

    @Override
    @Transactional
    public long verify(CurrentUser user) {
        Optional<Verification> open =
                verifications().stream().filter(Verification::open).findFirst();
        if (open.isPresent()) {
            return open.get().id();
        }
        jdbc.sql("""
                        insert into audit_verification (requested_by, requested_at, seals_total, seals_done, entries, late,
                            differences, report)
                        values (:user, :now, :seals, 0, 0, 0, 0, '')
                        """)
                .param("user", user.username())
                .param("now", now())
                .param("seals", books.lastSeal())
                .update();
        return jdbc.sql("select max(id) from audit_verification where requested_by = :user")
                .param("user", user.username())
                .query(Long.class)
                .single();
    }

    @Override
    public Optional<Verification> verification(long id) {
        return jdbc.sql("select * from audit_verification where id = :id")
                .param("id", id)
                .query((row, n) -> verification(row))
                .optional();
    }

    @Override
    public List<Verification> verifications() {
        return jdbc.sql("select * from audit_verification order by id desc fetch first :n rows only")
                .param("n", SHOWN)
                .query((row, n) -> verification(row))
                .list();
    }

    /** Does what was asked for and nobody has taken up. */
    @Scheduled(initialDelay = 2000, fixedDelay = 2000)
    void work() {
        jdbc
                .sql("select id from audit_verification where working_at is null order by id")
                .query(Long.class)
                .list()
                .stream()
                .filter(this::take)
                .forEach(this::compare);
    }

    private boolean take(long id) {
        return jdbc.sql("update audit_verification set working_at = :now where id = :id and working_at is null")
                        .param("now", now())
                        .param("id", id)
                        .update()
                == 1;
    }

    private void compare(long id) {
        List<SealDifference> first = new ArrayList<>();
        long[] differences = {0};
        AuditBooks.Compared compared = books.compare(done -> note(id, done), difference -> {
            differences[0]++;
            if (first.size() < Verification.KEPT) {
                first.add(difference);
            }
        });
        jdbc.sql("""
                        update audit_verification set ended_at = :now, seals_done = :seals, entries = :entries, late = :late,
                            differences = :differences, report = :report
                        where id = :id
                        """)
                .param("now", now())
                .param("seals", compared.seals())
                .param("entries", compared.entries())
                .param("late", compared.late())
                .param("differences", differences[0])
                .param("report", written(first))
                .param("id", id)
                .update();
        Verification done = verification(id).orElseThrow();
        events.publishEvent(new AuditVerified(
                clock.instant(),
                done.requestedBy(),
                Long.toString(id),
                differences[0] == 0,
                Map.of("seals", done.sealsDone(), "entries", done.entries(), "differences", done.differences())));
    }

    private void note(long id, long done) {
        jdbc.sql("update audit_verification set working_at = :now, seals_done = :done where id = :id")
                .param("now", now())
                .param("done", done)
                .param("id", id)
                .update();
    }

    private static String written(List<SealDifference> differences) {
        StringBuilder lines = new StringBuilder();
        differences.forEach(it -> lines.append(it.kind())
                .append(' ')
                .append(it.seal())
                .append(' ')
                .append(it.expected())
                .append(' ')
                .append(it.found())
                .append('\n'));
        return lines.toString();
    }

    private static SealDifference read(String line) {
        String[] parts = line.split(" ");
        return new SealDifference(
                SealDifference.Kind.valueOf(parts[0]),
                Long.parseLong(parts[1]),
                Long.parseLong(parts[2]),
                Long.parseLong(parts[3]));
    }

    private Verification verification(ResultSet row) throws SQLException {
        Instant working = instant(row, "working_at");
        Instant ended = instant(row, "ended_at");
        return new Verification(
                row.getLong("id"),
                row.getString("requested_by"),
                instant(row, "requested_at"),
                ended,
                ended == null
                        && working != null
                        && working.isBefore(clock.system().instant().minus(DEAD)),
                row.getLong("seals_total"),
                row.getLong("seals_done"),
                row.getLong("entries"),
                row.getLong("late"),
                row.getLong("differences"),
                row.getString("report").lines().map(AuditVerifier::read).toList());
    }

    private OffsetDateTime now() {
        return clock.system().instant().atOffset(ZoneOffset.UTC);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime moment = row.getObject(column, OffsetDateTime.class);
        return moment == null ? null : moment.toInstant();
    }
}
