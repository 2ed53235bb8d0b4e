package org.manyi;

import java.util.Map;
import java.util.TimeZone;
import org.manyi.inbox.InboxBooks;
import org.manyi.rehearsal.Books;
import org.manyi.shared.MovableClock;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.modulith.Modulithic;

/** Starts Manyi: the web application, or one of its maintenance commands when the first argument names one. */
// Accounts are ours; without this, Spring Boot makes a user of its own with a password in the log.
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
@Modulithic(systemName = "Manyi", sharedModules = "shared")
public class ManyiApplication {

    /** A command starts the rooms but none of their work; nothing is loaded and no administrator is made. */
    private static final Map<String, Object> OUT_OF_SERVICE = Map.of(
            "manyi.demo", true,
            "manyi.serving", false,
            "manyi.scheduling", false,
            "camunda.bpm.job-execution.enabled", false,
            "logging.level.root", "warn");

    /**
     * Runs the program.
     *
     * @param args {@code check} compares the books, prints every difference and exits with 1 if there is any;
     *     {@code repair-inbox} makes the inbox agree with the engine's open tasks and prints how many it mended; nothing starts
     *     the server
     */
    public static void main(String[] args) {
        // Before anything reads the default zone: the engine caches it in static fields and its tables hold no zone.
        TimeZone.setDefault(TimeZone.getTimeZone(MovableClock.ZONE));
        if (args.length > 0 && args[0].equals("check")) {
            System.exit(check());
        }
        if (args.length > 0 && args[0].equals("repair-inbox")) {
            repairInbox();
            System.exit(0);
        }
        SpringApplication.run(ManyiApplication.class, args);
    }

    private static int check() {
        try (ConfigurableApplicationContext context = outOfService()) {
            Books.Findings findings = context.getBean(Books.class).check();
            findings.lines().forEach(System.out::println);
            return findings.sound() ? 0 : 1;
        }
    }

    private static void repairInbox() {
        try (ConfigurableApplicationContext context = outOfService()) {
            System.out.println(context.getBean(InboxBooks.class).repair());
        }
    }

    private static ConfigurableApplicationContext outOfService() {
        return new SpringApplicationBuilder(ManyiApplication.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .properties(OUT_OF_SERVICE)
                .run();
    }
}
