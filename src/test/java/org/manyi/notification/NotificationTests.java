package org.manyi.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.calendar.WorkingDays;
import org.manyi.issue.NewIssue;
import org.manyi.issue.NewIssue.Reporter;
import org.manyi.issue.RoundCause;
import org.manyi.mail.MailSink;
import org.manyi.mail.MailSink.Received;
import org.manyi.org.Organisation;
import org.manyi.security.Accounts;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@ManyiTest
class NotificationTests {

    /** The eve of the Spring Festival of 2026: 15 to 23 February are off, the Saturdays of 14 and 28 February are worked. */
    private static final LocalDateTime FRIDAY_BEFORE = LocalDateTime.of(2026, 2, 13, 9, 0);

    private static final Reporter REPORTER = new Reporter("钱多多", "13900001234");

    @Autowired
    Bureau bureau;

    @Autowired
    MailSink sink;

    @Autowired
    Accounts accounts;

    @Autowired
    Organisation organisation;

    @Autowired
    Digests digests;

    @Autowired
    WorkingDays workingDays;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    MessageSource messages;

    @Value("${manyi.base-url}")
    String baseUrl;

    /** Each test has a school of its own, for what one leaves undone would remind the next. */
    private static int schools = 10;

    private String school;
    private String shortName;
    private String principal;
    private String staff;
    private String[] schoolPosts;
    private int issues;

    @BeforeEach
    void start() {
        int n = schools++;
        school = String.format("S%04d", n);
        shortName = organisation.unit(school).shortName();
        principal = String.format("principal%03d", n);
        staff = String.format("staff%03d", n);
        schoolPosts = new String[] {"school:" + school + ":principal", "school:" + school + ":staff"};
        sink.empty();
        bureau.open(FRIDAY_BEFORE);
    }

    @AfterEach
    void stop() {
        bureau.close();
        sink.empty();
    }

    @Test
    void everybodyHearsOfHisPartAndNobodyOfTheReporter() {
        String number = bureau.raise("dudao", issue(REPORTER));
        Map<String, Received> mails = delivered();
        String triager =
                bureau.holders(bureau.task(number, "triageIssue")).iterator().next();
        assertThat(mails.get(email(triager)).subject()).isEqualTo("待办：研判分办（" + shortName + "） " + number);
        assertThat(mails.get(email(triager)).text())
                .startsWith("请办理：研判分办。期限 2 月 14 日（周六，补班）。\n")
                .contains("编号：" + number)
                .contains(baseUrl + "/tasks/" + bureau.task(number, "triageIssue"));
        assertThat(mails.get(email("office")).text()).startsWith("请办理：联系反映人。期限 2 月 14 日（周六，补班） 09:00。\n");

        bureau.complete(number, "contactReporter", Map.of("outcome", "reached", "note", "已联系，说明了流程。"));
        bureau.complete(number, "triageIssue", Map.of("decision", "accept"));
        mails = delivered();
        assertThat(mails.keySet()).containsExactlyInAnyOrderElementsOf(emails(schoolPosts));
        assertThat(mails.values()).allSatisfy(mail -> assertThat(mail.subject()).startsWith("待办：责任单位签收"));

        String signer = bureau.complete(number, "signForIssue", Map.of("decision", "sign"));
        mails = delivered();
        assertThat(mails.values()).allSatisfy(mail -> assertThat(mail.subject()).startsWith("待办：整改并上报佐证"));
        assertThat(mails.keySet()).as("who signed knows what comes next").doesNotContain(email(signer));

        rectify(number);
        assertThat(delivered().values())
                .allSatisfy(mail -> assertThat(mail.subject()).startsWith("待办：核查整改"));
        verify(number, false);
        mails = delivered();
        assertThat(mails.keySet()).containsExactlyInAnyOrderElementsOf(emails(schoolPosts));
        assertThat(mails.values()).allSatisfy(mail -> {
            assertThat(mail.subject()).startsWith("退回重办：整改并上报佐证（" + shortName + "）");
            assertThat(mail.text()).contains("上一轮核查未通过").contains("轮次：第 2 轮");
            assertThat(mail.html()).contains("上一轮核查未通过");
        });

        rectify(number);
        verify(number, true);
        delivered();
        call(number, "dissatisfied");
        mails = delivered();
        String leader = organisation.contactLeaderPost(school);
        assertThat(mails.keySet()).containsAll(emails(leader)).containsAll(emails(schoolPosts));
        assertThat(mails.get(emails(leader).iterator().next()).subject()).startsWith("【紧急】督办：反映人不满意");
        assertThat(mails.get(email(principal)).subject()).startsWith("【紧急】退回重办");

        rectify(number);
        verify(number, true);
        delivered();
        call(number, "satisfied");
        assertThat(delivered().values())
                .allSatisfy(mail -> assertThat(mail.subject()).startsWith("【紧急】待办：审批销号"));
        bureau.complete(number, "approveClosure", Map.of("decision", "approve", "reason", "佐证齐全，同意销号。"));
        mails = delivered();
        assertThat(mails.keySet()).containsAll(emails(schoolPosts));
        assertThat(mails.get(email(principal)).subject()).isEqualTo("已批准销号（" + shortName + "） " + number);
        assertThat(mails.get(email(principal)).text()).startsWith("销号已批准，不用再办。");
    }

