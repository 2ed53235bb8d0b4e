package org.manyi.mail;

import java.time.Instant;
import org.manyi.shared.MovableClock;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Removes mails that are done with and older than anybody asks for: they name people and what concerned them. */
@Component
class MailRetention {

    private static final int BATCH = 1000;

    private final MailRows rows;
    private final MailSettings settings;
    private final MovableClock clock;

    MailRetention(MailRows rows, MailSettings settings, MovableClock clock) {
        this.rows = rows;
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(initialDelayString = "PT10M", fixedDelayString = "PT24H")
    void remove() {
        Instant before = clock.instant().minus(settings.keepFor());
        int removed = BATCH;
        while (removed == BATCH) {
            removed = rows.removeBefore(before, BATCH);
        }
    }
}
