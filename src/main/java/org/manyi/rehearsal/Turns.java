package org.manyi.rehearsal;

import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * What people of the demonstration are to do, in the order of its time: whoever takes his turn may add further ones. The clock goes
 * forward only, so that all that is told side by side is told from here.
 */
final class Turns {

    private final PriorityQueue<Turn> waiting = new PriorityQueue<>(
            Comparator.comparing(Turn::at).thenComparing(Turn::order).thenComparing(Turn::added));
    private long added;

    private record Turn(Instant at, int order, long added, Runnable act) {}

    /**
     * Adds a turn.
     *
     * @param order who goes first at the same instant
     * @param act runs once, when the clock stands at {@code at} or a little behind it
     */
    void add(Instant at, int order, Runnable act) {
        waiting.add(new Turn(at, order, added++, act));
    }

    /** Plays the time up to the end with everything that happens on the way; what is to happen later never does. */
    void play(Rehearsal rehearsal, Instant end) {
        while (!waiting.isEmpty() && waiting.peek().at().isBefore(end)) {
            Turn turn = waiting.poll();
            rehearsal.play(turn.at());
            turn.act().run();
        }
        rehearsal.play(end);
    }
}
