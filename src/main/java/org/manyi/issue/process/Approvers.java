package org.manyi.issue.process;

import java.util.LinkedHashSet;
import java.util.Set;
import org.manyi.org.Organisation;
import org.manyi.security.CurrentUser;
import org.manyi.shared.ValidationException;
import org.springframework.stereotype.Component;

/**
 * Which leader decides. Closure is approved by the contact leader of the school, unless he directed the rectification or belongs to
 * the unit that leads it; then by the head of the office, and where that person did, by the chair; where even the chair did, by the
 * deputy over the department or over the kind of school.
 */
@Component
class Approvers {

    private final Organisation organisation;
    private final Leaders leaders;
    private final IssueStore store;
    private final Verifiers verifiers;
    private final IssueSettings settings;

    Approvers(
            Organisation organisation, Leaders leaders, IssueStore store, Verifiers verifiers, IssueSettings settings) {
        this.organisation = organisation;
        this.leaders = leaders;
        this.store = store;
        this.verifiers = verifiers;
        this.settings = settings;
    }

    /** The post that approves the closure of this issue. */
    String post(Issue issue) {
        Set<String> partial = partialPeople(issue);
        partial.addAll(organisation.holders(organisation.workPosts(issue.leadUnit())));
        String school = issue.facts().schoolCode();
        return leaders.first(
                partial,
                organisation.contactLeaderPost(school),
                organisation.chargePost(settings.office()),
                Leaders.CHAIR,
                deputyOver(issue.department()),
                deputyOver(organisation.departmentFor(organisation.unit(school))));
    }

    private String deputyOver(String department) {
        return organisation.deputyOver(department).orElse(null);
    }

    /**
     * Refuses whoever directed or did the rectification.
     *
     * @throws ValidationException with field {@code username}
     */
    void checkAssignee(Issue issue, CurrentUser candidate) {
        if (partialPeople(issue).contains(candidate.username())) {
            throw ValidationException.of("username", "directed", "issue.problem.assignee.directed", candidate.name());
        }
    }

    private Set<String> partialPeople(Issue issue) {
        Set<String> partial = new LinkedHashSet<>(store.directors(issue.number()));
        partial.addAll(verifiers.rectifiers(issue));
        if (issue.facts().concernsUser() != null) {
            partial.add(issue.facts().concernsUser());
        }
        return partial;
    }
}
