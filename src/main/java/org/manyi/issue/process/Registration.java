package org.manyi.issue.process;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.manyi.issue.Concerns;
import org.manyi.issue.IssueKind;
import org.manyi.issue.IssueSource;
import org.manyi.issue.Issues.Raising;
import org.manyi.issue.NewIssue;
import org.manyi.issue.Severity;
import org.manyi.org.Organisation;
import org.manyi.org.Unit;
import org.manyi.org.UnitType;
import org.manyi.security.Accounts;
import org.manyi.security.CurrentUser;
import org.manyi.security.Role;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.ForbiddenException;
import org.manyi.shared.Texts;
import org.manyi.shared.ValidationException;
import org.springframework.stereotype.Component;

/** Checks what is reported, and by whom: the bureau's side raises everything, a school its own self-check only. */
@Component
class Registration {

    private static final Set<Role> BUREAU_SIDE =
            Set.of(Role.CHAIR, Role.DEPUTY, Role.LEADER, Role.DEPARTMENT, Role.DISTRICT, Role.INSPECTOR);

    private static final int SHORTEST_TITLE = 4;
    private static final int LONGEST_TITLE = 100;
    private static final int LONGEST_DESCRIPTION = 4000;
    private static final int LONGEST_NAME = 40;
    private static final Pattern PHONE = Pattern.compile("[0-9+][0-9 \\-]{4,19}");

    private final Organisation organisation;
    private final Accounts accounts;
    private final Categories categories;

    Registration(Organisation organisation, Accounts accounts, Categories categories) {
        this.organisation = organisation;
        this.accounts = accounts;
        this.categories = categories;
    }

    /** What was reported, found sound. */
    record Sound(
            String title,
            String description,
            IssueKind kind,
            IssueSource source,
            String category,
            Severity severity,
            Unit school,
            NewIssue.Reporter reporter,
            Concerns concerns,
            String concernsUser) {}

    /** What the person may raise. */
    static Raising mayRaise(CurrentUser user) {
        if (user.roles().stream().anyMatch(BUREAU_SIDE::contains)) {
            return Raising.EVERYTHING;
        }
        return user.is(Role.SCHOOL) ? Raising.OWN_SELF_CHECK : Raising.NOTHING;
    }

    /**
     * What was reported, found sound.
     *
     * @throws ForbiddenException when the person may not raise it
     * @throws ValidationException with every field at fault
     */
    Sound check(NewIssue issue, CurrentUser user) {
        Raising may = mayRaise(user);
        if (may == Raising.NOTHING) {
            throw new ForbiddenException("issue.problem.raise");
        }
        List<FieldProblem> problems = new ArrayList<>();
        String title = text("title", issue.title(), SHORTEST_TITLE, LONGEST_TITLE, problems);
        if (title != null && title.lines().count() > 1) {
            problems.add(FieldProblem.of("title", "text", "issue.problem.title.lines"));
        }
        String description = text("description", issue.description(), 0, LONGEST_DESCRIPTION, problems);
        Optional<IssueKind> kind = choice("kind", issue.kind(), IssueKind::of, problems);
        Optional<IssueSource> source = choice("source", issue.source(), IssueSource::of, problems);
        Optional<Severity> severity = choice("severity", issue.severity(), Severity::of, problems);
        Optional<String> category = choice("category", issue.category(), categories::active, problems);
        Optional<Unit> school = choice("schoolCode", issue.schoolCode(), this::school, problems);
        NewIssue.Reporter reporter = reporter(issue.reporter(), problems);
        Concerns concerns = issue.concerns() == null || issue.concerns().isBlank()
                ? Concerns.NOBODY
                : choice("concerns", issue.concerns(), Concerns::of, problems).orElse(Concerns.NOBODY);
        String concernsUser = concernsUser(issue.concernsUser(), concerns, problems);
        if (!problems.isEmpty()) {
            throw new ValidationException(problems);
        }
        Sound sound = new Sound(
                title,
                description,
                kind.orElseThrow(),
                source.orElseThrow(),
                category.orElseThrow(),
                severity.orElseThrow(),
                school.orElseThrow(),
                reporter,
                concerns,
                concernsUser);
        if (may == Raising.OWN_SELF_CHECK && !isOwnSelfCheck(sound, user)) {
            throw new ForbiddenException("issue.problem.raise.school");
        }
        return sound;
    }

    private static boolean isOwnSelfCheck(Sound issue, CurrentUser user) {
        return issue.source() == IssueSource.SELF_CHECK
                && user.unitCodes().contains(issue.school().code());
    }

    private Optional<Unit> school(String code) {
        return organisation.find(code).filter(Unit::active).filter(unit -> unit.type() == UnitType.SCHOOL);
    }

    static NewIssue.Reporter reporter(NewIssue.Reporter reporter, List<FieldProblem> problems) {
        if (reporter == null || isBlank(reporter.name()) && isBlank(reporter.phone())) {
            return null;
        }
        String name = text("reporter.name", reporter.name(), 0, LONGEST_NAME, problems);
        // Chinese keyboards easily type wide digits.
        String phone = isBlank(reporter.phone())
                ? null
                : Normalizer.normalize(reporter.phone().strip(), Normalizer.Form.NFKC);
        if (phone == null) {
            problems.add(FieldProblem.of("reporter.phone", "required", "issue.problem.phone.required"));
        } else if (!PHONE.matcher(phone).matches()) {
            problems.add(FieldProblem.of("reporter.phone", "format", "issue.problem.phone"));
        }
        return new NewIssue.Reporter(name, phone);
    }

    private String concernsUser(String typed, Concerns concerns, List<FieldProblem> problems) {
        if (isBlank(typed)) {
            return null;
        }
        String username = typed.strip();
        if (concerns == Concerns.NOBODY) {
            problems.add(FieldProblem.of("concerns", "required", "issue.problem.concerns"));
        } else if (!Texts.storable(username)
                || accounts.existing(Set.of(username)).isEmpty()) {
            problems.add(FieldProblem.of("concernsUser", "unknown", "shared.field.unknown"));
        }
        return username;
    }

    /** The text without blanks around it, null when there is none. */
    static String text(String field, String typed, int least, int most, List<FieldProblem> problems) {
        String text = isBlank(typed) ? null : typed.strip();
        if (text == null) {
            if (least > 0) {
                problems.add(FieldProblem.of(field, "required", "shared.field.required"));
            }
        } else if (!Texts.storable(text)) {
            problems.add(FieldProblem.of(field, "characters", "shared.field.text"));
        } else if (text.length() < least) {
            problems.add(FieldProblem.of(field, "tooShort", "shared.field.tooShort", least));
        } else if (text.length() > most) {
            problems.add(FieldProblem.of(field, "tooLong", "shared.field.tooLong", most));
        }
        return text;
    }

    private static <T> Optional<T> choice(
            String field, String typed, Function<String, Optional<T>> known, List<FieldProblem> problems) {
        if (isBlank(typed)) {
            problems.add(FieldProblem.of(field, "required", "shared.field.required"));
            return Optional.empty();
        }
        Optional<T> choice = Texts.storable(typed) ? known.apply(typed.strip()) : Optional.empty();
        if (choice.isEmpty()) {
            problems.add(FieldProblem.of(field, "unknown", "shared.field.unknown"));
        }
        return choice;
    }

    private static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }
}
