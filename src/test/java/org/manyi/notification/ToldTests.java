package org.manyi.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.calendar.WorkingDays;
import org.manyi.inbox.Colleague;
import org.manyi.inbox.Inbox;
import org.manyi.inbox.Question;
import org.manyi.inbox.Questions;
import org.manyi.issue.NewIssue;
import org.manyi.issue.NewIssue.Reporter;
import org.manyi.mail.MailSink;
import org.manyi.mail.MailSink.Received;
import org.manyi.notification.Ladder.Recipient;
import org.manyi.notification.Ladder.Rung;
import org.manyi.notification.NewsKind.Delivery;
import org.manyi.notification.Preferences.Choice;
import org.manyi.org.Organisation;
import org.manyi.security.Accounts;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.ConflictException;
import org.manyi.shared.ForbiddenException;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.ValidationException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** What a person is told, by which way, and when not. */
@ManyiTest
class ToldTests {

    /** The eve of the Spring Festival of 2026: 15 to 23 February are off, the Saturdays of 14 and 28 February are worked. */
    private static final LocalDateTime FRIDAY_BEFORE = LocalDateTime.of(2026, 2, 13, 9, 0);

    private static final String ISSUES = "issue-rectification";

    @Autowired
    Bureau bureau;

    @Autowired
    MailSink sink;

    @Autowired
    Accounts accounts;

    @Autowired
    Organisation organisation;

    @Autowired
    Ladders ladders;

    @Autowired
    Preferences preferences;

    @Autowired
    Notices notices;

    @Autowired
    Chasing chasing;

    @Autowired
    Inbox inbox;

    @Autowired
    Questions questions;

    @Autowired
    CurrentUsers users;

    @Autowired
    WorkingDays workingDays;

    @Autowired
    MovableClock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    WebApplicationContext context;

    /** Each test has a school of its own, for what one leaves undone would remind the next. */
    private static int schools = 26;

    private String school;
    private String principal;
    private String staff;
    private MockMvc mvc;

    @BeforeEach
    void start() {
        int n = schools++;
        school = String.format("S%04d", n);
        principal = String.format("principal%03d", n);
        staff = String.format("staff%03d", n);
        mvc = MockMvcBuilders.webAppContextSetup(context).build();
        sink.empty();
        jdbc.sql("delete from notification_notice").update();
        bureau.open(FRIDAY_BEFORE);
    }

    @AfterEach
    void stop() {
        jdbc.sql("delete from notification_ladder where process <> '*'").update();
        for (String table : List.of("preference", "quiet", "notice", "chase", "line", "node")) {
            jdbc.sql("delete from notification_" + table).update();
        }
        bureau.close();
        sink.empty();
    }

    @Test
    void whatStaysUndoneGoesUpTheLadderOneDigestADay() {
        String number = signing();
        bureau.assign(number, "signForIssue", principal, staff);
        sink.deliver();

        bureau.passUntil(LocalDateTime.of(2026, 2, 24, 8, 0));
        assertThat(mail(staff, sink.deliver()).text()).contains("今天到期\n- " + number);

        bureau.passUntil(LocalDateTime.of(2026, 2, 25, 8, 0));
        List<Received> mails = sink.deliver();
        assertThat(mail(staff, mails).text()).contains("已逾期\n- " + number);
        Received up = mail(principal, mails);
        assertThat(up.subject()).isEqualTo("逾期提醒：分管事项 1 件");
        assertThat(up.text()).startsWith("您分管的事项有 1 件已逾期").contains("我分管的事项\n- " + number);
        assertThat(up.html()).contains("我分管的事项", number);

        String leader = organisation
                .holders(List.of(organisation.contactLeaderPost(school)))
                .iterator()
                .next();
        bureau.passUntil(LocalDateTime.of(2026, 2, 26, 8, 0));
        assertThat(saying(number)).as("the day after nobody is told").isEmpty();
        bureau.passUntil(LocalDateTime.of(2026, 2, 27, 8, 0));
        assertThat(saying(number)).containsExactly(email(leader));
        bureau.passUntil(LocalDateTime.of(2026, 3, 2, 8, 0));
        assertThat(saying(number)).containsExactlyInAnyOrderElementsOf(emails("dept:jijiao:head"));
    }

