package org.manyi.inbox;

import java.time.Instant;

/**
 * Somebody has taken a task.
 *
 * @param at business time, never null
 * @param actor never null
 * @param task never null
 */
public record TaskClaimed(Instant at, String actor, TaskRef task) implements TaskEvent {}
