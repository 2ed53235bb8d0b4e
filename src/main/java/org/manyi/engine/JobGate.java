package org.manyi.engine;

/** Asked on every node, each time it looks for jobs, in the transaction that takes them. */
public interface JobGate {

    /** Whether this node may take jobs now. */
    boolean mayTakeJobs();
}
