/**
 * An issue, its rectification loop, verification, recurrence check and protected matters. Owns the tables {@code issue*}; publishes the
 * {@code IssueEvent}s and {@code LedgerExported}; runs {@code issue-rectification}, {@code rectification-round}, {@code recurrence-check}, {@code protected-matter}.
 */
@ApplicationModule(
        allowedDependencies = {"shared", "security", "calendar", "evidence", "engine", "spreadsheet", "org", "inbox"})
package org.manyi.issue;

import org.springframework.modulith.ApplicationModule;
