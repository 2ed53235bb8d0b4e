package org.manyi.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.issue.Loop.Report;
import org.manyi.shared.Slice;
import org.manyi.shared.ValidationException;
import org.springframework.beans.factory.annotation.Autowired;

/** The ledger's filters and pages; each test has a school of its own. */
@ManyiTest
class LedgerTests {

    @Autowired
    private Loop loop;

    @Autowired
    private Issues issues;

    @AfterEach
    void home() {
        loop.home();
    }

    @BeforeEach
    void onAWorkingDay() {
        loop.toWorkingDay();
    }

    /** A question that differs from "everything of this school" in one point. */
    private static final class Asked {

        private final String school;
        private List<IssueStatus> statuses = List.of();
        private String department;
        private String category;
        private IssueSource source;
        private IssueKind kind;
        private boolean overdue;
        private Card card;
        private String text;
        private java.time.LocalDate from;
        private java.time.LocalDate to;
        private IssueQuery.Further further = IssueQuery.Further.NONE;
        private String cursor;
        private int size = 20;

        Asked(String school) {
            this.school = school;
        }

        IssueQuery query() {
            return new IssueQuery(
                    statuses,
                    school,
                    null,
                    department,
                    null,
                    category,
                    source,
                    kind,
                    overdue,
                    false,
                    card,
                    text,
                    from,
                    to,
                    further,
                    cursor,
                    size);
        }
    }

    private List<String> found(Asked asked) {
        return issues.list(asked.query(), loop.user("chair")).items().stream()
                .map(IssueItem::number)
                .toList();
    }

    @Test
    void aPageHoldsTheNewestFirstAndTheNextOneGoesOn() {
        List<String> raised = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            raised.add(0, loop.raised(new Report().school("S0051")));
        }
        Asked asked = new Asked("S0051");
        asked.size = 2;
        List<String> seen = new ArrayList<>();
        do {
            Slice<IssueItem> page = issues.list(asked.query(), loop.user("chair"));
            assertThat(page.count().value()).isEqualTo(5);
            assertThat(page.count().capped()).isFalse();
            page.items().forEach(item -> seen.add(item.number()));
            asked.cursor = page.nextCursor();
        } while (asked.cursor != null);

