package org.manyi.issue.process;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.manyi.engine.DecisionSubject;
import org.manyi.inbox.CaseAccess;
import org.manyi.inbox.Urgency;
import org.manyi.issue.Category;
import org.manyi.issue.IssueKind;
import org.manyi.issue.IssueSource;
import org.manyi.issue.Rectification;
import org.manyi.issue.Severity;
import org.manyi.org.Organisation;
import org.manyi.org.Unit;
import org.manyi.org.UnitType;
import org.manyi.security.CurrentUser;
import org.manyi.shared.MovableClock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What the triage table may ask for and decide, and the issues that it was asked about: those of the ledger, by what was reported. What
 * a department has made of the table's proposal is left out.
 */
@Component
class TriageTable implements DecisionSubject {

    static final String KEY = "issue-triage";

    /** Why a proposal is made; each has its text {@code form.triageIssue.suggestion.*}. */
    static final List<String> NOTES = List.of(
            "consultation",
            "safetyHigh",
            "food",
            "safetyUrgent",
            "ethicsHigh",
            "moneyHigh",
            "mentalHealthHigh",
            "high",
            "urgentSource",
            "longTerm",
            "quickFix",
            "complex",
            "ordinary");

    private static final int READ_AT_ONCE = 1000;
    private static final String GIVEN = "i.category, i.source, i.severity, i.kind, u.kind as institution_kind";
    private static final String FROM =
            " from issue i join org_unit u on u.code = i.school_code where i.raised_at >= :since";

    private final Categories categories;
    private final Organisation organisation;
    private final CaseAccess access;
    private final DecisionTexts texts;
    private final IssueSettings settings;
    private final JdbcClient jdbc;

    TriageTable(
            Categories categories,
            Organisation organisation,
            CaseAccess access,
            DecisionTexts texts,
            IssueSettings settings,
            JdbcClient jdbc) {
        this.categories = categories;
        this.organisation = organisation;
        this.access = access;
        this.texts = texts;
        this.settings = settings;
        this.jdbc = jdbc;
    }

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public String nameKey() {
        return "issue.decision";
    }

    @Override
    public List<Column> conditions() {
        return List.of(
                choices(
                        "category",
                        categories.all().stream().map(TriageTable::option).toList()),
                choices(
                        "source",
                        named(
                                "issue.source.",
                                Arrays.stream(IssueSource.values()).map(IssueSource::code))),
                choices(
                        "severity",
                        named(
                                "issue.severity.",
                                Arrays.stream(Severity.values()).map(Severity::code))),
                choices(
                        "kind",
                        named("issue.kind.", Arrays.stream(IssueKind.values()).map(IssueKind::code))),
                choices("institutionKind", institutionKinds()));
    }

    @Override
    public List<Column> outputs() {
        return List.of(
                choices("department", departments()),
                choices(
                        "rectification",
                        named(
                                "issue.rectification.",
                                Arrays.stream(Rectification.values()).map(Rectification::code))),
                new Column("workingDays", label("workingDays"), List.of(), settings.maxLimitDays()),
                choices(
                        "urgency",
                        named("issue.urgency.", Arrays.stream(Urgency.values()).map(Urgency::code))),
                choices("note", named("form.triageIssue.suggestion.", NOTES.stream())));
    }

    private static Column choices(String name, List<Option> options) {
        return new Column(name, label(name), options, 0);
    }

    private static String label(String name) {
        return "issue.decision." + name;
    }

    private static Option option(Category category) {
        return new Option(category.code(), category.name(), category.active());
    }

    private List<Option> named(String prefix, Stream<String> codes) {
        return texts.options(prefix, codes.toList()).stream()
                .map(option -> new Option(option.value(), option.label(), true))
                .toList();
    }

    private List<Option> institutionKinds() {
        Set<String> retired = new HashSet<>(jdbc.sql("select code from org_kind where active = false")
                .query(String.class)
                .list());
        return inOrder(organisation.kindNames().entrySet().stream()
                .map(kind -> new Option(kind.getKey(), kind.getValue(), !retired.contains(kind.getKey()))));
    }

