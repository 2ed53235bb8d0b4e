package org.manyi.campaign;

/** Who does a node. */
public enum FanOut {
    /** Its owner, once. */
    NONE,
    /** Every participating school and kindergarten for itself. */
    SCHOOL,
    /** Every school district for itself. */
    DISTRICT,
    /** Every contact leader for himself. */
    LEADER
}
