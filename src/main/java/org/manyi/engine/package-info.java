/**
 * Camunda: wiring, deployment, typed variables, definitions and live tokens, incidents, jobs. Owns the engine's tables;
 * publishes {@link EngineTaskCreated} and {@link EngineTaskEnded} in the engine's transaction; runs the job executor.
 */
@ApplicationModule(allowedDependencies = {"shared", "security"})
package org.manyi.engine;

import org.springframework.modulith.ApplicationModule;
