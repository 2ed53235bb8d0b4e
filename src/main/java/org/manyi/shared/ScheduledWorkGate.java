package org.manyi.shared;

/** Asked before each piece of scheduled work, on every node. */
public interface ScheduledWorkGate {

    /** Whether this node may do scheduled work now. */
    boolean mayWork();
}