        assertThat(seen).isEqualTo(raised);
    }

    @Test
    void everyFilterFindsItsOwn() {
        String food = loop.raised(new Report().school("S0052").category("food").source("survey"));
        String complaint = loop.raised(new Report().school("S0052").kind("complaint"));
        String running = loop.rectifying(new Report().school("S0052").title("走廊的地砖翘起来"));

        Asked asked = new Asked("S0052");
        assertThat(found(asked)).containsExactly(running, complaint, food);
        asked.category = "food";
        assertThat(found(asked)).containsExactly(food);
        asked = new Asked("S0052");
        asked.source = IssueSource.SURVEY;
        assertThat(found(asked)).containsExactly(food);
        asked = new Asked("S0052");
        asked.kind = IssueKind.COMPLAINT;
        assertThat(found(asked)).containsExactly(complaint);
        asked = new Asked("S0052");
        asked.statuses = List.of(IssueStatus.RECTIFYING, IssueStatus.CLOSED);
        assertThat(found(asked)).containsExactly(running);
        asked = new Asked("S0052");
        asked.text = "地砖";
        assertThat(found(asked)).containsExactly(running);
        asked.text = running.toLowerCase();
        assertThat(found(asked)).containsExactly(running);
        asked.text = "%_!";
        assertThat(found(asked)).isEmpty();
        asked = new Asked("S0052");
        asked.department = loop.issue(running).department().code();
        assertThat(found(asked)).contains(running);
        asked = new Asked("S0052");
        asked.from = loop.today().plusDays(1);
        assertThat(found(asked)).isEmpty();
        asked.from = loop.today();
        asked.to = loop.today();
        assertThat(found(asked)).hasSize(3);
    }

    @Test
    void cardsAndOverdueAreFoundAsTheyAreShown() {
        String number = loop.rectifying(new Report().school("S0053"));
        var due = loop.issue(number).dueDate();
        Asked yellow = new Asked("S0053");
        yellow.card = Card.YELLOW;
        Asked red = new Asked("S0053");
        red.card = Card.RED;
        Asked none = new Asked("S0053");
        none.card = Card.NONE;
        Asked overdue = new Asked("S0053");
        overdue.overdue = true;

        assertThat(found(none)).containsExactly(number);
        loop.travelTo(due);
        assertThat(found(yellow)).containsExactly(number);
        assertThat(found(red)).isEmpty();
        assertThat(found(none)).isEmpty();
        assertThat(found(overdue)).isEmpty();
        loop.travelTo(loop.nextWorkingDay(due));
        assertThat(found(red)).containsExactly(number);
        assertThat(found(yellow)).isEmpty();
        assertThat(found(overdue)).containsExactly(number);

        loop.rectify(number);
        assertThat(found(red)).isEmpty();
        assertThat(found(none)).containsExactly(number);
    }

    @Test
    void theRarerFiltersFindTheirOwn() {
        String plain = loop.raised(new Report().school("S0056").severity("low"));
        String redone = loop.verifying(new Report().school("S0056").severity("high"));
        loop.fail(redone);
        loop.rectify(redone);
        Asked asked = new Asked("S0056");
        asked.further = further(null, null, null, null, null, true, false, IssueQuery.Sort.NEWEST);
        assertThat(found(asked)).as("once is not twice").isEmpty();
        loop.fail(redone);
        assertThat(found(asked)).containsExactly(redone);

        asked.further = further(Severity.LOW, null, null, null, null, false, false, IssueQuery.Sort.NEWEST);
        assertThat(found(asked)).containsExactly(plain);
        var due = loop.issue(redone).dueDate();
        var kind = Rectification.of(loop.issue(redone).rectification()).orElseThrow();
        asked.further = further(null, kind, due, due, null, false, false, IssueQuery.Sort.NEWEST);
        assertThat(found(asked)).containsExactly(redone);
        asked.further = further(null, null, due.plusDays(1), null, null, false, false, IssueQuery.Sort.NEWEST);
        assertThat(found(asked)).isEmpty();
        asked.further = further(null, null, null, due.minusDays(1), null, false, false, IssueQuery.Sort.NEWEST);
        assertThat(found(asked)).isEmpty();
        asked.further = further(null, null, null, null, loop.today(), false, false, IssueQuery.Sort.NEWEST);
        assertThat(found(asked)).as("nothing is closed").isEmpty();
        asked.further = further(null, null, null, null, null, false, true, IssueQuery.Sort.NEWEST);
        assertThat(found(asked)).as("nothing came back after closure").isEmpty();
    }

    private static IssueQuery.Further further(
            Severity severity,
            Rectification rectification,
            java.time.LocalDate dueFrom,
            java.time.LocalDate dueTo,
            java.time.LocalDate closedFrom,
            boolean redone,
            boolean recurring,
            IssueQuery.Sort sort) {
        return new IssueQuery.Further(severity, rectification, dueFrom, dueTo, closedFrom, redone, recurring, sort);
    }

    @Test
    void whatIsDueFirstAndWhatIsOpenLongestIsListedPageByPage() {
        List<String> running = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            running.add(loop.rectifying(new Report().school("S0057")));
        }
        String waiting = loop.raised(new Report().school("S0057"));
        String closed = loop.closed(new Report().school("S0057"));

        List<String> due = paged(IssueQuery.Sort.DUE);
        assertThat(due).containsExactlyElementsOf(running);
        List<String> open = paged(IssueQuery.Sort.LONGEST_OPEN);
        running.add(waiting);
        assertThat(open).containsExactlyElementsOf(running).doesNotContain(closed);
    }

    private List<String> paged(IssueQuery.Sort sort) {
        Asked asked = new Asked("S0057");
        asked.size = 2;
        asked.further = further(null, null, null, null, null, false, false, sort);
        List<String> seen = new ArrayList<>();
        do {
            Slice<IssueItem> page = issues.list(asked.query(), loop.user("chair"));
            page.items().forEach(item -> seen.add(item.number()));
            asked.cursor = page.nextCursor();
        } while (asked.cursor != null);
        return seen;
    }

    @Test
    void everybodyFindsWhatHeMaySeeAndNothingElse() {
        String number = loop.raised(new Report().school("S0054"));

        for (Map.Entry<String, Boolean> expected : Map.of(
                        "chair", true,
                        "principal054", true,
                        "leader5", true,
                        "principal053", false,
                        "leader1", false,
                        "inspector1", false,
                        "auditor", false)
                .entrySet()) {
            Slice<IssueItem> found = issues.list(new Asked("S0054").query(), loop.user(expected.getKey()));
            assertThat(found.items().stream().anyMatch(item -> item.number().equals(number)))
                    .as(expected.getKey())
                    .isEqualTo(expected.getValue());
            assertThat(found.count().value()).isEqualTo(expected.getValue() ? 1 : 0);
        }
    }

    @Test
    void aForeignCursorIsRefusedAndAnOddFilterFindsNothing() {
        Asked asked = new Asked("S0055");
        asked.cursor = "xyz";
        assertThatThrownBy(() -> found(asked)).isInstanceOf(ValidationException.class);

        Asked odd = new Asked("S\u0000");
        assertThat(found(odd)).isEmpty();
    }

    @Test
    void categoriesAreOfferedInTheirOrder() {
        assertThat(issues.categories()).hasSize(16).extracting(Category::code).startsWith("teaching", "ethics");
    }
}
