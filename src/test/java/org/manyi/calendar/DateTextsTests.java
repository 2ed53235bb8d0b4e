package org.manyi.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.manyi.shared.MovableClock;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.context.support.ResourceBundleMessageSource;

class DateTextsTests {

    private static final CalendarSettings SETTINGS = new CalendarSettings(LocalTime.of(17, 30), false);
    private static final HolidayYears YEARS = new HolidayFiles(Path.of("none")).load();

    private final MovableClock clock = new MovableClock(Clock.fixed(shanghai("2026-02-13T09:00"), MovableClock.ZONE));
    private final WorkingDays days = new HolidayWorkingDays(YEARS, SETTINGS);
    private final ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
    private DateTexts texts;
    private CalendarNotice notice;

    @BeforeEach
    void readInChinese() {
        messages.setBasename("messages/calendar");
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        texts = new DateTexts(days, YEARS, clock, messages, SETTINGS);
        notice = new CalendarNotice(days, clock, messages);
        LocaleContextHolder.setLocale(Locale.SIMPLIFIED_CHINESE);
    }

    @AfterEach
    void forgetTheLocale() {
        LocaleContextHolder.resetLocaleContext();
    }

    @Test
    void nearDaysAreSaidAsPeopleSayThem() {
        assertThat(texts.day(LocalDate.of(2026, 2, 13))).isEqualTo("今天");
        assertThat(texts.day(LocalDate.of(2026, 2, 14))).isEqualTo("明天");
        assertThat(texts.day(LocalDate.of(2026, 2, 12))).isEqualTo("昨天");
    }

    @Test
    void otherDaysCarryTheirWeekdayAndWhetherTheyAreMakeUpDaysOrHolidays() {
        assertThat(texts.day(LocalDate.of(2026, 2, 28))).isEqualTo("2 月 28 日（周六，补班）");
        assertThat(texts.day(LocalDate.of(2026, 2, 17))).isEqualTo("2 月 17 日（周二，春节）");
        assertThat(texts.day(LocalDate.of(2025, 10, 1))).isEqualTo("2025 年 10 月 1 日（周三，国庆节，中秋节）");
        assertThat(texts.day(LocalDate.of(2026, 3, 11))).isEqualTo("3 月 11 日（周三）");
    }

    @Test
    void aNullDateReadsAsADash() {
        assertThat(texts.day(null)).isEqualTo("—");
        assertThat(texts.at(null)).isEqualTo("—");
        assertThat(texts.due(null)).isEqualTo("—");
        assertThat(texts.left(null)).isEqualTo("—");
        assertThat(texts.why(null)).isEqualTo("—");
    }

    @Test
    void instantsAreSaidInShanghaiTime() {
        assertThat(texts.at(Instant.parse("2026-02-13T09:30:00Z"))).isEqualTo("今天 17:30");
        assertThat(texts.at(Instant.parse("2026-02-13T16:05:00Z"))).isEqualTo("明天 00:05");
        assertThat(texts.at(shanghai("2025-12-31T08:00"))).isEqualTo("2025 年 12 月 31 日 08:00");
        assertThat(texts.exact(Instant.parse("2026-02-13T09:30:00Z"))).isEqualTo("2026-02-13 17:30:00 +08:00");
    }

    @Test
    void aDueDayLastsUntilTheBureauCloses() {
        Due due = days.plus(LocalDate.of(2026, 2, 12), 1);

        assertThat(texts.due(due)).isEqualTo("今天 17:30");
        assertThat(texts.left(due)).isEqualTo("今天到期");
        assertThat(texts.standing(due.day(), null)).isEqualTo(DateTexts.Standing.TODAY);
    }

    @Test
    void whatIsLeftIsCountedInWorkingDays() {
        Due due = days.plus(LocalDate.of(2026, 2, 13), 5);

        assertThat(texts.left(due)).isEqualTo("还剩 5 个工作日");
        assertThat(texts.standing(due.day(), null)).isEqualTo(DateTexts.Standing.LATER);
        moveTo("2026-02-25T23:59");
        assertThat(texts.standing(due.day(), null)).isEqualTo(DateTexts.Standing.LATER);
        moveTo("2026-02-26T00:00");
        assertThat(texts.left(due)).isEqualTo("还剩 1 个工作日");
        assertThat(texts.standing(due.day(), null)).isEqualTo(DateTexts.Standing.SOON);
        moveTo("2026-02-28T00:00");
        assertThat(texts.left(due)).isEqualTo("逾期 1 个工作日");
        assertThat(texts.standing(due.day(), null)).isEqualTo(DateTexts.Standing.OVERDUE);
        moveTo("2026-03-02T10:00");
        assertThat(texts.left(due)).isEqualTo("逾期 2 个工作日");
    }

