package org.manyi.issue.process;

import java.util.List;
import java.util.Optional;
import org.manyi.inbox.CaseAccess;
import org.manyi.inbox.TaskHandler.Option;
import org.manyi.issue.IssueEvent;
import org.manyi.security.CurrentUser;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.MovableClock;
import org.manyi.shared.Texts;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Issues that are the same: one goes on for both. */
@Component
class Merging {

    /** The newest open issues of a school are enough to choose from; any other can be merged by its number. */
    private static final int MOST_CANDIDATES = 100;

    private final JdbcClient jdbc;
    private final IssueStore store;
    private final CaseAccess access;
    private final MovableClock clock;

    Merging(JdbcClient jdbc, IssueStore store, CaseAccess access, MovableClock clock) {
        this.jdbc = jdbc;
        this.store = store;
        this.access = access;
        this.clock = clock;
    }

    /** The open issues of the same school that the person sees, newest first. */
    List<Option> candidates(Issue issue, CurrentUser user) {
        CaseAccess.Condition visible = access.condition(user, "i.number");
        return jdbc.sql("""
                        select i.number, i.title from issue i
                         where i.school_code = :school and i.number <> :number and i.closed_at is null
                           and i.status <> 'protected' and (i.reporter_known or :anonymous) and\s""" + visible.sql()
                        + " order by i.raised_at desc, i.number desc fetch first " + MOST_CANDIDATES + " rows only")
                .params(visible.params())
                .param("school", issue.facts().schoolCode())
                .param("number", issue.number())
                .param("anonymous", !issue.facts().reporterKnown())
                .query((row, n) ->
                        new Option(row.getString("number"), row.getString("number") + " " + row.getString("title")))
                .list();
    }

    /** What is wrong with merging it into that one, said of the field that names it; empty when nothing is. */
    List<FieldProblem> problems(Issue issue, String field, String into, CurrentUser user) {
        if (into == null || into.isBlank()) {
            return List.of(FieldProblem.of(field, "required", "shared.field.required"));
        }
        Optional<Issue> found = seen(into, user);
        if (found.isEmpty()) {
            return List.of(FieldProblem.of(field, "unknown", "shared.field.unknown"));
        }
        Issue survivor = found.get();
        String problem = null;
        if (survivor.number().equals(issue.number())) {
            problem = "issue.problem.merge.itself";
        } else if (!survivor.facts().schoolCode().equals(issue.facts().schoolCode())) {
            problem = "issue.problem.merge.school";
        } else if (survivor.status().isFinal()) {
            problem = "issue.problem.merge.over";
        } else if (issue.facts().reporterKnown() && !survivor.facts().reporterKnown()) {
            // Nobody would be called back for the survivor, and so neither would this one's reporter.
            problem = "issue.problem.merge.reporter";
        }
        return problem == null ? List.of() : List.of(FieldProblem.of(field, "unfit", problem));
    }

    private Optional<Issue> seen(String number, CurrentUser user) {
        return Texts.storable(number) && access.visible(user, number.strip())
                ? Optional.of(store.find(number.strip()))
                : Optional.empty();
    }

    /** Writes both; the process of the one that is over ends by whoever calls. */
    void merge(Issue issue, String into, String reason, CurrentUser user) {
        Issue survivor = store.forChange(into.strip());
        issue.merge(survivor.number(), clock.instant());
        store.write(
                issue,
                reason,
                new IssueEvent.IssueMerged(clock.instant(), user.username(), issue.number(), survivor.number()));
        store.write(
                survivor,
                reason,
                new IssueEvent.IssueJoined(clock.instant(), user.username(), survivor.number(), issue.number()));
    }
}
