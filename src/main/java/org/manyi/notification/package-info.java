/**
 * Who hears what and when: mails from events, and the daily reminder. Owns the tables {@code notification_*};
 * publishes nothing; runs {@code deadline-reminders}.
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
            "mail"
        })
package org.manyi.notification;

import org.springframework.modulith.ApplicationModule;
