package org.manyi;

import java.util.TimeZone;
import org.manyi.shared.MovableClock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.modulith.Modulithic;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Starts Manyi: the web application, or one of its maintenance commands when the first argument names one. */
@SpringBootApplication
@EnableScheduling
@Modulithic(systemName = "Manyi", sharedModules = "shared")
public class ManyiApplication {

    /**
     * Runs the program.
     *
     * @param args {@code check} compares the books and exits; nothing starts the server
     */
    public static void main(String[] args) {
        // Before anything reads the default zone: the engine caches it in static fields and its tables hold no zone.
        TimeZone.setDefault(TimeZone.getTimeZone(MovableClock.ZONE));
        SpringApplication.run(ManyiApplication.class, args);
    }
}