    @Test
    void aStepOfItsOwnLadderIsSpokenOfByThatAndByNothingElse() {
        String process = jdbc.sql("select process from inbox_task where task_id = :id")
                .param("id", bureau.task(signing(), "signForIssue"))
                .query(String.class)
                .single();
        run("sysadmin", () -> {
            ladders.put(
                    new Ladder(
                            process,
                            "signForIssue",
                            List.of(new Rung(0, Recipient.HOLDER), new Rung(-2, Recipient.HOLDER))),
                    users.require());
            return null;
        });
        String number = signing();

        List<LocalDate> days = new ArrayList<>();
        for (LocalDate day = february(14); day.isBefore(february(28)); day = day.plusDays(1)) {
            bureau.passUntil(day.atTime(8, 0));
            if (saying(number).contains(email(principal))) {
                days.add(day);
            }
        }

        assertThat(days).containsExactly(february(24), february(26));
        assertThat(jdbc.sql("select count(*) from audit_entry where event = 'LadderChanged' and object_key = :step")
                        .param("step", process + "/signForIssue")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void aLadderKeepsWhoHasTheTaskAndIsForThoseWhoKeepIt() {
        Ladder none = new Ladder(Ladder.ANY, Ladder.ANY, List.of(new Rung(0, Recipient.PRINCIPAL)));
        assertThatThrownBy(() -> as("sysadmin", () -> ladders.put(none, users.require())))
                .isInstanceOf(ValidationException.class);
        assertThatThrownBy(() -> as("sysadmin", () -> ladders.remove(Ladder.ANY, Ladder.ANY, users.require())))
                .isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> as("jijiao", () -> ladders.all(users.require())))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> as("office", () -> ladders.of("no-process", "noStep", users.require())))
                .isInstanceOf(NotFoundException.class);
        assertThat(run("office", () -> ladders.all(users.require())))
                .anySatisfy(ladder -> assertThat(ladder.isForAll()).isTrue());
    }

    @Test
    void thePageOfALadderShowsWhomItSpeaksTo() throws Exception {
        signing();
        bureau.passUntil(LocalDateTime.of(2026, 2, 14, 8, 0));

        assertThat(page("sysadmin", "/ladders")).contains("全部环节（通用）", "逾期 3 个工作日：联系领导");
        String page = page("sysadmin", "/ladders/edit?step=*/*");
        assertThat(page)
                .contains("会提醒谁", "value=\"1, 0, -1\"")
                .contains(accounts.find(principal).orElseThrow().name());
        assertThat(status("jijiao", get("/ladders"))).isEqualTo(404);
        assertThat(status("sysadmin", get("/ladders/edit?step=x/y"))).isEqualTo(404);
        assertThat(status(
                        "sysadmin",
                        post("/ladders/edit").param("step", ISSUES + "/*").param("holder", "morgen")))
                .isEqualTo(422);
        assertThat(status(
                        "sysadmin",
                        post("/ladders/edit").param("step", ISSUES + "/*").param("holder", "2, 0")))
                .isEqualTo(302);
        assertThat(page("sysadmin", "/ladders")).contains("问题整改销号：全部环节", "到期前 2 个工作日：承办人");
        assertThat(status("sysadmin", post("/ladders/remove").param("step", ISSUES + "/*")))
                .isEqualTo(302);
    }

