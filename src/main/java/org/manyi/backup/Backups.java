package org.manyi.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.manyi.security.CurrentUser;
import org.manyi.shared.MovableClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/**
 * Makes backups: the daily one, those that the system administrator asks for on the page, and those that the command {@code backup} asks
 * for by a file in the directory of backups, since a running Manyi on H2 alone can read its database.
 */
@Service
public class Backups {

    /** A request of the command: {@code ask-UUID}; it becomes {@code .taken}, then {@code .zip} and {@code .done}, or {@code .failed}. */
    static final String ASKED = "ask-";

    private static final Logger LOG = LoggerFactory.getLogger(Backups.class);
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("uuuu-MM-dd-HHmmss", Locale.ROOT);
    private static final int SHOWN = 30;

    private final BackupSettings settings;
    private final BackupRuns runs;
    private final ArchiveWriter writer;
    private final MovableClock clock;
    private final ApplicationEventPublisher events;

    Backups(
            BackupSettings settings,
            BackupRuns runs,
            ArchiveWriter writer,
            MovableClock clock,
            ApplicationEventPublisher events) {
        this.settings = settings;
        this.runs = runs;
        this.writer = writer;
        this.clock = clock;
        this.events = events;
    }

    /**
     * What a backup holds.
     *
     * @param rows of all tables
     * @param files how many
     * @param bytes of the archive
     * @param damaged files that were lost or changed already, never null
     */
    public record Made(long rows, long files, long bytes, List<String> damaged) {}

    /**
     * Writes a backup here and now.
     *
     * @param file must not exist
     * @throws BackupRefusedException when it cannot be written; then there is no such file
     */
    public Made make(Path file) {
        Summary summary = make(file, null, () -> {});
        return new Made(summary.rows(), summary.files(), size(file), summary.damaged());
    }

    /** Asks for a backup, which some node takes up within seconds; while one waits it is that one. */
    public void request(CurrentUser user) {
        boolean waiting = runs.latest(SHOWN).stream().anyMatch(run -> run.state() == BackupRun.State.WAITING);
        if (!waiting) {
            runs.request("asked:" + UUID.randomUUID(), user.username());
        }
    }

    /** The backups of late, the newest first. */
    public List<BackupRun> latest() {
        return runs.latest(SHOWN);
    }

    /** Where this node leaves them; never null. */
    public Path directory() {
        return settings.directory().toAbsolutePath().normalize();
    }

    /** Asks for the daily backup once its time has come; all nodes together make one. */
    @Scheduled(initialDelayString = "PT15M", fixedDelayString = "PT5M")
    void requestDaily() {
        LocalDateTime now = LocalDateTime.ofInstant(clock.system().instant(), MovableClock.ZONE);
        String key = "day:" + now.toLocalDate();
        if (settings.dailyAt() != null && !now.toLocalTime().isBefore(settings.dailyAt()) && !runs.isKnown(key)) {
            runs.request(key, null);
        }
    }

    /** Makes what was asked for. */
    @Scheduled(initialDelay = 2000, fixedDelay = 2000)
    void work() {
        runs.takeNext().ifPresent(this::make);
        try {
            answerCommands();
        } catch (IOException e) {
            LOG.warn("The directory of backups cannot be read", e);
        }
    }

    private void make(BackupRun run) {
        String name = "manyi-%s.zip"
                .formatted(NAME.format(LocalDateTime.ofInstant(clock.system().instant(), MovableClock.ZONE)));
        Path file = directory().resolve(name);
        try {
            Files.createDirectories(directory());
            Summary summary = make(file, run.requestedBy(), () -> runs.beAlive(run.id()));
            runs.made(run.id(), name, summary, size(file));
            LOG.info("Backup {}: {} rows, {} files", name, summary.rows(), summary.files());
            removeOld();
        } catch (IOException | RuntimeException e) {
            LOG.error("The backup failed", e);
            runs.failed(run.id(), "failed");
        }
    }

    private Summary make(Path file, String username, Runnable alive) {
        String name = String.valueOf(file.getFileName());
        try {
            Summary summary = writer.write(file, alive);
            tell(username, name, true, Map.of("rows", summary.rows(), "files", summary.files()));
            return summary;
        } catch (BackupRefusedException e) {
            tell(username, name, false, Map.of());
            throw e;
        }
    }

    private void tell(String username, String name, boolean success, Map<String, Object> detail) {
        events.publishEvent(new BackupMade(clock.instant(), username, name, success, detail));
    }

    /** Only what bears a name of ours goes. */
    private void removeOld() throws IOException {
        List<Path> own = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory(), "manyi-????-??-??-??????.zip")) {
            found.forEach(own::add);
        }
        own.sort(Comparator.comparing(Path::getFileName).reversed());
        for (Path old : own.subList(Math.min(settings.keep(), own.size()), own.size())) {
            Files.delete(old);
            LOG.info("Removed the old backup {}", old.getFileName());
        }
    }

    private void answerCommands() throws IOException {
        if (!Files.isDirectory(directory())) {
            return;
        }
        List<Path> asked = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory(), ASKED + "*")) {
            found.forEach(file -> {
                if (!file.getFileName().toString().contains(".")) {
                    asked.add(file);
                }
            });
        }
        for (Path request : asked) {
            answer(request);
        }
    }

    private void answer(Path request) throws IOException {
        String name = request.getFileName().toString();
        Files.move(request, request.resolveSibling(name + ".taken"));
        Path archive = request.resolveSibling(name + ".zip");
        try {
            Made made = make(archive);
            List<String> lines = new ArrayList<>();
            lines.add(made.rows() + " " + made.files() + " " + made.bytes());
            lines.addAll(made.damaged());
            write(request.resolveSibling(name + ".done"), lines);
        } catch (BackupRefusedException e) {
            LOG.error("The backup that the command asked for failed", e);
            write(request.resolveSibling(name + ".failed"), List.of(String.valueOf(e.getMessage())));
        }
    }

    private static void write(Path file, List<String> lines) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.write(part, lines, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
        Files.move(part, file);
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
