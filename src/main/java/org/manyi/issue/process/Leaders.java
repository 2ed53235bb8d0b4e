package org.manyi.issue.process;

import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.manyi.org.Organisation;
import org.manyi.security.Accounts;
import org.manyi.security.CurrentUser;
import org.springframework.stereotype.Component;

/** Which leader decides where a department alone must not: the deputy in whose remit it lies, never whom the issue is about. */
@Component
class Leaders {

    static final String CHAIR = "bureau:chair";

    /** The confidential handler. */
    static final String PROTECTOR = "bureau:child-protection";

    private final Organisation organisation;
    private final Accounts accounts;

    Leaders(Organisation organisation, Accounts accounts) {
        this.organisation = organisation;
        this.accounts = accounts;
    }

    /** The post of the leader; where the department lies in no remit, of the school's contact leader. */
    String post(Issue issue) {
        return first(
                Collections.singleton(issue.facts().concernsUser()),
                organisation.deputyOver(issue.department()).orElse(null),
                organisation.contactLeaderPost(issue.facts().schoolCode()));
    }

    /**
     * The first of the posts that is held, and by none of those barred; the chair's where none is.
     *
     * @param barred usernames, null among them is nobody
     * @param posts those that are null are passed over
     */
    String first(Set<String> barred, String... posts) {
        return Stream.of(posts)
                .filter(Objects::nonNull)
                .filter(post -> {
                    Set<String> holders = organisation.holders(Set.of(post));
                    return !holders.isEmpty() && holders.stream().noneMatch(barred::contains);
                })
                .findFirst()
                .orElse(CHAIR);
    }

    /** The name of the leader; null where the post is held by nobody or by several. */
    String name(Issue issue) {
        Set<String> holders = organisation.holders(Set.of(post(issue)));
        return holders.size() == 1
                ? accounts.names(holders).get(holders.iterator().next())
                : null;
    }

    /** Whether the person decides as that leader, or leads the bureau. */
    boolean leads(Issue issue, CurrentUser user) {
        return user.holds(CHAIR) || user.holds(post(issue));
    }
}
