package org.manyi.bench;

import java.util.Arrays;

/** Durations of one kind of operation. Not for several threads at once. */
public final class Times {

    private long[] nanos = new long[1024];
    private int size;

    /** Work that is timed. */
    public interface Work {
        /** Does it once. */
        void run() throws Exception;
    }

    /** Does the work and keeps how long it took. */
    public void time(Work work) throws Exception {
        long begun = System.nanoTime();
        work.run();
        add(System.nanoTime() - begun);
    }

    /** Keeps a duration. */
    public void add(long duration) {
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, size * 2);
        }
        nanos[size++] = duration;
    }

    /** Keeps what another has. */
    public void addAll(Times other) {
        for (int i = 0; i < other.size; i++) {
            add(other.nanos[i]);
        }
    }

    /** How many. */
    public int size() {
        return size;
    }

    /** The duration, in milliseconds, that this share of them (0 to 1) did not exceed. */
    public double at(double share) {
        long[] sorted = Arrays.copyOf(nanos, size);
        Arrays.sort(sorted);
        return sorted[Math.max(0, (int) Math.ceil(share * size) - 1)] / 1e6;
    }

    /** The median in milliseconds. */
    public double median() {
        return at(0.5);
    }

    /** What 95 of 100 did not exceed, in milliseconds. */
    public double p95() {
        return at(0.95);
    }

    /** What 99 of 100 did not exceed, in milliseconds. */
    public double p99() {
        return at(0.99);
    }
}
