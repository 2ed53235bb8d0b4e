package org.manyi.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.calendar.CalendarMoves;
import org.manyi.calendar.HolidayYear;
import org.manyi.calendar.HolidayYears;
import org.manyi.inbox.BulkTasks;
import org.manyi.inbox.BulkTasks.Action;
import org.manyi.inbox.BulkTasks.Item;
import org.manyi.inbox.BulkTasks.Outcome;
import org.manyi.inbox.BulkTasks.Result;
import org.manyi.inbox.Inbox;
import org.manyi.inbox.TaskItem;
import org.manyi.issue.Issues;
import org.manyi.issue.Loop;
import org.manyi.issue.Loop.Report;
import org.manyi.issue.RoundDetours;
import org.manyi.mail.MailSink;
import org.manyi.mail.MailSink.Received;
import org.manyi.org.Substitutes;
import org.manyi.security.Accounts;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.RequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/**
 * A few days of September 2026: a leader is on leave, his substitute decides forty closures at once, and the notice of the holidays is
 * changed; who was told of what, by which mail, and by which not.
 */
@ManyiTest
class DayOfLeaveTests {

    /** A Wednesday; Sunday the 20th is worked, the 25th to 27th and the first week of October are off. */
    private static final LocalDate WEDNESDAY = LocalDate.of(2026, 9, 16);

    private static final LocalDate FRIDAY = LocalDate.of(2026, 9, 18);
    private static final LocalDate SUNDAY = LocalDate.of(2026, 9, 20);

    /** The leader of the schools of the story, and the deputy who stands in for him. */
    private static final String LEADER = "leader4";

    private static final String SUBSTITUTE = "deputy2";

    private static final int CLOSURES = 40;

    @Autowired
    Bureau bureau;

    @Autowired
    Loop loop;

    @Autowired
    MailSink sink;

    @Autowired
    CalendarMoves moves;

    @Autowired
    HolidayYears years;

    @Autowired
    Substitutes substitutes;

    @Autowired
    BulkTasks bulk;

    @Autowired
    Inbox inbox;

    @Autowired
    Issues issues;

    @Autowired
    RoundDetours detours;

    @Autowired
    Accounts accounts;

    @Autowired
    CurrentUsers users;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    WebApplicationContext context;

    /** Who was told what of which case, a line each time. */
    private List<String> told(Collection<String> numbers, long after) {
        return jdbc.sql("""
                        select username, words, case_number, task_key from notification_notice
                        where id > :after and case_number in (:numbers)
                        """)
                .param("after", after)
                .param("numbers", numbers)
                .query((row, n) -> line(
                        row.getString("username"),
                        row.getString("task_key") == null ? row.getString("words") : row.getString("task_key"),
                        row.getString("case_number")))
                .list();
    }

    private long lastNotice() {
        return jdbc.sql("select coalesce(max(id), 0) from notification_notice")
                .query(Long.class)
                .single();
    }

    private static String line(String username, String what, String number) {
        return username + " " + what + " " + number;
    }

    @BeforeEach
    void openTheBureau() {
        sink.empty();
        jdbc.sql("delete from notification_notice").update();
        LocaleContextHolder.setLocale(Locale.CHINESE);
        bureau.open(WEDNESDAY.atTime(9, 0));
    }

    @AfterEach
    void everythingAsBefore() {
        jdbc.sql("delete from org_holding where substitute_for = :leader")
                .param("leader", LEADER)
                .update();
        for (String table : List.of("notice", "line")) {
            jdbc.sql("delete from notification_" + table).update();
        }
        LocaleContextHolder.resetLocaleContext();
        moves.takeBack();
        bureau.close();
        sink.empty();
    }

