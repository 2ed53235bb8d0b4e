package org.manyi.org;

/** What a unit is. */
public enum UnitType {
    /** The bureau itself, code {@code bureau}. */
    BUREAU,
    /** A department of the bureau, code such as {@code jijiao}. */
    DEPARTMENT,
    /** A school district (学区), code such as {@code D1}. */
    DISTRICT,
    /** A school, kindergarten or training body, code such as {@code S0001}. */
    SCHOOL,
    /** A government body outside the bureau, code such as {@code B1}. */
    BODY,
    /** An inspection team, code such as {@code T1}; its post is {@code team:1:inspector}. */
    TEAM
}
