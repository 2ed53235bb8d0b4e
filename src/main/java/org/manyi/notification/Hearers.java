package org.manyi.notification;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.manyi.inbox.CaseAccess;
import org.manyi.inbox.CaseAccess.Restriction;
import org.manyi.org.Organisation;
import org.manyi.security.CurrentUsers;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who may hear of a case: nobody from whom it is hidden, whatever post he holds. */
@Component
class Hearers {

    private final JdbcClient jdbc;
    private final Organisation organisation;
    private final CaseAccess access;
    private final CurrentUsers users;

    Hearers(JdbcClient jdbc, Organisation organisation, CaseAccess access, CurrentUsers users) {
        this.jdbc = jdbc;
        this.organisation = organisation;
        this.access = access;
        this.users = users;
    }

    /** What is hidden of one case, as it was when it was asked for: to be asked anew with each piece of news. */
    final class Audience {

        private final String caseNumber;
        private final boolean restricted;
        private final Restriction restriction;

        private Audience(String caseNumber, boolean restricted, Restriction restriction) {
            this.caseNumber = caseNumber;
            this.restricted = restricted;
            this.restriction = restriction;
        }

        /** Whether the case is a protected matter, of which no mail says more than that there is one. */
        boolean isProtected() {
            return restriction == Restriction.PROTECTED;
        }

        /** Today's holders of the posts who may see the case. */
        Set<String> holders(Collection<String> posts) {
            return allowed(organisation.holders(posts));
        }

        /** Those of the people who may see the case; asked one by one only where something is hidden. */
        Set<String> allowed(Collection<String> usernames) {
            Set<String> allowed = new LinkedHashSet<>(usernames);
            if (restricted) {
                allowed.removeIf(username -> !maySee(username, caseNumber));
            }
            return allowed;
        }
    }

    /** Whether the person may see a case of which something is hidden. */
    boolean maySee(String username, String caseNumber) {
        return access.visible(users.byUsername(username), caseNumber);
    }

    /** Those of the cases of which something is hidden from somebody. */
    Set<String> restricted(Collection<String> caseNumbers) {
        return caseNumbers.isEmpty()
                ? Set.of()
                : new HashSet<>(jdbc.sql(
                                "select case_number from inbox_case where restricted = true and case_number in (:cases)")
                        .param("cases", caseNumbers)
                        .query(String.class)
                        .list());
    }

    /** Who may hear of the case now. */
    Audience of(String caseNumber) {
        return jdbc.sql("select restricted, restriction from inbox_case where case_number = :case")
                .param("case", caseNumber)
                .query((rs, row) -> new Audience(
                        caseNumber, rs.getBoolean("restricted"), Restriction.valueOf(rs.getString("restriction"))))
                .optional()
                .orElseGet(() -> new Audience(caseNumber, false, Restriction.NONE));
    }
}
