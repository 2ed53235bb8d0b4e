package org.manyi;

import java.nio.file.Path;
import java.util.List;
import java.util.TimeZone;
import java.util.function.IntSupplier;
import org.manyi.backup.BackupCommand;
import org.manyi.backup.BackupRefusedException;
import org.manyi.backup.Backups;
import org.manyi.backup.Restorer;
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
import org.springframework.context.annotation.Configuration;
import org.springframework.modulith.Modulithic;

/** Starts Manyi: the web application, or one of its maintenance commands when the first argument names one. */
// Accounts are ours; without this, Spring Boot makes a user of its own with a password in the log.
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
@Modulithic(systemName = "Manyi", sharedModules = "shared")
public class ManyiApplication {

    /** A command starts the rooms but none of their work; nothing is loaded and no administrator is made. */
    // As arguments, for what is given as default properties gives way to application.yaml.
    private static final String[] OUT_OF_SERVICE = {
        "--manyi.demo=true",
        "--manyi.serving=false",
        "--manyi.scheduling=false",
        "--camunda.bpm.job-execution.enabled=false",
        "--logging.level.root=warn"
    };

    /**
     * Runs the program.
     *
     * @param args {@code check} compares the books, prints every difference and exits with 1 if there is any;
     *     {@code repair-inbox} makes the inbox agree with the engine's open tasks and prints how many it mended;
     *     {@code backup FILE} copies everything into a file, also while Manyi runs; {@code restore FILE} fills an empty Manyi
     *     from one and compares the books; none starts the server
     */
    public static void main(String[] args) {
        // Before anything reads the default zone: the engine caches it in static fields and its tables hold no zone.
        TimeZone.setDefault(TimeZone.getTimeZone(MovableClock.ZONE));
        if (args.length > 0 && args[0].equals("check")) {
            System.exit(told(() -> unserved(ManyiApplication::check)));
        }
        if (args.length > 0 && args[0].equals("repair-inbox")) {
            System.exit(told(() -> unserved(ManyiApplication::repairInbox)));
        }
        if (args.length == 2 && args[0].equals("backup")) {
            System.exit(told(() -> backup(Path.of(args[1]).toAbsolutePath())));
        }
        if (args.length == 2 && args[0].equals("restore")) {
            System.exit(told(() -> unserved(() -> restore(Path.of(args[1]).toAbsolutePath()))));
        }
        if (args.length > 0 && List.of("backup", "restore").contains(args[0])) {
            System.err.println("Name one file: " + args[0] + " FILE");
            System.exit(2);
        }
        SpringApplication.run(ManyiApplication.class, args);
    }

    private static int check() {
        // What is compared is read by SQL: only the parts that read it are made.
        try (ConfigurableApplicationContext context = start(ManyiApplication.class, true)) {
            return context.getBean(Books.class).check(System.out::println) ? 0 : 1;
        }
    }

    /** The settings without the rooms; enough to see who has the database. */
    @Configuration(proxyBeanMethods = false)
    static class SettingsOnly {}

    private static int backup(Path file) {
        Backups.Made made = null;
        try (ConfigurableApplicationContext settings = start(SettingsOnly.class)) {
            if (BackupCommand.isServed(settings.getEnvironment())) {
                Path directory = Path.of(settings.getEnvironment().getRequiredProperty("manyi.backup.directory"));
                made = BackupCommand.ask(directory.toAbsolutePath(), file);
            }
        }
        if (made == null) {
            try (ConfigurableApplicationContext context = start(ManyiApplication.class)) {
                made = context.getBean(Backups.class).make(file);
            }
        }
        System.out.printf("%s: %d rows, %d files, %d bytes%n", file, made.rows(), made.files(), made.bytes());
        System.out.println("The data key is not in it: keep MANYI_KEY or manyi.key elsewhere.");
        made.damaged().forEach(id -> System.out.println("   attachment " + id + " was lost or changed already"));
        return made.damaged().isEmpty() ? 0 : 1;
    }

    private static int restore(Path file) {
        try (ConfigurableApplicationContext context = start(ManyiApplication.class)) {
            Restorer.Restored restored = context.getBean(Restorer.class).restore(file);
            System.out.printf(
                    "%s: %d rows and %d files (%d bytes) restored%n",
                    file, restored.rows(), restored.files(), restored.bytes());
            restored.damaged()
                    .forEach(id -> System.out.println("   attachment " + id + " was lost or changed already"));
        }
        return check();
    }

    private static int told(IntSupplier command) {
        try {
            return command.getAsInt();
        } catch (BackupRefusedException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }

    private static int unserved(IntSupplier command) {
        try (ConfigurableApplicationContext settings = start(SettingsOnly.class)) {
            if (BackupCommand.isServed(settings.getEnvironment())) {
                System.err.println(
                        "A running Manyi has the database open. Stop it first; H2 lets one program in at a time.");
                return 1;
            }
        }
        return command.getAsInt();
    }

    private static int repairInbox() {
        try (ConfigurableApplicationContext context = start(ManyiApplication.class)) {
            System.out.println(context.getBean(InboxBooks.class).repair());
        }
        return 0;
    }

    private static ConfigurableApplicationContext start(Class<?> rooms) {
        return start(rooms, false);
    }

    private static ConfigurableApplicationContext start(Class<?> rooms, boolean lazily) {
        return new SpringApplicationBuilder(rooms)
                .web(WebApplicationType.NONE)
                .lazyInitialization(lazily)
                .bannerMode(Banner.Mode.OFF)
                .run(OUT_OF_SERVICE);
    }
}
