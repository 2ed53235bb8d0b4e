package org.manyi.notification;

import java.time.Duration;
import java.time.Instant;
import org.manyi.shared.MovableClock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Removes notices that have been kept long enough. */
@Component
class NoticeRetention {

    private static final int BATCH = 1000;

    private final NoticeRows rows;
    private final MovableClock clock;
    private final Duration keepFor;

    NoticeRetention(
            NoticeRows rows, MovableClock clock, @Value("${manyi.notification.keep-for:180d}") Duration keepFor) {
        this.rows = rows;
        this.clock = clock;
        this.keepFor = keepFor;
    }

    @Scheduled(initialDelayString = "PT12M", fixedDelayString = "PT24H")
    void remove() {
        Instant before = clock.instant().minus(keepFor);
        int removed = BATCH;
        while (removed == BATCH) {
            removed = rows.removeBefore(before, BATCH);
        }
    }
}