    @Test
    void aPieceOfThePlanWithDaysOfItsOwnIsSpokenOfOnThoseDaysOfTheCalendar() {
        LocalDate due = LocalDate.of(2026, 3, 4);
        SortedSet<LocalDate> monday = ReminderDays.dueDaysByCalendar(
                LocalDate.of(2026, 3, 1), LocalDate.of(2026, 3, 2), Set.of(2), workingDays);
        assertThat(monday).containsExactly(due);
        SortedSet<LocalDate> friday = ReminderDays.dueDaysByCalendar(
                LocalDate.of(2026, 3, 5), LocalDate.of(2026, 3, 6), Set.of(1, 2, 3), workingDays);
        assertThat(friday)
                .as("marks on Saturday and Sunday are spoken of on the Friday before")
                .contains(
                        LocalDate.of(2026, 3, 7),
                        LocalDate.of(2026, 3, 8),
                        LocalDate.of(2026, 3, 9),
                        LocalDate.of(2026, 3, 10));

        String number = work(due, "[3, -1]");
        try {
            List<LocalDate> days = new ArrayList<>();
            for (LocalDate day = february(27); day.isBefore(LocalDate.of(2026, 3, 8)); day = day.plusDays(1)) {
                bureau.passUntil(day.atTime(8, 0));
                if (saying(number).contains(email(principal))) {
                    days.add(day);
                }
            }
            assertThat(days)
                    .as(
                            "three days before is a Sunday, after which the worked Saturday comes first; not the day itself")
                    .containsExactly(february(28), LocalDate.of(2026, 3, 5));
        } finally {
            dropWork(number);
        }
    }

    @Test
    void whoSwitchesMailsOffIsStillToldAndStillReminded() {
        choose(staff, Map.of(NewsKind.CLAIMABLE, Delivery.OFF), QuietHours.USUAL);

        String number = bureau.raise("dudao", issue());
        bureau.complete(number, "triageIssue", Map.of("decision", "accept"));

        assertThat(saying(number)).contains(email(principal)).doesNotContain(email(staff));
        assertThat(mine(staff)).singleElement().satisfies(notice -> {
            assertThat(notice.channel()).isEqualTo(Notices.Channel.OFF);
            assertThat(notice.caseNumber()).isEqualTo(number);
            assertThat(notice.read()).isFalse();
        });
        bureau.passUntil(LocalDateTime.of(2026, 2, 14, 8, 0));
        assertThat(mail(staff, sink.deliver()).text()).as("a duty").contains("即将到期\n- " + number);
    }

    @Test
    void whatWaitsForTheDigestIsInItOnceAndNotAtAllWhenItWasDoneMeanwhile() {
        choose(staff, Map.of(NewsKind.CLAIMABLE, Delivery.DIGEST), QuietHours.USUAL);
        String done = bureau.raise("dudao", issue());
        bureau.complete(done, "triageIssue", Map.of("decision", "accept"));
        String left = bureau.raise("dudao", issue());
        bureau.complete(left, "triageIssue", Map.of("decision", "accept"));
        bureau.complete(done, "signForIssue", principal, Map.of("decision", "sign"));
        sink.deliver();

        bureau.passUntil(LocalDateTime.of(2026, 2, 14, 8, 0));
        Received digest = mail(staff, sink.deliver());
        assertThat(digest.text()).contains("消息\n- 待办：责任单位签收\n  " + left);
        assertThat(digest.text().substring(digest.text().indexOf("消息\n"))).doesNotContain("责任单位签收\n  " + done);
        assertThat(mine(staff))
                .extracting(Notices.Kept::channel)
                .contains(Notices.Channel.DIGESTED, Notices.Channel.DROPPED)
                .doesNotContain(Notices.Channel.DIGEST);

        bureau.passUntil(LocalDateTime.of(2026, 2, 24, 8, 0));
        assertThat(mail(staff, sink.deliver()).text()).doesNotContain("消息\n- ");
    }