    @Test
    void aDayWithALeaveASubstituteFortyApprovalsAtOnceAndAHolidayFileTellsTheRightPeopleOnce() throws Exception {
        // Wednesday. Forty issues are verified and wait for the leader; on two of them the deputy has decided before.
        String moreTime = decidedOnMoreTime();
        String rested = rested();
        List<String> closures = new ArrayList<>(List.of(moreTime, rested));
        while (closures.size() < CLOSURES) {
            closures.add(loop.verified(issueAt(31 + closures.size() % 9)));
        }
        assertThat(told(closures, 0))
                .filteredOn(line -> line.contains("approveClosure"))
                .containsExactlyInAnyOrderElementsOf(lines(Set.of(LEADER), "approveClosure", closures));
        assertThat(mails(closures))
                .filteredOn(mail -> mail.contains("审批销号"))
                .hasSize(CLOSURES)
                .allMatch(mail -> mail.startsWith(email(LEADER)));

        // He will be away on Thursday and Friday. Nobody is told twice of what lies there already.
        long before = lastNotice();
        users.runAs(
                LEADER,
                () -> substitutes.arrange(LEADER, SUBSTITUTE, Set.of(), WEDNESDAY.plusDays(1), FRIDAY, user(LEADER)));
        TaskItem today = loop.task(closures.get(5), "approveClosure");
        assertThat(actions(today, SUBSTITUTE)).as("the leave begins tomorrow").doesNotContain("complete");

        // At night an issue comes in that is dealt with before anybody is up, and one that is not.
        bureau.passUntil(WEDNESDAY.atTime(22, 0));
        String waits = loop.raised(issueAt(31));
        String dealtWith = loop.raised(issueAt(31));
        loop.complete(dealtWith, "triageIssue", Map.of("decision", "accept"));
        assertThat(mails(List.of(waits, dealtWith))).as("at night").isEmpty();
        bureau.passUntil(WEDNESDAY.plusDays(1).atTime(7, 5));
        assertThat(mails(List.of(waits, dealtWith)))
                .containsExactlyInAnyOrder(
                        email("jijiao") + " 研判分办 " + waits,
                        email("principal031") + " 责任单位签收 " + dealtWith,
                        email("staff031") + " 责任单位签收 " + dealtWith);

        // Thursday. The reminder speaks of them to both who have the post, once each.
        bureau.passUntil(WEDNESDAY.plusDays(1).atTime(8, 0));
        assertThat(reminded(closures)).containsExactlyInAnyOrder(email(LEADER), email(SUBSTITUTE));
        assertThat(told(closures, before)).isEmpty();

        // While the substitute looks through his list, the leader decides on one of them by telephone.
        List<Item> chosen = closures.stream()
                .map(number -> loop.task(number, "approveClosure"))
                .map(task -> new Item(task.id(), task.version()))
                .toList();
        String byTheLeader = closures.get(7);
        loop.complete(loop.task(byTheLeader, "approveClosure"), Map.of("decision", "approve"), user(LEADER));
        List<Result> results =
                users.runAs(SUBSTITUTE, () -> bulk.carryOut(Action.COMPLETE, chosen, null, "同意销号", user(SUBSTITUTE)));
        assertThat(results)
                .hasSize(CLOSURES)
                .allMatch(result -> (result.problem() == null) == (result.outcome() == Outcome.DONE));
        assertThat(numbers(results, Outcome.REFUSED)).containsExactly(moreTime, rested);
        assertThat(results.get(0).problem()).contains("延期、挂账");
        assertThat(numbers(results, Outcome.GONE)).containsExactly(byTheLeader);
        List<String> refused = List.of(moreTime, rested);
        List<String> closed =
                closures.stream().filter(number -> !refused.contains(number)).toList();
        assertThat(closed).allMatch(number -> loop.status(number).equals("closed"));
        assertThat(refused).allMatch(number -> loop.status(number).equals("approving"));

        // Those of the schools hear of what is closed, once each, and of nothing else.
        assertThat(told(closures, before)).containsExactlyInAnyOrderElementsOf(schoolsHear(closed, "closed"));
        assertThat(mails(closures))
                .containsExactlyInAnyOrderElementsOf(closed.stream()
                        .flatMap(number -> atSchool(number).map(one -> email(one) + " 已批准销号 " + number))
                        .toList());

        // Friday. Three rounds run when the notice of the holidays is changed: one ends before October, one after, one
        // is done in time.
        String running = rectifying(32, 5);
        String toldAlready = rectifying(33, 15);
        String doneMeanwhile = rectifying(34, 5);
        List<String> rounds = List.of(running, toldAlready, doneMeanwhile);
        LocalDate due = loop.issue(running).dueDate();
        LocalDate late = loop.issue(toldAlready).dueDate();
        sink.deliver();
        bureau.passUntil(FRIDAY.atTime(21, 30));
        sink.deliver();
        before = lastNotice();
        String change = upload();
        assertThat(page("sysadmin", get(change).locale(Locale.CHINESE)))
                .contains("推迟", "本应提前，保持不变", running, toldAlready);
        assertThat(loop.issue(running).dueDate()).as("a draft").isEqualTo(due);
        answer("sysadmin", post(change + "/apply"));
        moves.carry(Long.parseLong(change.replaceAll(".*/", "")));
        assertThat(loop.issue(running).dueDate()).isEqualTo(due.plusDays(1));
        assertThat(loop.task(running, "rectifyIssue").dueDate()).isEqualTo(due.plusDays(1));
        assertThat(loop.issue(toldAlready).dueDate())
                .as("would be earlier, but was told")
                .isEqualTo(late);
        assertThat(page("sysadmin", get(change).locale(Locale.CHINESE))).contains("已完成，共核对");

        // Who has the rounds hears it when the worked Sunday begins, but for the one that is done by then.
        List<String> holders = List.of("principal032", "staff032");
        assertThat(told(rounds, before))
                .containsExactlyInAnyOrderElementsOf(Stream.of(
                                lines(holders, "rectifyIssue", List.of(running)),
                                lines(List.of("principal034", "staff034"), "rectifyIssue", List.of(doneMeanwhile)))
                        .flatMap(Collection::stream)
                        .toList());
        bureau.passUntil(FRIDAY.plusDays(1).atTime(12, 0));
        assertThat(postponed()).as("at night and on Saturday").isEmpty();
        loop.rectify(doneMeanwhile);
        sink.deliver();
        bureau.passUntil(SUNDAY.atTime(7, 5));
        List<Received> morning = sink.deliver();
        assertThat(morning)
                .filteredOn(mail -> mail.subject().startsWith("放假安排调整") && about(mail, rounds))
                .extracting(Received::to)
                .containsExactlyInAnyOrderElementsOf(
                        holders.stream().map(this::email).toList());
        assertThat(morning)
                .noneMatch(mail ->
                        mail.subject().startsWith("放假安排调整") && about(mail, List.of(toldAlready, doneMeanwhile)));

        // The reminder keeps to the new day; the leave is over, and what was refused is the leader's own again.
        bureau.passUntil(SUNDAY.atTime(8, 0));
        Map<String, Received> sunday = digests();
        assertThat(sunday.get(email(LEADER)).text()).contains(moreTime, rested);
        assertThat(sunday)
                .as("who stood in, and everybody of what is done or due later")
                .allSatisfy((to, mail) -> assertThat(to.equals(email(SUBSTITUTE)) && about(mail, refused)
                                || about(mail, closed)
                                || about(mail, rounds))
                        .as(to)
                        .isFalse());
        bureau.passUntil(due.minusDays(1).atTime(8, 0));
        assertThat(reminded(List.of(running, toldAlready)))
                .as("the day before the old day")
                .isEmpty();
        bureau.passUntil(due.atTime(8, 0));
        assertThat(reminded(List.of(running, toldAlready)))
                .containsExactlyInAnyOrderElementsOf(
                        holders.stream().map(this::email).toList());

        assertThat(jdbc.sql("select unique_key from mail group by unique_key having count(*) > 1")
                        .query(String.class)
                        .list())
                .as("sent twice")
                .isEmpty();
        assertThat(jdbc.sql("""
                                select count(*) from mail where topic in (
                                    select task_id from inbox_task where case_number = :done) and state = 'waiting'
                                """).param("done", doneMeanwhile).query(Long.class).single())
                .isZero();
    }

