/**
 * The trail of every {@code CaseEvent}, written in the transaction that caused it, and its seals. Owns the tables {@code audit_entry},
 * {@code audit_seal}, {@code audit_sealer} and {@code audit_verification}; publishes its own exports and verifications; seals every ten
 * seconds on one node of all.
 */
@ApplicationModule(allowedDependencies = {"shared", "security"})
package org.manyi.audit;

import org.springframework.modulith.ApplicationModule;
