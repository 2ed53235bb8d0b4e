package org.manyi.audit;

import java.time.Instant;

/**
 * A seal over some entries and over the seal before.
 *
 * @param id 1, 2, 3 and so on without a gap
 * @param sealedAt system time, never null
 * @param entries how many entries bear its number, at least 1
 * @param late how many of them were committed after later ones had been sealed
 * @param firstEntry the lowest of their numbers
 * @param lastEntry the highest of their numbers
 * @param digest 64 hex digits, never null
 */
public record Seal(long id, Instant sealedAt, int entries, int late, long firstEntry, long lastEntry, String digest) {}