    @Test
    void anExtensionIsAnsweredByMail() {
        String number = signing();
        bureau.complete(number, "signForIssue", Map.of("decision", "sign"));
        delivered();
        bureau.askForTime(number, principal);
        assertThat(delivered().values())
                .allSatisfy(mail -> assertThat(mail.subject()).startsWith("待办：审核延期申请"));

        bureau.complete(number, "decideExtension", Map.of("decision", "grant", "workingDays", 3, "reason", "同意延期三天。"));

        assertThat(delivered().get(email(principal)).subject()).isEqualTo("延期已同意（" + shortName + "） " + number);
    }

    @Test
    void ofAProtectedMatterTheHandlerHearsThatThereIsOneAndNothingElse() {
        String number = bureau.raise(
                "office",
                new NewIssue(
                        "学生反映宿舍被欺凌事件",
                        "详情保密",
                        "complaint",
                        "phone",
                        "safety",
                        "high",
                        school,
                        REPORTER,
                        true,
                        null,
                        null,
                        null,
                        true));

        Map<String, Received> mails = delivered();
        assertThat(mails.keySet()).containsExactlyInAnyOrderElementsOf(emails("bureau:child-protection"));
        Received mail = mails.get(email("protector"));
        assertThat(mail.subject()).isEqualTo("有一件保密事项等您办理");
        assertThat(mail.text()).contains(baseUrl + "/tasks/");
        saysNothing(mail, number);

        bureau.passUntil(LocalDateTime.of(2026, 2, 14, 8, 0));
        Received reminder = delivered().get(email("protector"));
        assertThat(reminder.text()).contains("一件保密事项，请登录查看");
        saysNothing(reminder, number);
    }

    private void saysNothing(Received mail, String number) {
        assertThat(mail.subject() + mail.text() + mail.html()).doesNotContain(number, "欺凌", "宿舍", shortName);
    }

    @Test
    void aComplaintAboutTheHeadIsToldToNobodyOfTheSchool() {
        String number = bureau.raise(
                "dudao",
                new NewIssue(
                        "反映校长违规收费问题",
                        null,
                        "complaint",
                        "phone",
                        "fees",
                        "medium",
                        school,
                        REPORTER,
                        false,
                        "head",
                        principal,
                        null,
                        true));
        bureau.complete(number, "contactReporter", Map.of("outcome", "reached", "note", "已联系。"));
        bureau.complete(number, "triageIssue", Map.of("decision", "accept"));
        bureau.passUntil(LocalDateTime.of(2026, 2, 25, 8, 0));

        assertThat(jdbc.sql("select username from mail where case_number = :number or model like '%' || :number || '%'")
                        .param("number", number)
                        .query(String.class)
                        .set())
                .isNotEmpty()
                .doesNotContain(principal, staff);
    }

    @Test
    void aTaskHandedOverIsToldToWhoHasItNowAndRemindsNobodyElse() {
        String number = signing();
        bureau.assign(number, "signForIssue", principal, staff);

        Map<String, Received> mails = delivered();
        assertThat(mails.keySet()).containsExactly(email(staff));
        assertThat(mails.get(email(staff)).subject()).startsWith("转给您办理：责任单位签收");

        bureau.passUntil(LocalDateTime.of(2026, 2, 14, 8, 0));
        mails = delivered();
        assertThat(mails.get(email(staff)).text()).contains(number);
        assertThat(mails).doesNotContainKey(email(principal));
    }

    @Test
    void whoStandsInIsRemindedToOfWhatTheAbsentPersonHas() {
        String number = signing();
        bureau.assign(number, "signForIssue", principal, staff);
        delivered();
        jdbc.sql("""
                        insert into org_holding (post_key, username, from_day, until_day, substitute_for)
                        values (:post, :principal, date '2026-02-13', date '2026-03-01', :staff)
                        """)
                .param("post", schoolPosts[1])
                .param("principal", principal)
                .param("staff", staff)
                .update();

        bureau.passUntil(LocalDateTime.of(2026, 2, 14, 8, 0));

        Map<String, Received> mails = delivered();
        jdbc.sql("delete from org_holding where substitute_for is not null").update();
        assertThat(mails.get(email(principal)).text()).contains(number);
        assertThat(mails.get(email(staff)).text()).contains(number);
    }

