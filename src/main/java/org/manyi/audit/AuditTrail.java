package org.manyi.audit;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.manyi.shared.CaseEvent;
import org.manyi.shared.MovableClock;
import org.manyi.shared.TransactionMemory;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes every {@link CaseEvent} down, in the transaction that published it: what is rolled back leaves no entry, and what cannot be
 * written down does not happen. The entries of a transaction are written together right before it commits. News from outside of a
 * transaction, such as a refused login, is written on its own.
 */
@Component
class AuditTrail {

    private static final int LONGEST_KEY = 200;

    private static final int MOST_AT_ONCE = 200;

    private final NamedParameterJdbcOperations batches;
    private final JsonMapper json;
    private final MovableClock clock;
    private final TransactionMemory<Class<?>, Pending> pending = new TransactionMemory<>();

    AuditTrail(NamedParameterJdbcOperations batches, JsonMapper json, MovableClock clock) {
        this.batches = batches;
        this.json = json;
        this.clock = clock;
    }

    @EventListener
    @Order(Ordered.HIGHEST_PRECEDENCE)
    void write(CaseEvent event) {
        SqlParameterSource entry = new MapSqlParameterSource()
                .addValue("at", time(event.at()))
                .addValue("recordedAt", time(clock.system().instant()))
                .addValue("actor", event.actor())
                .addValue("objectType", event.objectType())
                .addValue("objectKey", shortened(event.caseNumber()))
                .addValue("event", event.name())
                .addValue("success", event.success())
                .addValue("ip", addressOf(event))
                .addValue("detail", json.writeValueAsString(event.detail()));
        if (TransactionSynchronizationManager.isActualTransactionActive()
                && TransactionSynchronizationManager.isSynchronizationActive()) {
            pending.get(AuditTrail.class, unwritten -> new Pending().registered())
                    .add(entry);
        } else {
            insert(List.of(entry));
        }
    }

    private void insert(Collection<SqlParameterSource> entries) {
        batches.batchUpdate("""
                insert into audit_entry (happened_at, recorded_at, actor, object_type, object_key, event, success, ip, detail)
                values (:at, :recordedAt, :actor, :objectType, :objectKey, :event, :success, :ip, :detail)
                """, entries.toArray(SqlParameterSource[]::new));
    }

    /** What a transaction has to write down before it commits; what a savepoint takes back leaves no entry either. */
    private final class Pending implements TransactionSynchronization {

        private final List<SqlParameterSource> entries = new ArrayList<>();
        private final Map<Object, Integer> savepoints = new HashMap<>();
        private boolean written;

        Pending registered() {
            TransactionSynchronizationManager.registerSynchronization(this);
            return this;
        }

        /** After the others, whose last deeds may be news too. */
        @Override
        public int getOrder() {
            return Ordered.LOWEST_PRECEDENCE;
        }

        void add(SqlParameterSource entry) {
            if (written) {
                insert(List.of(entry));
                return;
            }
            entries.add(entry);
            // A long transaction need not hold them all; but what is written after a savepoint could be taken back with
            // it.
            if (entries.size() >= MOST_AT_ONCE && savepoints.isEmpty()) {
                writeAll();
            }
        }

        @Override
        public void savepoint(Object savepoint) {
            savepoints.put(savepoint, entries.size());
        }

        @Override
        public void savepointRollback(Object savepoint) {
            int kept = savepoints.getOrDefault(savepoint, 0);
            entries.subList(kept, entries.size()).clear();
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            writeAll();
            written = true;
        }

        private void writeAll() {
            for (int from = 0; from < entries.size(); from += MOST_AT_ONCE) {
                insert(entries.subList(from, Math.min(from + MOST_AT_ONCE, entries.size())));
            }
            entries.clear();
        }
    }

    private static String shortened(String key) {
        return key.length() <= LONGEST_KEY ? key : key.substring(0, LONGEST_KEY);
    }

    /** Where it was asked for; null for what the system did by itself, though somebody's request set it off. */
    private static String addressOf(CaseEvent event) {
        boolean bySystem = event.actor() == null && event.success();
        if (!bySystem && RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes) {
            return attributes.getRequest().getRemoteAddr();
        }
        return null;
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
