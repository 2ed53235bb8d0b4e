package org.manyi.register;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.manyi.campaign.Campaigns;
import org.manyi.org.Organisation;
import org.manyi.org.Unit;
import org.manyi.org.UnitType;
import org.manyi.org.Visibility;
import org.manyi.security.CurrentUser;
import org.manyi.security.HeldPost;
import org.manyi.shared.ForbiddenException;
import org.manyi.shared.NotFoundException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Whose schools' registers a person reads and writes. The posts' scope says it, as everywhere; but a department's scope is itself alone, and
 * departments watch over schools: each over the kinds of institution it is in charge of, the campaign's department and the office, whose
 * work the groups are, over all.
 */
@Component
class SchoolReach {

    private static final String OFFICE = "dept:office:";
    private static final String DEPARTMENT = "dept:";
    private static final String SCHOOL = "school:";

    private final Visibility visibility;
    private final Organisation organisation;
    private final Campaigns campaigns;
    private final JdbcClient jdbc;

    SchoolReach(Visibility visibility, Organisation organisation, Campaigns campaigns, JdbcClient jdbc) {
        this.visibility = visibility;
        this.organisation = organisation;
        this.campaigns = campaigns;
        this.jdbc = jdbc;
    }

    /**
     * A condition for a query's {@code where} over {@code org_unit u}.
     *
     * @param sql in parentheses, its parameters named {@code sr_*}
     */
    record Condition(String sql, Map<String, Object> params) {}

    /** Of which schools the person reads the registers. */
    Condition condition(CurrentUser user) {
        Visibility.Scope scope = visibility.scopeOf(user);
        if (scope.all() || campaigns.mayDraft(user) || holds(user, OFFICE)) {
            return new Condition("(u.type = 'SCHOOL')", Map.of());
        }
        Map<String, Object> params = new HashMap<>();
        Set<String> ways = new LinkedHashSet<>();
        if (!scope.scopeKeys().isEmpty()) {
            ways.add(
                    "exists (select 1 from org_unit_scope s where s.unit_code = u.code and s.scope_key in (:sr_keys))");
            params.put("sr_keys", scope.scopeKeys());
        }
        Set<String> departments = user.posts().stream()
                .filter(post -> post.key().startsWith(DEPARTMENT))
                .map(HeldPost::unitCode)
                .collect(Collectors.toSet());
        if (!departments.isEmpty()) {
            ways.add(
                    "exists (select 1 from org_kind k where k.code = u.kind and k.department_code in (:sr_departments))");
            params.put("sr_departments", departments);
        }
        return ways.isEmpty()
                ? new Condition("(1 = 0)", Map.of())
                : new Condition("(u.type = 'SCHOOL' and (" + String.join(" or ", ways) + "))", params);
    }

    private static boolean holds(CurrentUser user, String prefix) {
        return user.postKeys().stream().anyMatch(key -> key.startsWith(prefix));
    }

    /** The school, where the person reads its registers; else it is not there. */
    Unit readable(String code, CurrentUser user) {
        Unit school = organisation
                .find(code)
                .filter(unit -> unit.type() == UnitType.SCHOOL)
                .orElseThrow(NotFoundException::new);
        Condition seen = condition(user);
        boolean reads = jdbc.sql("select 1 from org_unit u where u.code = :code and " + seen.sql())
                .param("code", code)
                .params(seen.params())
                .query(Integer.class)
                .optional()
                .isPresent();
        if (!reads) {
            throw new NotFoundException();
        }
        return school;
    }

    /** The school, where it is the person's own; one that he only reads is forbidden, another is not there. */
    void requireOwn(String code, CurrentUser user) {
        readable(code, user);
        if (!own(user).contains(code)) {
            throw new ForbiddenException("register.problem.ownSchool");
        }
    }

    /** The codes of the schools at which the person has a post. */
    Set<String> own(CurrentUser user) {
        return user.posts().stream()
                .filter(post -> post.key().startsWith(SCHOOL))
                .map(HeldPost::unitCode)
                .collect(Collectors.toSet());
    }
}
