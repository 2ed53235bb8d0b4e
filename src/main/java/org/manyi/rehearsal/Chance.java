package org.manyi.rehearsal;

/** What differs from one school to the next in the demonstration, and is the same whenever it is loaded. */
final class Chance {

    private Chance() {}

    /**
     * A number spread evenly over 0 to {@code bound - 1}.
     *
     * @param seed the same seed gives the same number
     */
    static int below(int bound, String seed) {
        // A hash of similar words is itself similar; the last steps of MurmurHash3 scatter it.
        int hash = seed.hashCode();
        hash = (hash ^ hash >>> 16) * 0x85ebca6b;
        hash = (hash ^ hash >>> 13) * 0xc2b2ae35;
        return Math.floorMod(hash ^ hash >>> 16, bound);
    }
}
