package org.manyi.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.manyi.ManyiTest;
import org.manyi.calendar.CalendarChange.State;
import org.manyi.calendar.CalendarChanges.Affected;
import org.manyi.calendar.CalendarChanges.Fate;
import org.manyi.calendar.CalendarChanges.Preview;
import org.manyi.calendar.CalendarChanges.Source;
import org.manyi.issue.Loop;
import org.manyi.issue.Loop.Report;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.ConflictException;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.ValidationException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** Notices and single days entered by the administrator, and what they do to due dates that somebody was told. */
@ManyiTest
class CalendarChangesTests {

    private static final String ADMINISTRATOR = "sysadmin";
    private static final Source UNSAID = new Source(null, "", null);

    @Autowired
    private CalendarChanges changes;

    @Autowired
    private HolidayBook book;

    @Autowired
    private HolidayYears years;

    @Autowired
    private DueDateMover mover;

    @Autowired
    private CalendarMoves moves;

    @Autowired
    private WorkingDays workingDays;

    @Autowired
    private Loop loop;

    @Autowired
    private CurrentUsers users;

    @Autowired
    private MovableClock clock;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private WebApplicationContext context;

    private int next;

    @BeforeEach
    void onAWorkingDay() {
        loop.toWorkingDay();
        next = clock.today().getYear() + 1;
    }

    @AfterEach
    void takeBack() {
        moves.takeBack();
        loop.home();
    }

    @Test
    void aNoticeOfThePublicDataSetCountsOnceItIsInForce() {
        String days = "[{'name':'元旦','date':'%1$d-01-01','isOffDay':true}]".formatted(next);
        CalendarChange draft = notice(
                "{'year':%d,'papers':['https://www.gov.cn/x'],'days':%s}".formatted(next, days),
                new Source("国务院办公厅关于部分节假日安排的通知", "国办发明电〔2026〕1号", LocalDate.of(next - 1, 11, 4)));

        assertThat(draft.state()).isEqualTo(State.DRAFT);
        assertThat(draft.balanced()).isFalse();
        assertThat(years.state(next)).isEqualTo(YearState.MISSING);
        apply(draft);

        assertThat(years.state(next)).isEqualTo(YearState.OFFICIAL);
        assertThat(years.year(next).orElseThrow().papers().get(0).url()).isEqualTo("https://www.gov.cn/x");
        assertThat(workingDays.isOfficial(next)).isTrue();
    }

