package org.manyi.security;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a person is to Manyi; derived from the posts held, but for the three administrators, who hold no cases and exclude one
 * another (domain rule E7).
 */
public enum Role {
    /** Head of the bureau: sees everything. */
    CHAIR,
    /** A deputy head with a remit. */
    DEPUTY,
    /** A contact leader (联系领导) answering for some schools. */
    LEADER,
    /** The confidential handler of matters of a child's safety. */
    PROTECTOR,
    /** Staff or head of a department. */
    DEPARTMENT,
    /** Staff of a school district (学区). */
    DISTRICT,
    /** Principal or staff of a school or kindergarten. */
    SCHOOL,
    /** Member of an inspection team. */
    INSPECTOR,
    /** Liaison of an outside government body. */
    LIAISON,
    /** System administrator: the machine, imports, mails, the rehearsal clock. */
    SYSADMIN,
    /** Security administrator: accounts, posts. */
    SECADMIN,
    /** Audit administrator: reads the trail, changes nothing. */
    AUDITOR;

    /** The roles that handle cases: all but the three administrators. */
    public static final Set<Role> CASE = Collections.unmodifiableSet(EnumSet.range(CHAIR, LIAISON));

    /** Whether it is one of the three administrators. */
    public boolean isAdministrator() {
        return !CASE.contains(this);
    }
}
