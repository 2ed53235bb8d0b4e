package org.manyi.inbox;

import java.time.Instant;

/**
 * Somebody has given a task back to its posts.
 *
 * @param at business time, never null
 * @param actor never null
 * @param task never null
 */
public record TaskUnclaimed(Instant at, String actor, TaskRef task) implements TaskEvent {}
