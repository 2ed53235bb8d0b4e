package org.manyi.campaign;

/** What a node of the plan is. */
public enum NodeKind {
    /** Something reached on a day. */
    MILESTONE,
    /** Something done between two days. */
    WINDOW,
    /** Something done again and again. */
    RECURRING
}
