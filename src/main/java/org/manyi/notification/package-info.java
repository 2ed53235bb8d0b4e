/**
 * Who hears what and when, and by which way: notices and mails from events, the daily reminder by its ladders, what each person chose, and
 * pressing for a task. Owns the tables {@code notification_*}; publishes {@link LadderChanged}, {@link PreferencesChanged} and
 * {@link TaskChased}; runs {@code deadline-reminders}.
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
