package org.manyi.inbox;

import java.time.Instant;

/**
 * A task has been given back to its posts, by who had it or because he gave up the post.
 *
 * @param at business time, never null
 * @param actor null when the system did it
 * @param task never null
 */
public record TaskUnclaimed(Instant at, String actor, TaskRef task) implements TaskEvent {}
