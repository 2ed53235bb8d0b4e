package org.manyi.rehearsal;

import java.time.Duration;
import java.time.Instant;
import org.manyi.engine.EngineClock;
import org.manyi.shared.MovableClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Keeps the business clock's offset in the database, so that a restart and a second node show the same day. */
@Component
class ClockKeeper implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(ClockKeeper.class);

    private final JdbcClient jdbc;
    private final TransactionTemplate separately;
    private final MovableClock clock;
    private final EngineClock engineClock;

    ClockKeeper(JdbcClient jdbc, PlatformTransactionManager transactions, MovableClock clock, EngineClock engineClock) {
        this.jdbc = jdbc;
        this.separately = new TransactionTemplate(transactions);
        this.separately.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.clock = clock;
        this.engineClock = engineClock;
    }

    @Override
    public void afterSingletonsInstantiated() {
        follow();
    }

    /** Takes over what another node has set. */
    @Scheduled(fixedDelay = 1000, initialDelay = 1000)
    synchronized void follow() {
        Duration kept = Duration.ofMillis(jdbc.sql("select offset_millis from clock where id = 1")
                .query(Long.class)
                .single());
        if (!kept.equals(clock.offset())) {
            engineClock.moveTo(kept);
            log.info("The business clock is {} from system time", kept);
        }
    }

    /** Sets the clock to an instant, here and in the database, at once. */
    void set(Instant to) {
        set(Duration.between(clock.system().instant(), to));
    }

    /** Sets the clock's distance from system time, here and in the database, at once. */
    synchronized void set(Duration offset) {
        // Kept before it is shown: whoever follows in between must not take the old one for news.
        separately.executeWithoutResult(status -> jdbc.sql("update clock set offset_millis = :offset where id = 1")
                .param("offset", offset.toMillis())
                .update());
        engineClock.moveTo(Duration.ofMillis(offset.toMillis()));
    }
}
