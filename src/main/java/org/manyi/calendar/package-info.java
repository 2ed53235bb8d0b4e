/**
 * Working days, the yearly holiday files and deadline arithmetic. Owns the files under {@code calendar/} (shipped, or laid into the data
 * directory) and {@code calendar_change}, what administrators entered between releases; publishes {@code CalendarEvent} and, for each open
 * matter that gets another day, {@code DueDateMoved}. Asks the rooms that keep due dates by the port {@code DueDates}; counts them again in
 * the background. Offers the beans {@code dates} and {@code calendarNotice} to templates.
 */
@ApplicationModule(allowedDependencies = {"shared", "security"})
package org.manyi.calendar;

import org.springframework.modulith.ApplicationModule;
