/**
 * The trail of every {@code CaseEvent}, written in the transaction that caused it. Owns the table {@code audit_entry};
 * publishes nothing, runs nothing.
 */
@ApplicationModule(allowedDependencies = {"shared", "security"})
package org.manyi.audit;

import org.springframework.modulith.ApplicationModule;
