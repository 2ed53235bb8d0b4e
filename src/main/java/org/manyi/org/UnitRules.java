package org.manyi.org;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.manyi.shared.FieldProblem;

/** What a unit must be, whether it comes from a page or from a workbook. */
final class UnitRules {

    static final int NAME = 60;
    static final int SHORT_NAME = 30;

    private static final Set<String> OWNERSHIPS = Set.of("public", "private");
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,31}");
    private static final Pattern DEPARTMENT_CODE = Pattern.compile("[a-z][a-z0-9-]{0,31}");
    private static final Pattern TEAM_CODE = Pattern.compile("T[1-9][0-9]{0,3}");

    private UnitRules() {}

    /**
     * All that is wrong with a unit.
     *
     * @param typeOf the type of a unit that its parent may be, null when there is none
     * @param knownKind whether a kind of institution is known
     */
    static List<FieldProblem> problems(NewUnit unit, Function<String, UnitType> typeOf, Predicate<String> knownKind) {
        List<FieldProblem> problems = new ArrayList<>();
        if (!codeFits(unit.type(), unit.code())) {
            problems.add(FieldProblem.of("code", "format", "org.problem.code." + codeRule(unit.type())));
        }
        if (unit.name().length() < 2) {
            problems.add(FieldProblem.of("name", "tooShort", "shared.field.tooShort", 2));
        }
        checkLength(problems, "name", unit.name(), NAME);
        checkLength(problems, "shortName", unit.shortName(), SHORT_NAME);
        unit.formerNames().forEach(name -> checkLength(problems, "formerNames", name, NAME));
        if (unit.type() == UnitType.SCHOOL) {
            checkSchool(problems, unit, typeOf, knownKind);
        }
        return problems;
    }

    private static void checkSchool(
            List<FieldProblem> problems, NewUnit unit, Function<String, UnitType> typeOf, Predicate<String> knownKind) {
        if (unit.kind() == null || !knownKind.test(unit.kind())) {
            problems.add(FieldProblem.of("kind", "unknown", "org.problem.kind"));
        }
        if (unit.ownership() == null || !OWNERSHIPS.contains(unit.ownership())) {
            problems.add(FieldProblem.of("ownership", "unknown", "org.problem.ownership"));
        }
        if (unit.parentCode() == null || unit.parentCode().isBlank()) {
            problems.add(FieldProblem.of("parentCode", "required", "org.problem.parent.required"));
            return;
        }
        UnitType parent = typeOf.apply(unit.parentCode());
        if (parent == null) {
            problems.add(FieldProblem.of("parentCode", "unknown", "org.problem.parent.unknown", unit.parentCode()));
        } else if (parent != UnitType.DISTRICT && parent != UnitType.BUREAU) {
            problems.add(FieldProblem.of("parentCode", "type", "org.problem.parent.type", unit.parentCode()));
        }
    }

    private static boolean codeFits(UnitType type, String code) {
        return switch (type) {
            case BUREAU -> PostKeys.BUREAU.equals(code);
            case DEPARTMENT -> DEPARTMENT_CODE.matcher(code).matches() && !PostKeys.BUREAU.equals(code);
            case TEAM -> TEAM_CODE.matcher(code).matches();
            case DISTRICT, SCHOOL, BODY -> CODE.matcher(code).matches() && !PostKeys.BUREAU.equals(code);
        };
    }

    private static String codeRule(UnitType type) {
        return switch (type) {
            case BUREAU -> "bureau";
            case DEPARTMENT -> "department";
            case TEAM -> "team";
            case DISTRICT, SCHOOL, BODY -> "other";
        };
    }

    private static void checkLength(List<FieldProblem> problems, String field, String text, int max) {
        if (text != null && text.length() > max) {
            problems.add(FieldProblem.of(field, "tooLong", "shared.field.tooLong", max));
        }
    }
}
