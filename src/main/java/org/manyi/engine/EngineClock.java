package org.manyi.engine;

import java.time.Duration;

/** Moves the business clock and the engine's clock together. */
public interface EngineClock {

    /** Sets the offset on this node; the rehearsal keeps it in the database for the others. */
    void moveTo(Duration offset);
}
