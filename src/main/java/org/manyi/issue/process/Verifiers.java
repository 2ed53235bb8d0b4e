package org.manyi.issue.process;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.manyi.org.Organisation;
import org.manyi.org.Unit;
import org.manyi.security.CurrentUser;
import org.manyi.shared.ValidationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who may verify: nobody who worked on the rectification, nobody who holds a post in the units that put it right, in the school or
 * in their district (domain rule B5).
 */
@Component
class Verifiers {

    private final JdbcClient jdbc;
    private final Organisation organisation;
    private final IssueStore store;
    private final Discretion discretion;

    Verifiers(JdbcClient jdbc, Organisation organisation, IssueStore store, Discretion discretion) {
        this.jdbc = jdbc;
        this.organisation = organisation;
        this.store = store;
        this.discretion = discretion;
    }

    /** The team with the fewest open verifications among those without a partial member; empty when there is none. */
    Optional<String> chooseTeam(Issue issue) {
        Set<String> partial = partialPeople(issue);
        Map<String, Integer> open = openVerifications();
        return organisation.teams().entrySet().stream()
                .filter(team -> !team.getValue().isEmpty())
                .filter(team -> team.getValue().stream().noneMatch(partial::contains))
                .map(Map.Entry::getKey)
                .min(Comparator.comparing((String team) -> open.getOrDefault(team, 0))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /**
     * Refuses a partial person.
     *
     * @throws ValidationException with field {@code username}
     */
    void checkAssignee(Issue issue, CurrentUser candidate) {
        if (rectifiers(issue).contains(candidate.username())) {
            throw ValidationException.of("username", "rectified", "issue.problem.assignee.rectified", candidate.name());
        }
        if (units(issue).stream().anyMatch(candidate.unitCodes()::contains)) {
            throw ValidationException.of("username", "partial", "issue.problem.assignee.partial", candidate.name());
        }
    }

    private Set<String> partialPeople(Issue issue) {
        Set<String> partial = new LinkedHashSet<>(rectifiers(issue));
        partial.add(issue.facts().concernsUser());
        Set<String> units = units(issue);
        units.addAll(discretion.hiddenUnits(issue));
        partial.addAll(organisation.holders(units.stream()
                .map(organisation::workPosts)
                .flatMap(Collection::stream)
                .toList()));
        return partial;
    }

    /** Whoever reported a round as done, reported on it, or had a part in it, in any round. */
    Set<String> rectifiers(Issue issue) {
        Set<String> people = new LinkedHashSet<>();
        store.rounds(issue.number()).stream()
                .map(Round::report)
                .filter(Objects::nonNull)
                .map(Round.Report::by)
                .forEach(people::add);
        people.addAll(jdbc.sql("""
                        select contributed_by from issue_co_handling where number = :number and contributed_by is not null
                        union select reported_by from issue_period where number = :number and reported_by is not null
                        """)
                .param("number", issue.number())
                .query(String.class)
                .list());
        return people;
    }

    private Set<String> units(Issue issue) {
        Set<String> units = new LinkedHashSet<>(issue.coUnits());
        units.add(issue.leadUnit());
        units.add(issue.facts().schoolCode());
        store.rounds(issue.number()).forEach(round -> units.add(round.unit()));
        Set.copyOf(units)
                .forEach(unit -> organisation.districtOf(unit).map(Unit::code).ifPresent(units::add));
        return units;
    }

    private Map<String, Integer> openVerifications() {
        Map<String, Integer> open = new HashMap<>();
        jdbc.sql(
                        "select team, count(*) as n from issue_round where team is not null and verified_at is null group by team")
                .query(row -> {
                    open.put(row.getString("team"), row.getInt("n"));
                });
        return open;
    }
}
