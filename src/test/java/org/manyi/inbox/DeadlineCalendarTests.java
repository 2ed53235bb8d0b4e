package org.manyi.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.TemporalAmount;
import java.util.List;
import java.util.Locale;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.Component;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.component.VAlarm;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.property.Trigger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.manyi.calendar.Due;
import org.manyi.inbox.UpcomingDeadlines.Deadline;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.context.support.ResourceBundleMessageSource;

/** What is written, read again by the library. */
class DeadlineCalendarTests {

    private static final Instant NOW = Instant.parse("2026-03-10T01:02:03Z");
    private static final LocalDate DAY = LocalDate.of(2026, 3, 14);

    private final DeadlineCalendar writer = new DeadlineCalendar(messages(), "https://manyi.qinghe.example/");

    private static ResourceBundleMessageSource messages() {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasename("messages/inbox");
        messages.setDefaultEncoding(StandardCharsets.UTF_8.name());
        messages.setFallbackToSystemLocale(false);
        return messages;
    }

    @BeforeEach
    void inChinese() {
        LocaleContextHolder.setLocale(Locale.SIMPLIFIED_CHINESE);
    }

    @AfterEach
    void forget() {
        LocaleContextHolder.resetLocaleContext();
    }

    private static Due onDay(boolean provisional) {
        return new Due(DAY, null, DAY.minusDays(9), 5, provisional);
    }

    private static Deadline titled(String title) {
        return new Deadline("task-7", title, List.of("2026-WT-00042", "第一小学"), onDay(false), "/tasks/7");
    }

    private String written(Deadline... deadlines) {
        return writer.write(List.of(deadlines), NOW);
    }

    private VEvent read(Deadline deadline) {
        Calendar calendar = parsed(written(deadline));
        assertThat(calendar.validate().getEntries()).isEmpty();
        assertThat(calendar.getComponents()).hasSize(1);
        return (VEvent) calendar.getComponents().get(0);
    }

    private static Calendar parsed(String text) {
        try {
            return new CalendarBuilder().build(new StringReader(text));
        } catch (Exception e) {
            throw new AssertionError(text, e);
        }
    }

    private static String value(VEvent event, String property) {
        return event.getProperty(property).map(Property::getValue).orElse(null);
    }

    private static TemporalAmount reminded(VEvent event) {
        VAlarm alarm = event.getAlarms().get(0);
        assertThat(event.getAlarms()).hasSize(1);
        return alarm.<Trigger>getRequiredProperty(Property.TRIGGER).getDuration();
    }

    @Test
    void aDeadlineIsADayWithAReminderOnTheMorningBefore() {
        VEvent event = read(titled("整改：水管要修"));

        assertThat(value(event, Property.UID)).isEqualTo("task-7@manyi.qinghe.example");
        assertThat(value(event, Property.DTSTAMP)).isEqualTo("20260310T010203Z");
        assertThat(event.getProperty(Property.DTSTART))
                .hasValueSatisfying(
                        start -> assertThat(start.toString().strip()).isEqualTo("DTSTART;VALUE=DATE:20260314"));
        assertThat(event.getProperty(Property.DTEND)).isEmpty();
        assertThat(value(event, Property.SUMMARY)).isEqualTo("整改：水管要修");
        assertThat(value(event, Property.DESCRIPTION)).isEqualTo("2026-WT-00042\n第一小学");
        assertThat(value(event, Property.URL)).isEqualTo("https://manyi.qinghe.example/tasks/7");
        assertThat(value(event, Property.TRANSP)).isEqualTo("TRANSPARENT");
        assertThat(Duration.from(reminded(event))).isEqualTo(Duration.ofMinutes(-(15 * 60 + 30)));
    }

    @Test
    void aLimitInHoursIsAnInstant() {
        Due due = new Due(DAY, Instant.parse("2026-03-14T01:00:00Z"), DAY.minusDays(1), 24, false);

        VEvent event = read(new Deadline("task-8", "联系反映人", List.of(), due, "/tasks/8"));

        assertThat(value(event, Property.DTSTART)).isEqualTo("20260314T010000Z");
        assertThat(event.getProperty(Property.DESCRIPTION)).isEmpty();
        assertThat(Duration.from(reminded(event))).isEqualTo(Duration.ofMinutes(-(24 * 60 + 30)));
    }

    @Test
    void aProvisionalDaySaysSo() {
        Deadline deadline = new Deadline("task-9", "整改：课桌", List.of("2026-WT-1"), onDay(true), "/tasks/9");

        assertThat(value(read(deadline), Property.SUMMARY)).isEqualTo("整改：课桌（期限暂定）");
        assertThat(value(read(deadline), Property.DESCRIPTION)).endsWith("\n放假安排尚未公布，期限可能变动。");
        LocaleContextHolder.setLocale(Locale.ENGLISH);
        assertThat(value(read(deadline), Property.SUMMARY)).endsWith(" (date provisional)");
    }

    @Test
    void theCalendarSaysWhatItIsAndWhenToComeAgain() {
        assertThat(written().split("\r\n"))
                .startsWith("BEGIN:VCALENDAR", "PRODID:-//Manyi//Manyi//ZH", "VERSION:2.0")
                .contains("X-WR-CALNAME:满意办待办期限", "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H")
                .endsWith("END:VCALENDAR");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "修操场",
                "a,b;c:d\\e\"f'g",
                "反斜杠加字母\\n不是换行\\,也不是逗号",
                "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十",
                "a一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷🙂🙂🙂🙂🙂",
                "Ünïcödé-letters-of-two-octets-äöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöü, and more; and more"
            })
    void whateverTheTitleIsItComesBackWholeInLinesOfSeventyFiveOctets(String title) {
        assertThat(value(read(titled(title)), Property.SUMMARY)).isEqualTo(title);
        assertThat(written(titled(title)).split("\r\n"))
                .allSatisfy(line ->
                        assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(75));
        assertThat(written(titled(title))).doesNotContain("\uFFFD").endsWith("END:VCALENDAR\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "水管\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:别人的",
                "水管\nBEGIN:VEVENT",
                "水管\rBEGIN:VEVENT",
                "水管\u0085BEGIN:VEVENT",
                "水管\u2028BEGIN:VEVENT",
                "水管\u000B\u0000BEGIN:VEVENT",
                "水管\r\n BEGIN:VEVENT"
            })
    void aTitleStaysATitle(String title) {
        for (Deadline deadline :
                List.of(titled(title), new Deadline("task-7", "好", List.of(title), onDay(false), "/tasks/7"))) {
            Calendar calendar = parsed(written(deadline));

            assertThat(calendar.getComponents(Component.VEVENT)).hasSize(1);
            assertThat(written(deadline).split("\r\n|[\r\n\u0085\u2028\u000B]"))
                    .filteredOn(line -> line.startsWith("BEGIN:VEVENT"))
                    .hasSize(1);
        }
        assertThat(value(read(titled(title)), Property.SUMMARY)).startsWith("水管 ");
    }
}
