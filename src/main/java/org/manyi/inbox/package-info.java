/**
 * The task read model, claim, hand over, the completion gate, forms, comments, and who may see a case. Owns the tables
 * {@code inbox_*}; publishes {@link TaskOffered} and the {@link TaskEvent}s; runs nothing. Asks {@link TaskHandler}, which the rooms of cases implement.
 */
@ApplicationModule(allowedDependencies = {"shared", "security", "calendar", "evidence", "engine", "spreadsheet", "org"})
package org.manyi.inbox;

import org.springframework.modulith.ApplicationModule;