    /** The deputy has granted the unit more time, as nobody but he may a second time. */
    private String decidedOnMoreTime() {
        String number = loop.rectifying(issueAt(31));
        for (String task : List.of("decideExtension", "decideFurtherExtension")) {
            issues.requestExtension(number, loop.issue(number).version(), 2, "等配件", user("principal031"));
            loop.complete(number, task, Map.of("decision", "grant", "workingDays", 2));
        }
        loop.rectify(number);
        loop.pass(number);
        return number;
    }

    /** The deputy has put it on the shelf, from which the department took it. */
    private String rested() {
        String number = loop.rectifying(issueAt(31));
        detours.shelve(number, loop.issue(number).version(), "等上级拨款", LocalDate.of(2026, 10, 28), user("principal031"));
        loop.complete(number, "decideShelving", Map.of("decision", "approve"));
        detours.resume(number, loop.issue(number).version(), "款项到了", user("jijiao"));
        loop.rectify(number);
        loop.pass(number);
        return number;
    }

    private String rectifying(int school, int days) {
        String number = loop.raised(issueAt(school));
        loop.complete(number, "triageIssue", Map.of("decision", "accept", "workingDays", days));
        loop.complete(number, "signForIssue", Map.of("decision", "sign"));
        return number;
    }

    private static Report issueAt(int school) {
        return new Report().school("S00" + school).category("teaching");
    }