    private List<Option> departments() {
        List<String> codes = jdbc.sql("select code from org_unit where type = :type order by code")
                .param("type", UnitType.DEPARTMENT.name())
                .query(String.class)
                .list();
        return inOrder(organisation.findAll(codes).stream()
                .map((Unit unit) -> new Option(unit.code(), unit.shortName(), unit.active())));
    }

    /** Those that are no longer offered last. */
    private static List<Option> inOrder(Stream<Option> options) {
        Map<Boolean, List<Option>> byOffer = options.collect(Collectors.partitioningBy(Option::offered));
        return Stream.concat(byOffer.get(true).stream(), byOffer.get(false).stream())
                .toList();
    }

    @Override
    public List<Tally> tally(Instant since) {
        return jdbc.sql("select " + GIVEN + ", count(*) as issues" + FROM
                        + " group by i.category, i.source, i.severity, i.kind, u.kind")
                .param("since", at(since))
                .query((row, n) -> new Tally(inputs(row), row.getInt("issues")))
                .list();
    }

    private record Raised(String number, Instant at, Map<String, String> inputs) {}

    @Override
    public List<Example> examples(
            Instant since, Predicate<Map<String, String>> wanted, int skip, int most, CurrentUser reader) {
        List<Raised> found = new ArrayList<>();
        List<Raised> read = page(since, null);
        int passed = 0;
        while (!read.isEmpty() && found.size() < most) {
            for (Raised raised : read) {
                if (found.size() < most && wanted.test(raised.inputs()) && passed++ >= skip) {
                    found.add(raised);
                }
            }
            read = read.size() < READ_AT_ONCE ? List.of() : page(since, read.get(read.size() - 1));
        }
        Set<String> seen = seen(found, reader);
        return found.stream()
                .map(raised -> seen.contains(raised.number())
                        ? new Example(raised.number(), "/issues/" + raised.number(), raised.at(), raised.inputs())
                        : new Example(null, null, raised.at(), raised.inputs()))
                .toList();
    }

    private List<Raised> page(Instant since, Raised last) {
        String further = last == null ? "" : " and (i.raised_at < :at or (i.raised_at = :at and i.number < :number))";
        return jdbc.sql("select i.number, i.raised_at, " + GIVEN + FROM + further
                        + " order by i.raised_at desc, i.number desc fetch first " + READ_AT_ONCE + " rows only")
                .param("since", at(since))
                .param("at", at(last == null ? since : last.at()))
                .param("number", last == null ? "" : last.number())
                .query((row, n) -> new Raised(
                        row.getString("number"),
                        row.getObject("raised_at", OffsetDateTime.class).toInstant(),
                        inputs(row)))
                .list();
    }

    private Set<String> seen(List<Raised> issues, CurrentUser reader) {
        if (issues.isEmpty()) {
            return Set.of();
        }
        CaseAccess.Condition condition = access.condition(reader, "i.number");
        return jdbc.sql("select i.number from issue i where i.number in (:numbers) and " + condition.sql())
                .param("numbers", issues.stream().map(Raised::number).toList())
                .params(condition.params())
                .query(String.class)
                .set();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atZone(MovableClock.ZONE).toOffsetDateTime();
    }

    private static Map<String, String> inputs(ResultSet row) throws SQLException {
        Map<String, String> inputs = new HashMap<>();
        for (String column : List.of("category", "source", "severity", "kind")) {
            inputs.put(column, row.getString(column));
        }
        inputs.put("institutionKind", row.getString("institution_kind"));
        return inputs;
    }

    /** A consultation is answered, so that no class of rectification is ever proposed for it. */
    @Override
    public boolean counts(Map<String, String> inputs, String output) {
        return !output.equals("note")
                && !(output.equals("rectification")
                        && IssueKind.CONSULTATION.code().equals(inputs.get("kind")));
    }
}
