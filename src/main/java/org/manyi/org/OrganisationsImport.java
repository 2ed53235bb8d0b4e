package org.manyi.org;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.manyi.security.CurrentUser;
import org.manyi.security.Role;
import org.manyi.shared.FieldProblem;
import org.manyi.spreadsheet.ImportKind;
import org.manyi.spreadsheet.ImportWords;
import org.springframework.stereotype.Component;

/**
 * Units from a workbook, one a row. A new code makes a unit with its posts; a known one changes it, keeping the old name as a
 * former one. Only institutions need a parent: where the others belong follows from their type.
 */
@Component
class OrganisationsImport implements ImportKind {

    private static final String UNIT = "unit";
    private static final String PUBLIC = "public";
    private static final String PRIVATE = "private";
    private static final String TRAINING = "private-training";

    private final ImportWords words = new ImportWords("organisations");
    private final Organisation organisation;
    private final Kinds kindCodes;
    private final OrganisationAdministration administration;

    OrganisationsImport(Organisation organisation, Kinds kindCodes, OrganisationAdministration administration) {
        this.organisation = organisation;
        this.kindCodes = kindCodes;
        this.administration = administration;
    }

    @Override
    public String kind() {
        return "organisations";
    }

    @Override
    public List<Column> columns() {
        return List.of(
                words.code("code", true, false),
                words.text("name", true),
                words.text("type", true),
                words.code("parentCode", false, true),
                words.text("ownership", false),
                words.text("shortName", false),
                words.text("formerNames", false));
    }

    @Override
    public boolean mayImport(CurrentUser user) {
        return user.is(Role.SYSADMIN);
    }

    @Override
    public List<RowProblem> check(List<Row> rows) {
        return new Check(rows).run();
    }

    @Override
    public List<Change> apply(List<Row> rows, CurrentUser user, String batchId) {
        Map<String, Unit> known = knownUnits(rows);
        Map<String, Row> rowOf = rows.stream().collect(Collectors.toMap(row -> row.get("code"), Function.identity()));
        List<Change> changes = new ArrayList<>();
        rows.stream()
                .map(row -> unitOf(row, known))
                .sorted(Comparator.comparing(OrganisationsImport::depth))
                .forEach(unit -> {
                    Row row = rowOf.get(unit.code());
                    Unit before = known.get(unit.code());
                    Unit after = before == null ? administration.create(unit) : administration.change(unit);
                    if (!after.equals(before)) {
                        Map<String, String> was = before == null ? null : facts(before);
                        changes.add(new Change(row.sheet(), row.number(), UNIT, unit.code(), was, facts(after)));
                    }
                });
        return changes;
    }

    /** The last made goes first: units lie below those made before them. */
    @Override
    public List<Kept> revert(List<Change> changes) {
        List<Change> backwards = new ArrayList<>(changes);
        Collections.reverse(backwards);
        List<Kept> kept = new ArrayList<>();
        for (Change change : backwards) {
            Unit after = unit(change.key(), change.after());
            Optional<FieldProblem> reason = change.before() == null
                    ? administration.remove(after)
                    : administration.restore(unit(change.key(), change.before()), after);
            reason.ifPresent(why -> kept.add(new Kept(change, why)));
        }
        return kept;
    }

    private static Map<String, String> facts(Unit unit) {
        Map<String, String> facts = new HashMap<>();
        facts.put("name", unit.name());
        facts.put("shortName", unit.shortName());
        facts.put("type", unit.type().name());
        facts.put("kind", unit.kind());
        facts.put("parentCode", unit.parentCode());
        facts.put("ownership", unit.ownership());
        return facts;
    }

    private static Unit unit(String code, Map<String, String> facts) {
        return new Unit(
                code,
                facts.get("name"),
                facts.get("shortName"),
                UnitType.valueOf(facts.get("type")),
                facts.get("kind"),
                facts.get("parentCode"),
                facts.get("ownership"),
                true);
    }

    /** Parents come first, in whatever order the workbook has them. */
    private static int depth(NewUnit unit) {
        return switch (unit.type()) {
            case BUREAU -> 0;
            case DEPARTMENT, DISTRICT, BODY, TEAM -> 1;
            case SCHOOL -> 2;
        };
    }

    /** The units that the rows name, as they are or as their parent, by code; new ones are left out. */
    private Map<String, Unit> knownUnits(List<Row> rows) {
        Set<String> codes = new HashSet<>();
        rows.forEach(row -> {
            codes.add(row.get("code"));
            codes.add(row.get("parentCode"));
        });
        return organisation.findAll(codes).stream().collect(Collectors.toMap(Unit::code, Function.identity()));
    }

    /** The unit that a row asks for; its type must have been understood. What is blank keeps what a known unit has. */
    private NewUnit unitOf(Row row, Map<String, Unit> knownUnits) {
        Type type = typeOf(row).orElseThrow();
        Optional<Unit> known = Optional.ofNullable(knownUnits.get(row.get("code")));
        return new NewUnit(
                row.get("code"),
                row.get("name"),
                shortName(row, known),
                type.unitType(),
                type.kind(),
                blankToNull(row.get("parentCode")),
                ownership(row, type, known),
                ImportWords.parts(row.get("formerNames")));
    }

