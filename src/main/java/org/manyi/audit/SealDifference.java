package org.manyi.audit;

/**
 * Something in the trail that is not as it was sealed.
 *
 * @param kind never null
 * @param seal the seal's number
 * @param expected what the seal says; its meaning hangs on the kind
 * @param found what is there
 */
public record SealDifference(Kind kind, long seal, long expected, long found) {

    /** What is wrong. */
    public enum Kind {
        /** As many entries as were sealed, but not the same ones; or the seal itself was changed. */
        CHANGED,
        /** Another number of entries than were sealed. */
        COUNT,
        /** This and perhaps more seals after it are gone, as many as were expected, though a later one is there. */
        SEAL_MISSING,
        /** Entries bear the number of a seal that is not there. */
        STRAY,
        /** This machine remembers a seal that the database does not hold, or holds otherwise. */
        FORGOTTEN
    }

    /** A line for a report in English. */
    @Override
    public String toString() {
        return switch (kind) {
            case CHANGED -> "seal %d: its entries are not those that were sealed".formatted(seal);
            case COUNT -> "seal %d: %d entries were sealed, there are %d".formatted(seal, expected, found);
            case SEAL_MISSING -> "seal %d: gone, with %d seals in all".formatted(seal, expected);
            case STRAY -> "seal %d: %d entries bear its number, and there is no such seal".formatted(seal, found);
            case FORGOTTEN ->
                "seal %d: this machine has seen it, the database holds another or none (its last is %d)"
                        .formatted(seal, found);
        };
    }
}
