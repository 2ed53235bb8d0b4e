package org.manyi.inbox;

import java.time.Instant;

/**
 * Somebody has remarked on a task.
 *
 * @param at business time, never null
 * @param actor never null
 * @param task never null
 */
public record TaskCommented(Instant at, String actor, TaskRef task) implements TaskEvent {}
