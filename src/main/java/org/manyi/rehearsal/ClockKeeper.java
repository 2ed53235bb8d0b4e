package org.manyi.rehearsal;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.manyi.engine.EngineClock;
import org.manyi.engine.JobGate;
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

/**
 * Keeps the business clock's offset in the database, so that a restart and a second node show the same day. One node at a time moves it;
 * until it has done with it, no node's job executor takes jobs, for they belong to moments that the mover plays one after another.
 */
@Component
class ClockKeeper implements SmartInitializingSingleton, JobGate {

    private static final Logger log = LoggerFactory.getLogger(ClockKeeper.class);

    /** How long a mover that says nothing is believed to live; it says so every second. */
    private static final Duration LEASE = Duration.ofSeconds(20);

    private final JdbcClient jdbc;
    private final TransactionTemplate separately;
    private final MovableClock clock;
    private final EngineClock engineClock;
    private final String node = UUID.randomUUID().toString();
    private volatile boolean moving;

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
        if (moving) {
            lease("mover = :node");
        }
    }

    /**
     * Becomes the one node that moves the clock, until {@link #release()}; from now on no node takes jobs. What others have set before
     * is taken over.
     *
     * @return false when another node is moving it
     */
    boolean take() {
        moving = lease("mover is null or mover = :node or moving_until < :now");
        if (moving) {
            follow();
        }
        return moving;
    }

    /** Leaves the clock to others; jobs are taken again. */
    void release() {
        moving = false;
        separately.executeWithoutResult(
                status -> jdbc.sql("update clock set mover = null, moving_until = null where id = 1 and mover = :node")
                        .param("node", node)
                        .update());
    }

    private boolean lease(String condition) {
        OffsetDateTime now = clock.system().instant().atZone(MovableClock.ZONE).toOffsetDateTime();
        return Boolean.TRUE.equals(separately.execute(
                status -> jdbc.sql("update clock set mover = :node, moving_until = :until where id = 1 and (%s)"
                                        .formatted(condition))
                                .param("node", node)
                                .param("now", now)
                                .param("until", now.plus(LEASE))
                                .update()
                        == 1));
    }

    /**
     * The row is locked: whoever takes the clock waits for the jobs just being taken, and then sees them. A node that has not yet heard
     * of the last move would lock its jobs by a time that is past for the others.
     */
    @Override
    public boolean mayTakeJobs() {
        return jdbc.sql("select offset_millis, moving_until from clock where id = 1 for update")
                .query((row, n) -> {
                    OffsetDateTime until = row.getObject("moving_until", OffsetDateTime.class);
                    boolean still = until == null
                            || until.toInstant().isBefore(clock.system().instant());
                    return still
                            && row.getLong("offset_millis") == clock.offset().toMillis();
                })
                .single();
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
