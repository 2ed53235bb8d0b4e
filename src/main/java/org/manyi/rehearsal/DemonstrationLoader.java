package org.manyi.rehearsal;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.manyi.engine.EngineJobs;
import org.manyi.shared.MovableClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.stereotype.Component;

/** Loads the demonstration district into an empty database when the program starts, once, on one node. */
@Component
@ConditionalOnBooleanProperty(name = "manyi.demo")
@ConditionalOnBooleanProperty(name = "manyi.serving", matchIfMissing = true)
class DemonstrationLoader {

    private static final Logger log = LoggerFactory.getLogger(DemonstrationLoader.class);

    private final Demonstration demonstration;
    private final DemonstrationDistrict district;
    private final ClockKeeper keeper;
    private final MovableClock clock;
    private final EngineJobs jobs;

    DemonstrationLoader(
            Demonstration demonstration,
            DemonstrationDistrict district,
            ClockKeeper keeper,
            MovableClock clock,
            EngineJobs jobs) {
        this.demonstration = demonstration;
        this.district = district;
        this.keeper = keeper;
        this.clock = clock;
        this.jobs = jobs;
    }

    /**
     * Loads in a thread of its own, so that the server answers (not yet healthy) while it works. Of several nodes that start together one
     * loads: the one that takes the clock.
     */
    @EventListener(ApplicationReadyEvent.class)
    void loadOnce() {
        if (isLoaded()) {
            return;
        }
        if (keeper.take()) {
            begin();
        } else {
            inBackground(this::beginWhenTheOtherNodeDies);
        }
    }

    /** Asked until the database answers: people who come the moment the server listens may hold all its connections. */
    private boolean isLoaded() {
        while (true) {
            try {
                return demonstration
                        .state()
                        .filter(Demonstration.State.LOADED::equals)
                        .isPresent();
            } catch (CannotGetJdbcConnectionException e) {
                log.warn("Whether the demonstration is loaded cannot be seen yet: {}", e.getMessage());
            }
        }
    }

    private void beginWhenTheOtherNodeDies() {
        while (!keeper.take()) {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
        }
        if (demonstration.state().filter(Demonstration.State.LOADED::equals).isPresent()) {
            keeper.release();
        } else {
            begin();
        }
    }

    private void begin() {
        boolean interrupted = demonstration.state().isPresent();
        if (interrupted || !demonstration.isDatabaseEmpty()) {
            keeper.release();
            if (interrupted) {
                log.error(
                        "Loading the demonstration was interrupted earlier. Empty the database (on H2: remove the data directory) "
                                + "and start again.");
            }
            return;
        }
        demonstration.begin();
        inBackground(this::load);
    }

    private void inBackground(Runnable work) {
        Thread loader = new Thread(work, "demonstration");
        loader.setDaemon(true);
        loader.setUncaughtExceptionHandler((thread, e) -> log.error("The demonstration could not be loaded", e));
        loader.start();
    }

    private void load() {
        Instant started = clock.system().instant();
        try {
            jobs.awaitQuiet();
            demonstration.inFewWrites(() -> district.fill(started));
            keeper.set(Duration.ZERO);
            demonstration.complete();
            log.info(
                    "The demonstration is loaded in {} s",
                    Duration.between(started, clock.system().instant()).toSeconds());
        } finally {
            keeper.set(Duration.ZERO);
            keeper.release();
        }
    }
}