    @Test
    void atNightAndOnDaysOffMailsWaitUnlessTheMatterIsUrgentAndNotWhenItIsDone() {
        bureau.passUntil(LocalDateTime.of(2026, 2, 13, 22, 0));
        String waits = bureau.raise("dudao", issue());
        String triager =
                bureau.holders(bureau.task(waits, "triageIssue")).iterator().next();
        String done = bureau.raise("dudao", issue());
        bureau.raise("office", protectedIssue());

        List<Received> atNight = sink.deliver();
        assertThat(atNight).extracting(Received::subject).containsOnly("有一件保密事项等您办理");
        assertThat(jdbc.sql("select count(*) from mail where state = 'waiting' and reason = 'quiet'")
                        .query(Long.class)
                        .single())
                .isPositive();
        bureau.complete(done, "triageIssue", triager, Map.of("decision", "accept"));

        bureau.passUntil(LocalDateTime.of(2026, 2, 14, 7, 5));
        List<Received> morning = sink.deliver();
        assertThat(morning)
                .filteredOn(mail -> mail.to().equals(email(triager)))
                .anyMatch(mail -> mail.subject().endsWith(waits))
                .noneMatch(mail -> mail.subject().endsWith(done));
        assertThat(jdbc.sql(
                                "select count(*) from mail where state = 'suppressed' and reason = 'withdrawn' and case_number = :n")
                        .param("n", done)
                        .query(Long.class)
                        .single())
                .isPositive();
        assertThat(sink.deliver()).as("sent once").isEmpty();

        QuietHours usual = QuietHours.USUAL;
        assertThat(after(usual, "2026-02-14T20:59")).isEqualTo("2026-02-14T20:59");
        assertThat(after(usual, "2026-02-14T21:00")).as("into the festival").isEqualTo("2026-02-24T07:00");
        assertThat(after(usual, "2026-02-16T12:00")).isEqualTo("2026-02-24T07:00");
        assertThat(after(usual, "2026-02-25T03:00")).isEqualTo("2026-02-25T07:00");
        QuietHours siesta = new QuietHours(LocalTime.of(12, 0), LocalTime.of(14, 0), false);
        assertThat(after(siesta, "2026-02-16T12:30")).isEqualTo("2026-02-16T14:00");
        assertThat(after(siesta, "2026-02-16T14:00")).isEqualTo("2026-02-16T14:00");
        QuietHours never = new QuietHours(LocalTime.of(7, 0), LocalTime.of(7, 0), false);
        assertThat(after(never, "2026-02-16T03:00")).isEqualTo("2026-02-16T03:00");
    }

    @Test
    void noticesAreCountedReadAndReadAllAndNameNoProtectedMatter() throws Exception {
        String number = bureau.raise("dudao", issue());
        bureau.complete(number, "triageIssue", Map.of("decision", "accept"));
        String secret = bureau.raise("office", protectedIssue());

        assertThat(page(staff, "/notices")).contains("待办：责任单位签收", number, "作业布置过多", "邮件：等待发送", "消息：1 条未读");
        assertThat(page("protector", "/notices")).contains("有一件保密事项").doesNotContain(secret, "宿舍");
        Notices.Kept notice = mine(staff).get(0);
        assertThat(status(principal, post("/notices/" + notice.id() + "/read"))).isEqualTo(404);
        assertThat(perform(staff, post("/notices/" + notice.id() + "/read")).getRedirectedUrl())
                .isEqualTo("/tasks/" + bureau.task(number, "signForIssue"));
        assertThat(page(staff, "/notices")).contains("没有未读消息");
        assertThat(page(staff, "/notices?view=all")).contains(number);
        assertThat(perform(principal, post("/api/v1/notices/read")).getContentAsString(StandardCharsets.UTF_8))
                .contains("{\"read\":1}");
        assertThat(perform(principal, get("/api/v1/notices")).getContentAsString(StandardCharsets.UTF_8))
                .contains("\"caseNumber\":\"" + number + "\"", "\"read\":true");

        bureau.complete(number, "signForIssue", principal, Map.of("decision", "sign"));
        assertThat(users.runAs(staff, () -> notices.unread(users.require())).value())
                .as("the step that is over counts as read, the one that follows does not")
                .isEqualTo(1);

        String log = page("auditor", "/told?number=" + number);
        assertThat(log).contains(staff, number, "待办：责任单位签收").doesNotContain("作业布置过多");
        assertThat(page("auditor", "/told?number=" + secret)).contains("没有记录");
        assertThat(page("auditor", "/told?person=protector"))
                .contains("有一件保密事项")
                .doesNotContain(secret);
    }

