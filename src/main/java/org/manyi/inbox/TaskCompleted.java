package org.manyi.inbox;

import java.time.Instant;

/**
 * Somebody has completed a task; the case has moved on.
 *
 * @param at business time, never null
 * @param actor never null
 * @param task never null
 */
public record TaskCompleted(Instant at, String actor, TaskRef task) implements TaskEvent {}
