package org.manyi.inbox;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.manyi.org.Visibility;
import org.manyi.security.CurrentUser;
import org.manyi.security.Role;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.TransactionMemory;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Who may see which case, as kept in {@code inbox_case}, {@code inbox_case_unit} and {@code inbox_case_post}. */
@Repository
class CaseAccessBook implements CaseAccess {

    static final String CHAIR = "bureau:chair";
    static final String PROTECTOR = "bureau:child-protection";

    /**
     * Keeps PostgreSQL from turning a lookup into a join: it would then read and sort the whole list for the sake of its first
     * page. An offset of nothing changes nothing else.
     */
    static final String ROW_BY_ROW = " offset 0 rows";

    /** Up to so many cases are collected before they are listed; about as many as can be sorted while somebody waits. */
    private static final int FEW_CASES = 20_000;

    private static final int VERY_FEW_CASES = 2_000;

    private final JdbcClient jdbc;
    private final JdbcOperations batches;
    private final Visibility visibility;
    private final TransactionMemory<String, String> locked = new TransactionMemory<>();
    private final TransactionMemory<String, Long> seen = new TransactionMemory<>();

    CaseAccessBook(JdbcClient jdbc, JdbcOperations batches, Visibility visibility) {
        this.jdbc = jdbc;
        this.batches = batches;
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
    public void openAll(Map<String, ? extends Collection<String>> unitCodes, Collection<String> postKeys) {
        List<Object[]> cases = new ArrayList<>();
        List<Object[]> units = new ArrayList<>();
        List<Object[]> posts = new ArrayList<>();
        unitCodes.forEach((number, codes) -> {
            cases.add(new Object[] {number});
            Set.copyOf(codes).forEach(code -> units.add(new Object[] {number, code}));
            Set.copyOf(postKeys).forEach(post -> posts.add(new Object[] {number, post}));
        });
        batches.batchUpdate("""
                insert into inbox_case (case_number, restricted, restriction, hidden_unit, hidden_user)
                values (?, false, 'NONE', null, null)
                """, cases);
        batches.batchUpdate("insert into inbox_case_unit (case_number, unit_code) values (?, ?)", units);
        batches.batchUpdate("insert into inbox_case_post (case_number, post_key) values (?, ?)", posts);
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void lock(String caseNumber) {
        locked.get(
                caseNumber, key -> jdbc.sql("select case_number from inbox_case where case_number = :case for update")
                        .param("case", key)
                        .query(String.class)
                        .optional()
                        .orElseThrow(NotFoundException::new));
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
        Condition condition = new Access(user).rowByRow("c.case_number");
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
    @Transactional(readOnly = true)
    public Condition condition(CurrentUser user, String column) {
        Access seen = new Access(user);
        return seen.wide() ? seen.rowByRow(column) : seen.amongFew(column);
    }

    /** Those of these cases that are protected matters. */
    Set<String> protectedAmong(Collection<String> caseNumbers) {
        return caseNumbers.isEmpty()
                ? Set.of()
                : jdbc.sql("""
                                select case_number from inbox_case
                                where restricted and restriction = 'PROTECTED' and case_number in (:cases)
                                """).param("cases", caseNumbers).query(String.class).set();
    }

    /** Whether the person sees so few cases that all their tasks are read sooner than a common word is looked up. */
    boolean narrow(CurrentUser user) {
        return new Access(user).narrow();
    }

    /** The same for a list of few cases, and for one that is read to its end. */
    Condition amongFew(CurrentUser user, String column) {
        return new Access(user).amongFew(column);
    }

    /** The same for a list of which the person sees most. */
    Condition rowByRow(CurrentUser user, String column) {
        return new Access(user).rowByRow(column);
    }

    /** Whether the person sees so many cases that a list is found sooner by walking it than by collecting them. */
    boolean wide(CurrentUser user) {
        return new Access(user).wide();
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
                        + " and ca_r.restricted and (" + hides + ")" + ROW_BY_ROW + "))",
                params);
    }

    /**
     * Where access to cases comes from.
     *
     * @param table its rows name cases
     * @param collected the table and what selects a person's rows, in whichever order the database likes
     * @param rowByRow what selects a person's rows among those of one case
     */
    private record Source(String table, String collected, String rowByRow) {}

    /** What a person has access to, and the two ways of asking for it. */
    private final class Access {

        private final CurrentUser user;
        private final boolean all;
        private final Map<String, Object> keys = new HashMap<>();
        private final List<Source> sources = new ArrayList<>();

        Access(CurrentUser user) {
            this.user = user;
            Visibility.Scope scope = visibility.scopeOf(user);
            boolean handlesCases = user.roles().stream().anyMatch(Role.CASE::contains);
            this.all = handlesCases && scope.all();
            if (handlesCases && !user.posts().isEmpty()) {
                String held = "ca_a.post_key in (:ca_posts)";
                sources.add(new Source("inbox_case_post", "inbox_case_post ca_a where " + held, held));
                keys.put("ca_posts", user.postKeys());
            }
            if (handlesCases && !scope.scopeKeys().isEmpty()) {
                sources.add(new Source(
                        "inbox_case_unit",
                        "inbox_case_unit ca_a join org_unit_scope ca_s on ca_s.unit_code = ca_a.unit_code"
                                + " where ca_s.scope_key in (:ca_scopes)",
                        "exists (select 1 from org_unit_scope ca_s where ca_s.unit_code = ca_a.unit_code"
                                + " and ca_s.scope_key in (:ca_scopes)" + ROW_BY_ROW + ")"));
                keys.put("ca_scopes", scope.scopeKeys());
            }
        }

        /** Whether the person sees so many cases that a list is found sooner by walking it than by collecting them. */
        boolean wide() {
            return all || casesSeen() > FEW_CASES;
        }

        /** Whether the person sees so few cases that all their tasks are read sooner than a common word is looked up. */
        boolean narrow() {
            return !all && !sources.isEmpty() && casesSeen() <= VERY_FEW_CASES;
        }

        /** How many, by each source no further than it takes to know that they are not few. */
        private long casesSeen() {
            return sources.isEmpty() ? 0 : seen.get(user.username(), name -> countCases());
        }

        private long countCases() {
            String found = IntStream.range(0, sources.size())
                    .mapToObj(i -> "select * from (select 1 as one from " + sources.get(i).collected + " fetch first "
                            + (FEW_CASES + 1) + " rows only) source" + i + "_")
                    .collect(Collectors.joining(" union all "));
            return jdbc.sql("select count(*) from (" + found + ") found_")
                    .params(keys)
                    .query(Long.class)
                    .single();
        }

        /** For a long way down a list in its own order: each row is looked up as it comes. */
        Condition rowByRow(String column) {
            String looked = sources.stream()
                    .map(source -> "exists (select 1 from " + source.table + " ca_a where ca_a.case_number = " + column
                            + " and " + source.rowByRow + ROW_BY_ROW + ")")
                    .collect(Collectors.joining(" or "));
            return condition(looked, column);
        }

        /**
         * For few cases, and for counting: they are collected first, and the list is made of them. The union stands in a query of its
         * own: H2 keeps a query's rows from one row of the list to the next, but a union's it reads again for each.
         */
        Condition amongFew(String column) {
            String collected = sources.stream()
                    .map(source -> "select ca_a.case_number from " + source.collected)
                    .collect(Collectors.joining(" union all "));
            return condition(
                    collected.isEmpty()
                            ? ""
                            : column + " in (select ca_seen.case_number from (" + collected + ") ca_seen)",
                    column);
        }

        private Condition condition(String seen, String column) {
            Condition notHidden = notHidden(user, column);
            if (all) {
                return notHidden;
            }
            if (seen.isEmpty()) {
                return new Condition("(1 = 0)", Map.of());
            }
            Map<String, Object> params = new HashMap<>(notHidden.params());
            params.putAll(keys);
            return new Condition("((" + seen + ") and " + notHidden.sql() + ")", params);
        }
    }
}
