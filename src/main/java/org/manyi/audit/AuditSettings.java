package org.manyi.audit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the trail is sealed ({@code manyi.audit.*}). There is no setting for how long it is kept: nothing ever removes an entry.
 *
 * @param sealAfter the age, by the system's clock, at which an entry is sealed: longer than a transaction may take, so that few entries
 *     come late
 * @param sealSize the most numbers of entries that one seal spans
 */
@ConfigurationProperties("manyi.audit")
record AuditSettings(
        @DefaultValue("30s") Duration sealAfter,
        @DefaultValue("5000") int sealSize) {}
