/**
 * The task read model, claim, hand over, questions to colleagues, the completion gate, forms, comments and whom they mention, who may see a case, and the calendars of deadlines that
 * people's own programs fetch. Owns the tables {@code inbox_*}; publishes {@link TaskOffered}, the {@link TaskEvent}s and the
 * {@link CalendarFeedEvent}s; runs a look-out for substitutions that are over. Asks {@link TaskHandler} and {@link UpcomingDeadlines}, which the rooms of cases implement.
 */
@ApplicationModule(allowedDependencies = {"shared", "security", "calendar", "evidence", "engine", "spreadsheet", "org"})
package org.manyi.inbox;

import org.springframework.modulith.ApplicationModule;