    @Test
    void theChoiceIsKeptByPageAndApi() throws Exception {
        assertThat(page(staff, "/me/notifications")).contains("可签收的任务", "21:00", "07:00");
        assertThat(status(
                        staff,
                        post("/me/notifications")
                                .param("claimable", "digest")
                                .param("from", "20:30")
                                .param("until", "08:00")))
                .isEqualTo(302);
        String chosen = perform(staff, get("/api/v1/me/notifications")).getContentAsString(StandardCharsets.UTF_8);
        assertThat(chosen)
                .contains(
                        "\"claimable\":\"digest\"",
                        "\"task\":\"once\"",
                        "\"quietFrom\":\"20:30\"",
                        "\"quietRestDays\":false");
        assertThat(status(staff, post("/me/notifications").param("from", "soon").param("until", "08:00")))
                .isEqualTo(422);
        assertThat(
                        status(
                                staff,
                                post("/api/v1/me/notifications")
                                        .contentType("application/json")
                                        .content(
                                                "{\"deliveries\":{\"chase\":\"off\"},\"quietFrom\":\"21:00\",\"quietUntil\":\"07:00\",\"quietRestDays\":true}")))
                .as("pressing cannot be switched off")
                .isEqualTo(422);
    }

    @Test
    void whoOverseesATaskPressesForItWithOneClickAndNotTooOften() throws Exception {
        String number = signing();
        String task = bureau.task(number, "signForIssue");
        String leader = organisation
                .holders(List.of(organisation.contactLeaderPost(school)))
                .iterator()
                .next();
        assertThat(page(leader, "/tasks/" + task)).contains("/tasks/" + task + "/chase\"", "附一句话");
        assertThat(page(staff, "/tasks/" + task)).doesNotContain("/chase\"");
        assertThat(page(leader, "/issues/" + number)).contains("/tasks/" + task + "/chase\"");
        assertThat(page(staff, "/issues/" + number)).doesNotContain("/chase\"");

        assertThat(status(leader, post("/tasks/" + task + "/chase").param("word", "late")))
                .isEqualTo(302);

        List<Received> mails = sink.deliver();
        assertThat(mails)
                .extracting(Received::to)
                .containsExactlyInAnyOrderElementsOf(
                        emails("school:" + school + ":principal", "school:" + school + ":staff"));
        assertThat(mails).allSatisfy(mail -> {
            assertThat(mail.subject()).startsWith("【紧急】催办：责任单位签收");
            assertThat(mail.text()).contains("已逾期，请今天办结");
        });
        assertThat(page(staff, "/tasks/" + task))
                .contains("催办：已逾期，请今天办结", accounts.find(leader).orElseThrow().name());
        assertThat(jdbc.sql("select count(*) from audit_entry where event = 'TaskChased' and object_key = :n")
                        .param("n", number)
                        .query(Long.class)
                        .single())
                .isEqualTo(1);

        assertThatThrownBy(() -> as(leader, () -> chasing.chase(task, null, users.require())))
                .isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> as(staff, () -> chasing.chase(task, null, users.require())))
                .isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> as("principal001", () -> chasing.chase(task, null, users.require())))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> as("chair", () -> chasing.chase(task, "<b>", users.require())))
                .isInstanceOf(ValidationException.class);
        as("chair", () -> chasing.chase(task, null, users.require()));
        as("jijiao", () -> chasing.chase(task, null, users.require()));
        String deputy = organisation
                .holders(List.of("bureau:deputy-schools"))
                .iterator()
                .next();
        assertThatThrownBy(() -> as(deputy, () -> chasing.chase(task, null, users.require())))
                .as("three times a day in all")
                .isInstanceOf(ConflictException.class);

        bureau.passUntil(LocalDateTime.of(2026, 2, 14, 9, 0));
        assertThat(status(leader, post("/api/v1/tasks/" + task + "/chase"))).isEqualTo(200);
        bureau.complete(number, "signForIssue", principal, Map.of("decision", "sign"));
        assertThatThrownBy(() -> as("chair", () -> chasing.chase(task, null, users.require())))
                .isInstanceOf(ConflictException.class);
    }

    @Test
    void aRemarkIsTheNewsOfWhoHasTheTask() {
        String number = signing();
        String task = bureau.task(number, "signForIssue");
        bureau.assign(number, "signForIssue", principal, staff);
        sink.deliver();

        as("chair", () -> inbox.comment(task, "请先看现场。", users.require()));

        assertThat(sink.deliver()).as("with the digest").isEmpty();
        bureau.passUntil(LocalDateTime.of(2026, 2, 14, 8, 0));
        assertThat(mail(staff, sink.deliver()).text()).contains("- 新意见：责任单位签收").doesNotContain("请先看现场");
    }

    @Test
    void whoIsAskedAndWhoAskedAreToldAsTheyChose() {
        String number = signing();
        String task = bureau.task(number, "signForIssue");
        bureau.assign(number, "signForIssue", principal, staff);
        sink.deliver();

        as(staff, () -> questions.ask(task, principal, "这件事归我们吗", users.require()));
        List<Received> asked = sink.deliver();
        assertThat(asked).extracting(Received::to).containsExactly(email(principal));
        assertThat(asked.get(0).subject()).startsWith("请您协助：责任单位签收").contains(number);
        assertThat(asked.get(0).text() + asked.get(0).html())
                .contains("任务仍由他办理")
                .doesNotContain("归我们吗");

        choose(staff, Map.of(NewsKind.OPINION, Delivery.OFF), QuietHours.USUAL);
        as(principal, () -> questions.answer(task, Question.State.DECLINED, "我不清楚", users.require()));
        assertThat(sink.deliver()).isEmpty();
        assertThat(mine(staff)).extracting(Notices.Kept::words).contains("declined");

        choose(staff, Map.of(), QuietHours.USUAL);
        as(staff, () -> questions.ask(task, principal, "再想想", users.require()));
        sink.deliver();
        as(principal, () -> questions.answer(task, Question.State.ANSWERED, "归我们", users.require()));
        assertThat(mail(staff, sink.deliver()).subject()).startsWith("协助答复：责任单位签收");

        bureau.passUntil(LocalDateTime.of(2026, 2, 13, 22, 0));
        sink.deliver();
        as(staff, () -> questions.ask(task, principal, "夜里想起来的", users.require()));
        assertThat(sink.deliver()).as("quiet hours").isEmpty();
        as(staff, () -> questions.recall(task, users.require()));
        assertThat(mine(principal)).extracting(Notices.Kept::words).startsWith("recalled", "asked");
        bureau.passUntil(LocalDateTime.of(2026, 2, 14, 7, 5));
        assertThat(sink.deliver()).extracting(Received::subject).anyMatch(subject -> subject.startsWith("不用答复"));

        bureau.passUntil(LocalDateTime.of(2026, 2, 24, 8, 0));
        assertThat(mail(staff, sink.deliver()).text())
                .as("the reminder of the day stays with who has the task")
                .contains("今天到期\n- " + number);
    }

    @Test
    void whoIsMentionedIsToldOnceAtOnceAndAtNightInTheMorning() {
        String number = signing();
        String task = bureau.task(number, "signForIssue");
        bureau.assign(number, "signForIssue", principal, staff);
        sink.deliver();

        as("chair", () -> inbox.comment(task, "请现场看", List.of(staff, principal), users.require()));
        List<Received> mails = sink.deliver();
        assertThat(mails).extracting(Received::to).containsExactlyInAnyOrder(email(staff), email(principal));
        assertThat(mails).extracting(Received::subject).allMatch(subject -> subject.startsWith("有人提到您：责任单位签收"));
        assertThat(mails).noneMatch(mail -> (mail.text() + mail.html()).contains("现场看"));
        assertThat(mine(staff))
                .as("who has the task is told of it as mentioned only")
                .filteredOn(notice -> Set.of("mentioned", "commented").contains(notice.words()))
                .singleElement()
                .returns("mention", Notices.Kept::kind);

        choose(principal, Map.of(NewsKind.MENTION, Delivery.DIGEST), QuietHours.USUAL);
        as("chair", () -> inbox.comment(task, "再请看", List.of(principal), users.require()));
        assertThat(sink.deliver()).isEmpty();
        bureau.passUntil(LocalDateTime.of(2026, 2, 13, 22, 0));
        sink.deliver();
        as("chair", () -> inbox.comment(task, "夜里", List.of(staff), users.require()));
        assertThat(sink.deliver()).as("quiet hours").isEmpty();
        bureau.passUntil(LocalDateTime.of(2026, 2, 14, 7, 5));
        assertThat(mail(staff, sink.deliver()).subject()).startsWith("有人提到您");
        bureau.passUntil(LocalDateTime.of(2026, 2, 14, 8, 0));
        assertThat(mail(principal, sink.deliver()).text()).contains("- 有人在留言里提到您：责任单位签收");
    }

    @Test
    void ofAProtectedMatterNobodyIsToldWhatItIs() {
        String number = bureau.raise("office", protectedIssue());
        String task = bureau.task(number, "handleProtectedMatter");
        as("protector", () -> {
            inbox.claim(task, users.require());
            questions.ask(task, "chair", "要不要今天就去", users.require());
        });
        as("chair", () -> inbox.comment(task, "今天就去", List.of("protector"), users.require()));

        assertThat(sink.deliver())
                .filteredOn(mail -> Set.of(email("chair"), email("protector")).contains(mail.to()))
                .isNotEmpty()
                .allMatch(mail -> mail.subject().equals("有一件保密事项等您办理"))
                .noneMatch(mail -> (mail.text() + mail.html()).contains(number));
        assertThat(run("protector", () -> questions.colleagues(task, users.require())))
                .extracting(Colleague::username)
                .containsExactly("chair");
    }

    /** A piece of a running year's plan with these days of its own, at the principal's; by hand, for a whole year is a long way. */
    private String work(LocalDate due, String reminders) {
        String number = "Y2026-T/n1/" + school;
        jdbc.sql("""
                        insert into campaign (id, plan_id, plan_year, title, state, plan_version, created_by, created_at, version)
                        values ('Y2026-T', 'test', 2026, '测试', 'running', 1, 'jijiao', :now, 1)
                        """).param("now", now()).update();
        jdbc.sql("""
                        insert into campaign_plan_version (campaign_id, number, plan, saved_by, saved_at)
                        values ('Y2026-T', 1, :plan, 'jijiao', :now)
                        """)
                .param("now", now())
                .param(
                        "plan",
                        "{\"id\":\"test\",\"title\":\"测试\",\"year\":2026,\"nodes\":[{\"id\":\"n1\",\"phase\":\"p\","
                                + "\"name\":\"一项工作\",\"owner\":\"dept:jijiao:staff\",\"reminders\":" + reminders
                                + "}]}")
                .update();
        jdbc.sql("""
                        insert into campaign_work (number, campaign_id, node_id, phase_id, occurrence, name, unit_code, starts_on, due_on,
                            provisional, state, files, late, returns, plan_version)
                        values (:number, 'Y2026-T', 'n1', 'p', 0, '一项工作', :school, :due, :due, false, 'open', '[]', false, 0, 1)
                        """)
                .param("number", number)
                .param("school", school)
                .param("due", due)
                .update();
        jdbc.sql("insert into inbox_case (case_number, restricted, restriction) values (:number, false, 'NONE')")
                .param("number", number)
                .update();
        jdbc.sql("""
                        insert into inbox_task (task_id, task_key, process, case_number, title, school_code, assignee, urgency, due_date,
                            due_from, due_amount, provisional, overdue_from, created_at, version, state, search)
                        values (:number, 'doWork', 'work-item', :number, '一项工作', :school, :who, 'normal', :due, :due, 1, false,
                            :overdue, :now, 1, 'open', '')
                        """)
                .param("number", number)
                .param("school", school)
                .param("who", principal)
                .param("due", due)
                .param(
                        "overdue",
                        due.plusDays(1).atStartOfDay(MovableClock.ZONE).toOffsetDateTime())
                .param("now", now())
                .update();
        return number;
    }

    private void dropWork(String number) {
        jdbc.sql("delete from inbox_task where task_id = :n").param("n", number).update();
        jdbc.sql("delete from inbox_case where case_number = :n")
                .param("n", number)
                .update();
        jdbc.sql("delete from campaign_work where number = :n")
                .param("n", number)
                .update();
        jdbc.sql("delete from campaign_plan_version where campaign_id = 'Y2026-T'")
                .update();
        jdbc.sql("delete from campaign where id = 'Y2026-T'").update();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private String after(QuietHours quiet, String at) {
        return LocalDateTime.ofInstant(
                        quiet.after(
                                LocalDateTime.parse(at)
                                        .atZone(MovableClock.ZONE)
                                        .toInstant(),
                                workingDays),
                        MovableClock.ZONE)
                .toString();
    }

    private void choose(String username, Map<NewsKind, Delivery> deliveries, QuietHours quiet) {
        as(username, () -> preferences.choose(new Choice(deliveries, quiet), users.require()));
    }

    private List<Notices.Kept> mine(String username) {
        return run(
                username, () -> notices.list(false, null, 50, users.require()).items());
    }

    private interface Work<T> {
        T done();
    }

    private <T> T run(String username, Work<T> work) {
        return users.runAs(username, work::done);
    }

    private void as(String username, Runnable work) {
        users.runAs(username, () -> {
            work.run();
            return null;
        });
    }

    private String signing() {
        String number = bureau.raise("dudao", issue());
        bureau.complete(number, "triageIssue", Map.of("decision", "accept"));
        sink.deliver();
        return number;
    }

    private static int issues;

    private NewIssue issue() {
        return new NewIssue(
                "作业布置过多需要整改之" + ++issues,
                "三年级每天作业超过一小时。",
                "complaint",
                "phone",
                "homework",
                "low",
                school,
                null,
                false,
                null,
                null,
                null,
                true);
    }

    private NewIssue protectedIssue() {
        return new NewIssue(
                "学生反映宿舍被欺凌事件",
                "详情保密",
                "complaint",
                "phone",
                "safety",
                "high",
                school,
                new Reporter("钱多多", "13900001234"),
                true,
                null,
                null,
                null,
                true);
    }

    private static LocalDate february(int day) {
        return LocalDate.of(2026, 2, day);
    }

    /** To whom the mails delivered now go that say something of a case. */
    private Set<String> saying(String number) {
        return sink.deliver().stream()
                .filter(mail -> (mail.subject() + mail.text()).contains(number))
                .map(Received::to)
                .collect(Collectors.toSet());
    }

    private Received mail(String username, List<Received> mails) {
        return mails.stream()
                .filter(mail -> mail.to().equals(email(username)))
                .reduce((one, other) -> other)
                .orElseThrow();
    }

    private Set<String> emails(String... posts) {
        return organisation.holders(List.of(posts)).stream().map(this::email).collect(Collectors.toSet());
    }

    private String email(String username) {
        return accounts.find(username).orElseThrow().email();
    }

    private String page(String username, String address) throws Exception {
        var answer = perform(username, get(address));
        assertThat(answer.getStatus()).as(address).isEqualTo(200);
        String page = answer.getContentAsString(StandardCharsets.UTF_8);
        assertThat(page).doesNotContain("??");
        return page;
    }

    private int status(String username, MockHttpServletRequestBuilder request) {
        return perform(username, request).getStatus();
    }

    private MockHttpServletResponse perform(String username, MockHttpServletRequestBuilder request) {
        return users.runAs(username, () -> {
            try {
                return mvc.perform(request.locale(Locale.CHINESE)).andReturn().getResponse();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }
}
