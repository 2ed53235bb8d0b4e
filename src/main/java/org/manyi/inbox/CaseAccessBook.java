package org.manyi.inbox;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.manyi.org.Visibility;
import org.manyi.security.CurrentUser;
import org.manyi.security.Role;
import org.manyi.shared.NotFoundException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Who may see which case, as kept in {@code inbox_case}, {@code inbox_case_unit} and {@code inbox_case_post}. */
@Repository
class CaseAccessBook implements CaseAccess {

    static final String CHAIR = "bureau:chair";
    static final String PROTECTOR = "bureau:child-protection";

    private final JdbcClient jdbc;
    private final Visibility visibility;

    CaseAccessBook(JdbcClient jdbc, Visibility visibility) {
        this.jdbc = jdbc;
        this.visibility = visibility;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void open(String caseNumber, Collection<String> unitCodes, Collection<String> postKeys) {
        jdbc.sql("""
                        insert into inbox_case (case_number, restricted, restriction, hidden_unit, hidden_user)
                        values (:case, false, 'NONE', null, null)
                        """).param("case", caseNumber).update();
        grant(caseNumber, unitCodes, postKeys);
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void lock(String caseNumber) {
        jdbc.sql("select case_number from inbox_case where case_number = :case for update")
                .param("case", caseNumber)
                .query(String.class)
                .optional()
                .orElseThrow(NotFoundException::new);
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void grant(String caseNumber, Collection<String> unitCodes, Collection<String> postKeys) {
        // Two tasks of one case may arise at once: the lock lets them follow each other instead of colliding on the
        // key.
        lock(caseNumber);
        addMissing("inbox_case_unit", "unit_code", caseNumber, unitCodes);
        addMissing("inbox_case_post", "post_key", caseNumber, postKeys);
    }

    private void addMissing(String table, String column, String caseNumber, Collection<String> wanted) {
        Set<String> missing = new LinkedHashSet<>(wanted);
        if (missing.isEmpty()) {
            return;
        }
        jdbc.sql("select " + column + " from " + table + " where case_number = :case and " + column + " in (:wanted)")
                .param("case", caseNumber)
                .param("wanted", Set.copyOf(missing))
                .query(String.class)
                .list()
                .forEach(missing::remove);
        for (String one : missing) {
            jdbc.sql("insert into " + table + " (case_number, " + column + ") values (:case, :one)")
                    .param("case", caseNumber)
                    .param("one", one)
                    .update();
        }
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void restrict(String caseNumber, Restriction restriction, String hiddenUnit, String hiddenUser) {
        lock(caseNumber);
        jdbc.sql("""
                        update inbox_case
                           set restricted = :restricted, restriction = :restriction, hidden_unit = :unit, hidden_user = :person
                         where case_number = :case
                        """)
                .param("restricted", restriction != Restriction.NONE || hiddenUser != null)
                .param("restriction", restriction.name())
                .param("unit", hiddenUnit)
                .param("person", hiddenUser)
                .param("case", caseNumber)
                .update();
    }

    @Override
    @Transactional(readOnly = true)
    public boolean visible(CurrentUser user, String caseNumber) {
        Condition condition = condition(user, "c.case_number");
        return jdbc.sql("select 1 from inbox_case c where c.case_number = :case and " + condition.sql())
                .param("case", caseNumber)
                .params(condition.params())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    @Override
    @Transactional(readOnly = true)
    public void require(CurrentUser user, String caseNumber) {
        if (!visible(user, caseNumber)) {
            throw new NotFoundException();
        }
    }

    @Override
    public Condition condition(CurrentUser user, String column) {
        if (user.roles().stream().noneMatch(Role.CASE::contains)) {
            return new Condition("(1 = 0)", Map.of());
        }
        Visibility.Scope scope = visibility.scopeOf(user);
        Condition notHidden = notHidden(user, column);
        if (scope.all()) {
            return notHidden;
        }
        Map<String, Object> params = new HashMap<>(notHidden.params());
        StringBuilder seen = new StringBuilder();
        if (!user.posts().isEmpty()) {
            seen.append("select ca_p.case_number from inbox_case_post ca_p where ca_p.post_key in (:ca_posts)");
            params.put("ca_posts", user.postKeys());
        }
        if (!scope.scopeKeys().isEmpty()) {
            seen.append(seen.isEmpty() ? "" : " union all ")
                    .append("select ca_u.case_number from inbox_case_unit ca_u"
                            + " join org_unit_scope ca_s on ca_s.unit_code = ca_u.unit_code"
                            + " where ca_s.scope_key in (:ca_scopes)");
            params.put("ca_scopes", scope.scopeKeys());
        }
        if (seen.isEmpty()) {
            return new Condition("(1 = 0)", Map.of());
        }
        return new Condition("(" + column + " in (" + seen + ") and " + notHidden.sql() + ")", params);
    }

    /**
     * The condition under which no restriction hides a row's case from the person, whatever access he has.
     *
     * @param column the column holding the case number, a constant of ours
     */
    Condition notHidden(CurrentUser user, String column) {
        Map<String, Object> params = new HashMap<>();
        StringBuilder hides = new StringBuilder("ca_r.hidden_user = :ca_me");
        params.put("ca_me", user.username());
        if (!user.holds(CHAIR) && !user.holds(PROTECTOR)) {
            hides.append(" or ca_r.restriction = 'PROTECTED'");
        }
        if (!user.unitCodes().isEmpty()) {
            hides.append(" or (ca_r.restriction = 'UNIT_HIDDEN' and ca_r.hidden_unit in (:ca_units))");
            params.put("ca_units", user.unitCodes());
        }
        return new Condition(
                "(not exists (select 1 from inbox_case ca_r where ca_r.case_number = " + column
                        + " and ca_r.restricted and (" + hides + ")))",
                params);
    }
}
