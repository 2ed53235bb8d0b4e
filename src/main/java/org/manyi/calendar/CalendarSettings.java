package org.manyi.calendar;

import java.time.LocalTime;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The bureau's office hours, as far as deadlines ask for them.
 *
 * @param closeTime when the bureau closes; a due day is shown as lasting until then
 * @param lateCountsAsNextDay whether what arrives after {@code closeTime} counts as received on the next working day
 */
@ConfigurationProperties("manyi.calendar")
record CalendarSettings(
        @DefaultValue("17:30") LocalTime closeTime,
        @DefaultValue("false") boolean lateCountsAsNextDay) {}