    @Test
    void withoutASourceAYearIsProvisionalAndNeverReplacesAnOfficialOne() {
        int shipped = clock.today().getYear();
        CalendarChange unofficial =
                notice("{'year':%1$d,'days':[{'name':'元旦','date':'%1$d-01-01','off':true}]}".formatted(next), UNSAID);
        apply(unofficial);
        CalendarChange overOfficial = notice(
                "{'year':%1$d,'days':[{'name':'元旦','date':'%1$d-01-01','off':true}]}".formatted(shipped), UNSAID);
        apply(overOfficial);

        assertThat(years.state(next)).isEqualTo(YearState.PROVISIONAL);
        assertThat(years.state(shipped)).isEqualTo(YearState.OFFICIAL);
        assertThat(years.year(shipped).orElseThrow().days()).hasSizeGreaterThan(20);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "calendar.problem.json | {'year':",
                "calendar.problem.year | {'year':1999,'days':[]}",
                "calendar.problem.empty | {'year':NEXT,'days':[]}",
                "calendar.problem.empty | {'year':NEXT}",
                "calendar.problem.twice | {'year':NEXT,'days':[{'name':'x','date':'NEXT-01-01','off':true},{'name':'x','date':'NEXT-01-01','off':true}]}",
                "calendar.problem.otherYear | {'year':NEXT,'days':[{'name':'x','date':'2001-01-01','off':true}]}",
                "calendar.problem.day | {'year':NEXT,'days':[{'name':'x','date':'NEXT-01-01'}]}",
                "calendar.problem.day | {'year':NEXT,'days':[{'name':'x','date':'NEXT-13-01','off':true}]}",
                "calendar.problem.paper | {'year':NEXT,'papers':[{'title':'x'}],'days':[{'name':'x','date':'NEXT-01-01','off':true}]}",
            })
    void aFileThatBreaksARuleIsRefusedAndSaysWhich(String rule, String file) {
        String content = file.replace("NEXT", String.valueOf(next));

        assertThatThrownBy(() -> notice(content, UNSAID))
                .isInstanceOfSatisfying(ValidationException.class, refused -> assertThat(refused.fields())
                        .singleElement()
                        .satisfies(field -> assertThat(field.messageKey()).isEqualTo(rule)));
        assertThat(changes.latest()).isEmpty();
    }

    @Test
    void aMakeUpDayIsASaturdayOrSunday() {
        LocalDate monday = LocalDate.of(next, 3, 1).with(java.time.DayOfWeek.MONDAY);

        assertThatThrownBy(() -> notice(
                        "{'year':%d,'days':[{'name':'x','date':'%s','off':false}]}".formatted(next, monday), UNSAID))
                .isInstanceOf(ValidationException.class);
    }

    @Test
    void aDayOnWhichTheBureauClosesMovesTheRoundItsTaskAndItsTimerOnce() {
        String number = loop.rectifying(new Report());
        LocalDate due = loop.issue(number).dueDate();
        CalendarChange draft = closed(due);

        Preview preview = changes.preview(draft.id(), null);
        assertThat(preview.later()).isPositive();
        assertThat(affected(draft, number)).satisfies(one -> {
            assertThat(one.room()).isEqualTo("round");
            assertThat(one.fate()).isEqualTo(Fate.LATER);
        });
        assertThat(loop.issue(number).dueDate()).isEqualTo(due);

        apply(draft);
        LocalDate moved = workingDays.next(due);
        assertThat(loop.issue(number).dueDate()).isEqualTo(moved);
        assertThat(loop.issue(number).rounds().get(0).dueDate()).isEqualTo(moved);
        assertThat(loop.task(number, "rectifyIssue").dueDate()).isEqualTo(moved);
        assertThat(told(number)).isEqualTo(1);
        assertThat(changes.find(draft.id())).satisfies(done -> {
            assertThat(done.state()).isEqualTo(State.DONE);
            assertThat(done.moved()).isPositive();
        });
        assertThat(mover.step(draft.id())).isFalse();
        assertThat(told(number)).isEqualTo(1);

        loop.travelTo(moved);
        assertThat(loop.issue(number).rounds().get(0).overdueAt()).isNull();
        loop.travelTo(moved.plusDays(1));
        assertThat(loop.issue(number).rounds().get(0).overdueAt()).isNotNull();
    }

    @Test
    void aDayThatWasToldIsNotMadeEarlier() {
        String number = loop.rectifying(new Report());
        LocalDate due = loop.issue(number).dueDate();
        apply(closed(due));
        LocalDate moved = loop.issue(number).dueDate();
        CalendarChange takenBack = changes.enterDay(due, false, "恢复上班", loop.user(ADMINISTRATOR));

        assertThat(affected(takenBack, number).fate()).isEqualTo(Fate.EARLIER);
        apply(takenBack);

        assertThat(workingDays.isWorkingDay(due)).isTrue();
        assertThat(loop.issue(number).dueDate()).isEqualTo(moved);
        assertThat(changes.find(takenBack.id()).stayed()).isPositive();
    }

    @Test
    void whatFailsAgainAndAgainStandsStillAndIsShownUntilItIsTriedAgain() throws Exception {
        String number = loop.rectifying(new Report());
        LocalDate due = loop.issue(number).dueDate();
        CalendarChange change = closed(due);
        changes.apply(change.id(), loop.user(ADMINISTRATOR));
        LocalDate firstDay = changes.find(change.id()).firstDay();
        firstDay(change, null);
        assertThatThrownBy(() -> changes.retry(change.id(), loop.user(ADMINISTRATOR)))
                .isInstanceOf(ConflictException.class);

        for (int attempt = 1; attempt <= DueDateMover.ATTEMPTS; attempt++) {
            assertThat(changes.find(change.id()).failedAt())
                    .as("before attempt " + attempt)
                    .isNull();
            mover.carry(change.id());
        }

        assertThat(changes.find(change.id())).satisfies(failed -> {
            assertThat(failed.failedAt()).isNotNull();
            assertThat(failed.failure()).isEqualTo("NullPointerException");
            assertThat(failed.state()).isEqualTo(State.MOVING);
        });
        assertThat(page("/incidents"))
                .contains("放假", "期限重新计算", "NullPointerException", "/calendar/changes/" + change.id() + "/retry");
        assertThat(page("/calendar/changes/" + change.id())).contains("计算停下", "等待重试");
        assertThat(page("/calendar/changes")).contains("计算停下");

        firstDay(change, firstDay);
        mover.carry(change.id());
        assertThat(loop.issue(number).dueDate()).as("nobody asked for it").isEqualTo(due);
        changes.retry(change.id(), loop.user(ADMINISTRATOR));
        mover.carry(change.id());

        assertThat(loop.issue(number).dueDate()).isEqualTo(workingDays.next(due));
        assertThat(changes.find(change.id()).state()).isEqualTo(State.DONE);
        assertThat(page("/incidents")).doesNotContain("/calendar/changes/");
    }

    private void firstDay(CalendarChange change, LocalDate day) {
        jdbc.sql("update calendar_change set first_day = :day where id = :id")
                .param("day", day)
                .param("id", change.id())
                .update();
    }

    @Test
    void aReportOnALongTermMatterMovesWithItsTaskAndItsTimer() {
        String number = loop.raised(new Report().school("S0034").category("teaching"));
        loop.complete(
                number, "triageIssue", Map.of("decision", "accept", "rectification", "longTerm", "reportMonths", 1));
        loop.complete(number, "signForIssue", Map.of("decision", "sign"));
        LocalDate due = loop.issue(number).dueDate();
        CalendarChange draft = closed(due);
        assertThat(affected(draft, number).room()).isEqualTo("period");

        apply(draft);

        LocalDate moved = workingDays.next(due);
        assertThat(loop.issue(number).dueDate()).isEqualTo(moved);
        assertThat(loop.issue(number).longTerm().nextReportOn()).isEqualTo(moved);
        assertThat(loop.task(number, "reportProgress").dueDate()).isEqualTo(moved);
        loop.travelTo(moved);
        assertThat(loop.issue(number).longTerm().reportMissing()).isFalse();
        loop.travelTo(moved.plusDays(1));
        assertThat(loop.issue(number).longTerm().reportMissing()).isTrue();
    }

    @Test
    void aDraftIsDecidedOnce() {
        CalendarChange draft = closed(workingDays.next(clock.today()));

        changes.discard(draft.id(), loop.user(ADMINISTRATOR));

        assertThatThrownBy(() -> changes.apply(draft.id(), loop.user(ADMINISTRATOR)))
                .isInstanceOf(ConflictException.class);
        assertThat(workingDays.isWorkingDay(draft.day().date())).isTrue();
        assertThatThrownBy(() -> changes.find(-1)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void aDayMustBeAnotherThanItIs() {
        LocalDate working = workingDays.next(clock.today());

        assertThatThrownBy(() -> changes.enterDay(working, false, "值班", loop.user(ADMINISTRATOR)))
                .isInstanceOf(ValidationException.class);
        assertThatThrownBy(() -> changes.enterDay(clock.today().minusDays(1), true, "台风", loop.user(ADMINISTRATOR)))
                .isInstanceOf(ValidationException.class);
        assertThatThrownBy(() -> changes.enterDay(working, true, " ", loop.user(ADMINISTRATOR)))
                .isInstanceOf(ValidationException.class);
    }

    @Test
    void anotherNodesChangeIsTakenOverAtTheNextLook() {
        CalendarChange draft = closed(workingDays.next(clock.today()));
        jdbc.sql("update calendar_change set state = 'DONE', applied_at = current_timestamp where id = :id")
                .param("id", draft.id())
                .update();

        book.look();

        assertThat(workingDays.isWorkingDay(draft.day().date())).isFalse();
    }

    @Test
    void thePagesShowWhatIsEnteredAndWhatItWouldDo() throws Exception {
        String number = loop.rectifying(new Report());
        CalendarChange draft = closed(loop.issue(number).dueDate());

        assertThat(page("/calendar/changes")).contains("台风停课", "待确认", "录入全年放假安排");
        assertThat(page("/calendar/changes/" + draft.id())).contains("台风停课", "推迟", "确认生效", draft.fingerprint());
        apply(draft);
        assertThat(page("/calendar/changes/" + draft.id())).contains("已完成，共核对").doesNotContain("确认生效");
        assertThat(page("/calendar")).contains("/calendar/changes");
    }

    private CalendarChange notice(String content, Source source) {
        return changes.enterNotice(
                content.replace('\'', '"').getBytes(StandardCharsets.UTF_8), source, loop.user(ADMINISTRATOR));
    }

    private CalendarChange closed(LocalDate day) {
        return changes.enterDay(day, true, "台风停课", loop.user(ADMINISTRATOR));
    }

    private void apply(CalendarChange draft) {
        changes.apply(draft.id(), loop.user(ADMINISTRATOR));
        moves.carry(draft.id());
    }

    /** What becomes of a case, found through all pages. */
    private Affected affected(CalendarChange draft, String number) {
        Preview preview = changes.preview(draft.id(), null);
        while (true) {
            List<Affected> found = preview.page().items().stream()
                    .filter(one -> one.caseNumber().equals(number))
                    .toList();
            if (!found.isEmpty()) {
                return found.get(0);
            }
            assertThat(preview.page().nextCursor()).isNotNull();
            preview = changes.preview(draft.id(), preview.page().nextCursor());
        }
    }

    private int told(String number) {
        return jdbc.sql("select count(*) from audit_entry where event = 'DueDateMoved' and object_key = :number")
                .param("number", number)
                .query(Integer.class)
                .single();
    }

    private String page(String address) throws Exception {
        MockMvc mvc = MockMvcBuilders.webAppContextSetup(context).build();
        MockHttpServletResponse answer = users.runAs(ADMINISTRATOR, () -> {
            try {
                return mvc.perform(get(address).locale(Locale.CHINESE))
                        .andReturn()
                        .getResponse();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        assertThat(answer.getStatus()).isEqualTo(200);
        return answer.getContentAsString(StandardCharsets.UTF_8);
    }
}
