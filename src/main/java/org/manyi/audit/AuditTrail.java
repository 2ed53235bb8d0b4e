package org.manyi.audit;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.manyi.shared.CaseEvent;
import org.manyi.shared.MovableClock;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes every {@link CaseEvent} down, in the transaction that published it: what is rolled back leaves no entry, and what cannot be
 * written down does not happen. News from outside of a transaction, such as a refused login, is written on its own.
 */
@Component
class AuditTrail {

    private static final int LONGEST_KEY = 200;

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final MovableClock clock;

    AuditTrail(JdbcClient jdbc, JsonMapper json, MovableClock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    @EventListener
    @Order(Ordered.HIGHEST_PRECEDENCE)
    void write(CaseEvent event) {
        jdbc.sql("""
                        insert into audit_entry (happened_at, recorded_at, actor, object_type, object_key, event, success, ip, detail)
                        values (:at, :recordedAt, :actor, :objectType, :objectKey, :event, :success, :ip, :detail)
                        """)
                .param("at", time(event.at()))
                .param("recordedAt", time(clock.system().instant()))
                .param("actor", event.actor())
                .param("objectType", event.objectType())
                .param("objectKey", shortened(event.caseNumber()))
                .param("event", event.name())
                .param("success", event.success())
                .param("ip", addressOf(event))
                .param("detail", json.writeValueAsString(event.detail()))
                .update();
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
