package org.manyi.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables {@code audit_seal} and {@code audit_sealer}, and which entry bears which seal. */
@Repository
class SealRows {

    private final JdbcClient jdbc;

    SealRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A seal with what follows from those before it. */
    record Link(Seal seal, long highestEntry) {}

    /** Whether this transaction is the sealer now; another node is if not. */
    boolean takeLock() {
        return jdbc.sql("select id from audit_sealer where id = 1 for update skip locked")
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    Optional<Link> last() {
        return jdbc.sql("select * from audit_seal order by id desc fetch first 1 rows only")
                .query(SealRows::link)
                .optional();
    }

    Optional<String> digest(long id) {
        return jdbc.sql("select digest from audit_seal where id = :id")
                .param("id", id)
                .query(String.class)
                .optional();
    }

    List<Link> from(long id, long upTo, int limit) {
        return jdbc.sql(
                        "select * from audit_seal where id >= :id and id <= :upTo order by id fetch first :limit rows only")
                .param("id", id)
                .param("upTo", upTo)
                .param("limit", limit)
                .query(SealRows::link)
                .list();
    }

    Optional<Long> firstUnsealed(Instant before) {
        return jdbc.sql("""
                        select id from audit_entry where seal_id is null and recorded_at < :before
                        order by seal_id, id fetch first 1 rows only
                        """)
                .param("before", before.atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .optional();
    }

    int mark(long seal, Instant before, long first, long last) {
        return jdbc.sql("""
                        update audit_entry set seal_id = :seal
                        where seal_id is null and recorded_at < :before and id between :first and :last
                        """)
                .param("seal", seal)
                .param("before", before.atOffset(ZoneOffset.UTC))
                .param("first", first)
                .param("last", last)
                .update();
    }

    void insert(Link link) {
        Seal seal = link.seal();
        jdbc.sql("""
                        insert into audit_seal (id, sealed_at, entries, late, first_entry, last_entry, highest_entry, digest)
                        values (:id, :sealedAt, :entries, :late, :first, :last, :highest, :digest)
                        """)
                .param("id", seal.id())
                .param("sealedAt", seal.sealedAt().atOffset(ZoneOffset.UTC))
                .param("entries", seal.entries())
                .param("late", seal.late())
                .param("first", seal.firstEntry())
                .param("last", seal.lastEntry())
                .param("highest", link.highestEntry())
                .param("digest", seal.digest())
                .update();
    }

    /** An entry and the seal it bears. */
    record Sealed(long seal, AuditEntry entry) {}

    /** The entries of some seals, by seal and number. */
    void entries(long firstSeal, long lastSeal, Consumer<Sealed> visitor) {
        jdbc.sql("select * from audit_entry where seal_id between :first and :last order by seal_id, id")
                .param("first", firstSeal)
                .param("last", lastSeal)
                .query(row -> {
                    visitor.accept(new Sealed(row.getLong("seal_id"), JdbcAuditReader.entry(row, 0)));
                });
    }

    /** Seals that are not there and how many entries bear their numbers. */
    List<SealDifference> strays() {
        return jdbc.sql("""
                        select e.seal_id, e.n from (
                            select seal_id, count(*) as n from audit_entry where seal_id is not null group by seal_id) e
                        where not exists (select 1 from audit_seal s where s.id = e.seal_id) order by e.seal_id
                        """)
                .query((row, n) ->
                        new SealDifference(SealDifference.Kind.STRAY, row.getLong("seal_id"), 0, row.getLong("n")))
                .list();
    }

    private static Link link(ResultSet row, int number) throws SQLException {
        return new Link(
                new Seal(
                        row.getLong("id"),
                        row.getObject("sealed_at", OffsetDateTime.class).toInstant(),
                        row.getInt("entries"),
                        row.getInt("late"),
                        row.getLong("first_entry"),
                        row.getLong("last_entry"),
                        row.getString("digest")),
                row.getLong("highest_entry"));
    }
}