    @Test
    void acrossTheSpringFestivalRemindersComeOnTheThreeDaysAndOnNoOther() {
        String number = signing();
        Map<LocalDate, Received> reminders = new TreeMap<>();

        LocalDate end = LocalDate.of(2026, 3, 4);
        for (LocalDate day = LocalDate.of(2026, 2, 14); day.isBefore(end); day = day.plusDays(1)) {
            bureau.passUntil(day.atTime(8, 0));
            Received mail = delivered().get(email(principal));
            if (mail != null && mail.text().contains(number)) {
                reminders.put(day, mail);
            }
        }

        LocalDate before = LocalDate.of(2026, 2, 14);
        LocalDate due = LocalDate.of(2026, 2, 24);
        LocalDate after = LocalDate.of(2026, 2, 25);
        assertThat(reminders.keySet())
                .as("the last working day before the festival, the first one after it, and the next")
                .containsExactly(before, due, after);
        assertThat(reminders.get(before).subject()).isEqualTo("到期提醒：1 件待办");
        assertThat(reminders.get(before).text())
                .startsWith("请办理到期的待办，即将到期 1 件。\n")
                .contains("即将到期\n- " + number + " 作业布置过多需要整改")
                .contains("（" + shortName + "）")
                .contains("责任单位签收 · 期限 2 月 24 日（周二）")
                .contains(baseUrl + "/tasks/" + bureau.task(number, "signForIssue"));
        assertThat(reminders.get(before).html()).contains(number, "即将到期").doesNotContain("<h3>已逾期");
        assertThat(reminders.get(due).text()).contains("今天到期\n- " + number);
        assertThat(reminders.get(after).text()).contains("已逾期\n- " + number);
    }

    @Test
    void everybodyGetsOneReminderADayHoweverManyTasksAndHoweverOftenItRuns() {
        String first = signing();
        String second = signing();
        bureau.passUntil(LocalDateTime.of(2026, 2, 14, 8, 0));
        assertThat(countDigests(principal)).isEqualTo(1);
        assertThat(delivered().get(email(principal)).text()).contains(first, second);

        transactions.executeWithoutResult(status -> {
            LocalDate day = digests.plan();
            assertThat(digests.writeBatch(day)).isFalse();
        });
        transactions.executeWithoutResult(status -> {
            jdbc.sql("update notification_digest set state = 'open'").update();
            digests.writeBatch(LocalDate.of(2026, 2, 14));
        });

        assertThat(countDigests(principal)).isEqualTo(1);
        assertThat(delivered()).isEmpty();
    }

    @Test
    void whoIsDoneInTimeIsNotReminded() {
        String number = signing();
        bureau.complete(number, "signForIssue", staff, Map.of("decision", "sign"));
        delivered();

        bureau.passUntil(LocalDateTime.of(2026, 2, 14, 8, 0));

        assertThat(delivered().values())
                .noneMatch(mail -> mail.text().contains(number) && mail.text().contains("责任单位签收"));
    }

    @Test
    void aStandstillOfSeveralDaysIsMadeUpForByOneMailOfThePresentState() {
        String number = signing();
        bureau.passUntil(LocalDateTime.of(2026, 2, 14, 8, 0));
        delivered();

        bureau.standStillUntil(LocalDateTime.of(2026, 2, 27, 8, 0));

        Received mail = delivered().get(email(principal));
        assertThat(countDigests(principal)).isEqualTo(2);
        assertThat(mail.text()).startsWith("请办理到期的待办，已逾期 1 件。\n").contains(number);
    }

    @Test
    void whoReadsEnglishIsWrittenToInEnglish() {
        jdbc.sql("update account set locale = 'en' where username = :staff")
                .param("staff", staff)
                .update();
        try {
            String number = bureau.raise("dudao", issue(null));
            bureau.complete(number, "triageIssue", Map.of("decision", "accept"));
            bureau.passUntil(LocalDateTime.of(2026, 2, 14, 8, 0));

            List<Received> mails = sink.deliver().stream()
                    .filter(mail -> mail.to().equals(email(staff)))
                    .toList();
            assertThat(mails)
                    .extracting(Received::subject)
                    .containsExactly("To do: Sign for the issue (" + shortName + ") " + number, "Reminder: 1 task due");
            assertThat(mails.get(0).text()).startsWith("Please do this: ").contains("Number: " + number);
            assertThat(mails.get(1).text()).startsWith("Please see to the tasks that are due, 1 soon.\n");
        } finally {
            jdbc.sql("update account set locale = 'zh'").update();
        }
    }