    /** A further notice of the year: Monday the 21st is off, and the last two days of the first week of October are worked. */
    private String upload() {
        Map<LocalDate, HolidayYear.Day> days = new LinkedHashMap<>();
        years.year(2026).orElseThrow().days().forEach(day -> days.put(day.date(), day));
        LocalDate off = SUNDAY.plusDays(1);
        days.put(off, new HolidayYear.Day(off, "中秋节", true));
        days.remove(LocalDate.of(2026, 10, 6));
        days.remove(LocalDate.of(2026, 10, 7));
        byte[] file = JsonMapper.shared()
                .writeValueAsBytes(Map.of(
                        "year",
                        2026,
                        "days",
                        days.values().stream()
                                .map(day -> Map.of("date", day.date().toString(), "name", day.name(), "off", day.off()))
                                .toList()));
        return answer(
                        "sysadmin",
                        multipart("/calendar/notices")
                                .file(new MockMultipartFile("file", "2026.json", "application/json", file))
                                .param("title", "关于调整2026年部分节假日安排的通知")
                                .param("number", "国办发明电〔2026〕99号")
                                .param("issued", FRIDAY.toString()))
                .getRedirectedUrl();
    }

    private List<String> schoolsHear(List<String> numbers, String words) {
        return numbers.stream()
                .flatMap(number -> atSchool(number).map(one -> line(one, words, number)))
                .toList();
    }

    /** Who takes work on the school of an issue. */
    private Stream<String> atSchool(String number) {
        String school = loop.issue(number).school().code().substring(2);
        return Stream.of("principal" + school, "staff" + school);
    }

    private static List<String> lines(Collection<String> people, String what, Collection<String> numbers) {
        return numbers.stream()
                .flatMap(number -> people.stream().map(one -> line(one, what, number)))
                .toList();
    }

    private static List<String> numbers(List<Result> results, Outcome outcome) {
        return results.stream()
                .filter(result -> result.outcome() == outcome)
                .map(Result::caseNumber)
                .toList();
    }

    /** The mails delivered now that are each about one of these cases: to whom, what, number. */
    private List<String> mails(Collection<String> numbers) {
        return sink.deliver().stream()
                .flatMap(mail -> numbers.stream()
                        .filter(number -> mail.subject().endsWith(number))
                        .map(number -> mail.to() + " "
                                + mail.subject()
                                        .replaceAll("^(【紧急】)?(待办：)?", "")
                                        .replaceAll("（.*", "") + " " + number))
                .toList();
    }

    private boolean about(Received mail, Collection<String> numbers) {
        return numbers.stream().anyMatch(mail.text()::contains);
    }

    private Predicate<Received> digest() {
        return mail -> mail.subject().startsWith("到期提醒") || mail.subject().startsWith("逾期提醒");
    }

    /** The reminders delivered now, by address. */
    private Map<String, Received> digests() {
        return sink.deliver().stream().filter(digest()).collect(Collectors.toMap(Received::to, mail -> mail));
    }

    /** Whom the reminders delivered now speak to of these cases. */
    private List<String> reminded(Collection<String> numbers) {
        return digests().values().stream()
                .filter(mail -> about(mail, numbers))
                .map(Received::to)
                .toList();
    }

    private List<Received> postponed() {
        return sink.deliver().stream()
                .filter(mail -> mail.subject().startsWith("放假安排调整"))
                .toList();
    }

    private List<String> actions(TaskItem task, String username) {
        return inbox.tasksOf(task.caseNumber(), user(username)).stream()
                .filter(one -> one.id().equals(task.id()))
                .flatMap(one -> one.actions().stream())
                .toList();
    }

    private CurrentUser user(String username) {
        return users.byUsername(username);
    }

    private String email(String username) {
        return accounts.find(username).orElseThrow().email();
    }

    private String page(String username, RequestBuilder request) throws Exception {
        MockHttpServletResponse answer = answer(username, request);
        assertThat(answer.getStatus()).isEqualTo(200);
        return answer.getContentAsString(StandardCharsets.UTF_8);
    }

    private MockHttpServletResponse answer(String username, RequestBuilder request) {
        return users.runAs(username, () -> {
            try {
                return MockMvcBuilders.webAppContextSetup(context)
                        .build()
                        .perform(request)
                        .andReturn()
                        .getResponse();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }
}
