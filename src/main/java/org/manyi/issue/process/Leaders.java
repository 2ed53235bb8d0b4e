package org.manyi.issue.process;

import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.manyi.org.Organisation;
import org.manyi.security.CurrentUser;
import org.springframework.stereotype.Component;

/** Which leader decides where a department alone must not: the deputy in whose remit it lies, never whom the issue is about. */
@Component
class Leaders {

    private static final String CHAIR = "bureau:chair";

    private final Organisation organisation;

    Leaders(Organisation organisation) {
        this.organisation = organisation;
    }

    /** The post of the leader; where the department lies in no remit, of the school's contact leader. */
    String post(Issue issue) {
        return Stream.of(
                        organisation.deputyOver(issue.department()).orElse(null),
                        organisation.contactLeaderPost(issue.facts().schoolCode()))
                .filter(Objects::nonNull)
                .filter(post -> {
                    Set<String> holders = organisation.holders(Set.of(post));
                    return !holders.isEmpty()
                            && holders.stream()
                                    .noneMatch(holder ->
                                            holder.equals(issue.facts().concernsUser()));
                })
                .findFirst()
                .orElse(CHAIR);
    }

    /** Whether the person decides as that leader, or leads the bureau. */
    boolean leads(Issue issue, CurrentUser user) {
        return user.holds(CHAIR) || user.holds(post(issue));
    }
}