    @Test
    void everyKindOfNewsAndEveryCauseHasItsWordsInBothLanguages() {
        for (Locale locale : List.of(Locale.SIMPLIFIED_CHINESE, Locale.ENGLISH)) {
            for (String kind :
                    List.of("task", "assigned", "again", "supervised", "extended", "notExtended", "closed")) {
                assertThat(messages.getMessage("notification." + kind + ".subject", null, locale))
                        .isNotBlank();
                assertThat(messages.getMessage("notification." + kind + ".first", null, locale))
                        .isNotBlank();
            }
            for (RoundCause cause : RoundCause.values()) {
                if (cause != RoundCause.FIRST) {
                    assertThat(messages.getMessage("notification.cause." + cause.code(), null, locale))
                            .isNotBlank();
                }
            }
        }
    }

    @Test
    void theDaysOfADueDateAreTheWorkingDayBeforeTheDayAndTheWorkingDayAfter() {
        Map<LocalDate, Set<LocalDate>> days = new HashMap<>();
        LocalDate end = LocalDate.of(2026, 3, 15);
        for (LocalDate day = LocalDate.of(2026, 2, 1); day.isBefore(end); day = day.plusDays(1)) {
            for (LocalDate due : ReminderDays.dueDays(day.minusDays(1), day, Set.of(1, 0, -1), workingDays)) {
                days.computeIfAbsent(due, it -> new TreeSet<>()).add(day);
            }
        }

        assertThat(days.get(february(13))).containsExactly(february(12), february(13), february(14));
        assertThat(days.get(february(14))).containsExactly(february(13), february(14), february(24));
        assertThat(days.get(february(24))).containsExactly(february(14), february(24), february(25));
        assertThat(days.get(february(27))).containsExactly(february(26), february(27), february(28));
        assertThat(days.get(february(28))).containsExactly(february(27), february(28), LocalDate.of(2026, 3, 2));
    }

    private static LocalDate february(int day) {
        return LocalDate.of(2026, 2, day);
    }

    private NewIssue issue(Reporter reporter) {
        return new NewIssue(
                "作业布置过多需要整改之" + ++issues,
                "三年级每天作业超过一小时。",
                "complaint",
                "phone",
                "homework",
                "low",
                school,
                reporter,
                false,
                null,
                null,
                null,
                true);
    }

    /** An issue that waits for the school's signature until 24 February; the mails so far are read. */
    private String signing() {
        String number = bureau.raise("dudao", issue(null));
        bureau.complete(number, "triageIssue", Map.of("decision", "accept"));
        delivered();
        return number;
    }

    private void rectify(String number) {
        bureau.complete(
                number,
                "rectifyIssue",
                Map.of("measures", "清洗地面，增加保洁班次。", "result", "油污已清除。", "completedOn", "2026-02-13"));
    }

    private void verify(String number, boolean passes) {
        Map<String, Object> values = new HashMap<>();
        values.put("decision", passes ? "pass" : "fail");
        values.put("mode", "onSite");
        values.put("points", List.of(Map.of("point", "地面", "ok", passes, "note", "看过")));
        if (!passes) {
            values.put("returnCode", "incomplete");
        }
        bureau.complete(number, "verifyRectification", values);
    }

    private void call(String number, String satisfaction) {
        bureau.complete(
                number,
                "callReporter",
                Map.of(
                        "reached",
                        true,
                        "solved",
                        !satisfaction.equals("dissatisfied"),
                        "satisfaction",
                        satisfaction,
                        "note",
                        "已电话回访。"));
    }

    /** What has arrived since the last time, by address; nothing in it tells of a reporter, and every link is ours. */
    private Map<String, Received> delivered() {
        List<Received> mails = sink.deliver();
        assertThat(mails).allSatisfy(mail -> {
            assertThat(mail.text() + mail.html() + mail.subject())
                    .doesNotContain(REPORTER.name(), REPORTER.phone(), "??");
            assertThat(Stream.of(mail.html().split("href=\"", -1)).skip(1))
                    .isNotEmpty()
                    .allMatch(link -> link.startsWith(baseUrl));
            assertThat(mail.text()).endsWith("本邮件由满意办自动发出，请勿回复。\n");
        });
        return mails.stream().collect(Collectors.toMap(Received::to, mail -> mail, (one, other) -> other));
    }

    private Set<String> emails(String... posts) {
        return organisation.holders(List.of(posts)).stream().map(this::email).collect(Collectors.toSet());
    }

    private String email(String username) {
        return accounts.find(username).orElseThrow().email();
    }

    private long countDigests(String username) {
        return jdbc.sql("select count(*) from mail where username = :username and template = 'digest'")
                .param("username", username)
                .query(Long.class)
                .single();
    }
}