    @Test
    void onADayOffAfterTheDueDayItIsOverdueByLessThanAWorkingDay() {
        Due due = days.plus(LocalDate.of(2026, 2, 13), 1);

        moveTo("2026-02-17T10:00");

        assertThat(texts.left(due)).isEqualTo("逾期不足 1 个工作日");
    }

    @Test
    void aLimitInHoursIsCountedInHours() {
        Due due = days.plusHours(shanghai("2026-02-13T09:00"), 24);

        assertThat(texts.due(due)).isEqualTo("明天 09:00");
        assertThat(texts.left(due)).isEqualTo("还剩 24 小时");
        moveTo("2026-02-14T08:30");
        assertThat(texts.left(due)).isEqualTo("不足 1 小时");
        assertThat(texts.standing(due.day(), due.at())).isEqualTo(DateTexts.Standing.TODAY);
        moveTo("2026-02-14T12:00");
        assertThat(texts.left(due)).isEqualTo("逾期 3 小时");
        assertThat(texts.standing(due.day(), due.at())).isEqualTo(DateTexts.Standing.OVERDUE);
    }

    @Test
    void aDueDateExplainsHowItCameAbout() {
        assertThat(texts.why(days.plus(LocalDate.of(2026, 2, 13), 5))).isEqualTo("收到后 5 个工作日，自 2 月 13 日起算");
        assertThat(texts.why(days.plusHours(shanghai("2026-02-13T08:10"), 24))).isEqualTo("24 小时，自 2 月 13 日 08:10 起算");
        assertThat(texts.why(days.on(LocalDate.of(2026, 2, 17), LocalDate.of(2026, 2, 13))))
                .isEqualTo("2 月 13 日指定的日期，遇休息日顺延");
    }

    @Test
    void aProvisionalDateSaysSoAndWhy() {
        Due due = days.plus(LocalDate.of(2026, 12, 30), 5);

        assertThat(texts.due(due)).isEqualTo("2027 年 1 月 7 日（周四）（暂定）");
        assertThat(texts.why(due)).isEqualTo("收到后 5 个工作日，自 12 月 30 日起算；2027 年放假安排尚未公布，日期暂定");
    }

    @Test
    void theSameIsSaidInEnglish() {
        LocaleContextHolder.setLocale(Locale.ENGLISH);
        Due due = days.plus(LocalDate.of(2026, 2, 13), 5);

        assertThat(texts.due(due)).isEqualTo("27 Feb (Fri)");
        assertThat(texts.left(due)).isEqualTo("5 working days left");
        assertThat(texts.why(due)).isEqualTo("5 working days after receipt, counted from 13 Feb");
        assertThat(texts.day(LocalDate.of(2026, 2, 28))).isEqualTo("28 Feb (Sat, make-up workday)");
        assertThat(texts.day(LocalDate.of(2026, 2, 18))).isEqualTo("18 Feb (Wed, Spring Festival)");
        moveTo("2026-02-26T08:00");
        assertThat(texts.left(due)).isEqualTo("1 working day left");
    }

    @Test
    void fromNovemberOnTheMissingNoticeOfTheNextYearIsAnnounced() {
        moveTo("2026-10-31T23:59");
        assertThat(notice.text()).isNull();
        moveTo("2026-11-01T00:00");
        assertThat(notice.text()).contains("2027");
        moveTo("2027-01-01T00:00");
        assertThat(notice.year()).hasValue(2027);
        moveTo("2025-11-01T00:00");
        assertThat(notice.text()).isNull();
    }

    private void moveTo(String local) {
        clock.moveTo(java.time.Duration.between(clock.system().instant(), shanghai(local)));
    }

    private static Instant shanghai(String local) {
        return LocalDateTime.parse(local).atZone(MovableClock.ZONE).toInstant();
    }
}