    private static String shortName(Row row, Optional<Unit> known) {
        String asked = blankToNull(row.get("shortName"));
        return asked != null
                ? asked
                : known.filter(unit -> !unit.shortName().equals(unit.name()))
                        .map(Unit::shortName)
                        .orElse(null);
    }

    private String ownership(Row row, Type type, Optional<Unit> known) {
        String asked = row.get("ownership");
        if (!asked.isBlank()) {
            return words.meaning("ownership", asked).orElse(null);
        }
        return known.map(Unit::ownership).orElse(TRAINING.equals(type.kind()) ? PRIVATE : PUBLIC);
    }

    /** What the workbook calls a type: one of ours, or a kind of institution. */
    private record Type(UnitType unitType, String kind) {}

    private Optional<Type> typeOf(Row row) {
        String word = row.get("type");
        return words.meaning("kind", word)
                .map(kind -> new Type(UnitType.SCHOOL, kind))
                .or(() -> words.meaning("type", word).map(type -> new Type(UnitType.valueOf(type), null)))
                // Asked last: the words of the shipped kinds are known without the database.
                .or(() -> Optional.ofNullable(kindCodes.byWord().get(ImportWords.normal(word)))
                        .map(kind -> new Type(UnitType.SCHOOL, kind)));
    }

    private static String blankToNull(String text) {
        return text.isBlank() ? null : text;
    }

    /** One look at all rows, against each other and what exists. */
    private final class Check {

        private final List<Row> rows;
        private final List<RowProblem> problems = new ArrayList<>();
        private final Map<String, UnitType> inFile = new LinkedHashMap<>();
        private final Map<String, Unit> known;
        private final Set<String> kinds;
        private final Set<String> offered;
        private final Map<String, Integer> rowOfCode = new HashMap<>();
        private final Map<String, Integer> rowOfName = new HashMap<>();

        Check(List<Row> rows) {
            this.rows = rows;
            this.known = knownUnits(rows);
            this.kinds = kindCodes.names().keySet();
            this.offered = kindCodes.offered();
        }

        List<RowProblem> run() {
            rows.forEach(row -> typeOf(row).ifPresent(type -> inFile.putIfAbsent(row.get("code"), type.unitType())));
            rows.forEach(this::check);
            return problems;
        }

        private void check(Row row) {
            Integer earlier = rowOfCode.putIfAbsent(row.get("code"), row.number());
            if (earlier != null) {
                add(row, FieldProblem.of("code", "duplicate", "org.problem.duplicate.code", row.get("code"), earlier));
                return;
            }
            if (typeOf(row).isEmpty()) {
                add(row, FieldProblem.of("type", "unknown", "org.problem.type", row.get("type")));
                return;
            }
            NewUnit unit = unitOf(row, known);
            UnitRules.problems(unit, this::typeOfParent, organisation::knowsKind)
                    .forEach(problem -> add(row, problem));
            checkAgainst(row, unit, known.get(unit.code()));
            checkName(row, unit);
        }

        private void checkAgainst(Row row, NewUnit unit, Unit before) {
            if (before != null && before.type() != unit.type()) {
                add(row, FieldProblem.of("type", "fixed", "org.problem.type.fixed", before.name()));
            } else if (before != null && !before.active()) {
                add(row, FieldProblem.of("code", "closed", "org.problem.closed", before.name()));
            } else if (kinds.contains(unit.kind())
                    && !offered.contains(unit.kind())
                    && (before == null || !unit.kind().equals(before.kind()))) {
                add(row, FieldProblem.of("kind", "retired", "org.problem.kind.retired"));
            }
        }

        /** Two units of one name in one place are most likely one unit under two codes. */
        private void checkName(Row row, NewUnit unit) {
            Unit asked = unit.asUnit();
            Integer earlier =
                    rowOfName.putIfAbsent(asked.type() + "\n" + asked.parentCode() + "\n" + asked.name(), row.number());
            if (earlier != null) {
                add(row, FieldProblem.of("name", "duplicate", "org.problem.duplicate.name", asked.name(), earlier));
                return;
            }
            administration.namesakes(asked).stream()
                    .filter(code -> !inFile.containsKey(code))
                    .findFirst()
                    .ifPresent(code -> add(
                            row,
                            FieldProblem.of("name", "duplicate", "org.problem.duplicate.known", asked.name(), code)));
        }

        private UnitType typeOfParent(String code) {
            Unit parent = known.get(code);
            return parent != null && parent.active() ? parent.type() : inFile.get(code);
        }

        private void add(Row row, FieldProblem problem) {
            // The workbook has one column for type and kind.
            FieldProblem shown = problem.field().equals("kind")
                    ? new FieldProblem("type", problem.code(), problem.messageKey(), problem.args())
                    : problem;
            problems.add(new RowProblem(row, shown));
        }
    }
}
