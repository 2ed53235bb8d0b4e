/**
 * The movable clock, the demonstration district and the comparison of the books. Owns the tables {@code clock} and
 * {@code demonstration}; publishes nothing, runs nothing.
 */
@ApplicationModule(
        allowedDependencies = {
            "shared",
            "security",
            "calendar",
            "evidence",
            "engine",
            "spreadsheet",
            "org",
            "inbox",
            "campaign",
            "issue",
            "register",
            "mail",
            "notification",
            "audit"
        })
package org.manyi.rehearsal;

import org.springframework.modulith.ApplicationModule;
