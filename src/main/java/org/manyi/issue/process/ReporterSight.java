package org.manyi.issue.process;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.manyi.security.CurrentUser;
import org.manyi.security.Role;

/** Who sees a reporter, masked: the bureau, but not the units that are to put the issue right (domain rule E20). */
final class ReporterSight {

    private static final Set<Role> BUREAU =
            Set.of(Role.CHAIR, Role.DEPUTY, Role.LEADER, Role.PROTECTOR, Role.DEPARTMENT);

    private ReporterSight() {}

    /** Whether the person belongs to those who see reporters of what their units do not work on. */
    static boolean inBureau(CurrentUser user) {
        return user.roles().stream().anyMatch(BUREAU::contains);
    }

    /**
     * Whether the person does.
     *
     * @param user null for nobody
     * @param leadUnit null before triage
     * @param office the department that keeps contact with reporters, and sees them whatever it works on
     */
    static boolean has(CurrentUser user, String leadUnit, Collection<String> coUnits, String office) {
        if (user == null || !inBureau(user)) {
            return false;
        }
        Set<String> unitsAtWork = new HashSet<>(coUnits);
        unitsAtWork.add(leadUnit);
        unitsAtWork.remove(office);
        return user.unitCodes().stream().noneMatch(unitsAtWork::contains)
                || user.unitCodes().contains(office);
    }
}
