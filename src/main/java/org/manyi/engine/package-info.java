/**
 * Camunda: wiring, deployment, typed variables, definitions and live tokens, incidents, jobs; the decision tables with their drafts and
 * versions. Owns the engine's tables and {@code engine_*}; publishes {@link EngineTaskCreated} and {@link EngineTaskEnded} in the
 * engine's transaction, and {@link DecisionEvent}s; runs the job executor.
 */
@ApplicationModule(allowedDependencies = {"shared", "security"})
package org.manyi.engine;

import org.springframework.modulith.ApplicationModule;
