package org.manyi.calendar;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the yearly files: the shipped ones, and over them those in the data directory, so that a notice that comes out between
 * releases needs no new release. A file that breaks a rule stops the start, for a wrong deadline is worse than none.
 */
final class HolidayFiles {

    /** Days off on a weekday less make-up days, as every notice has kept it since the 13 statutory days of 2025. */
    static final int STATUTORY_DAYS = 13;

    private static final int STATUTORY_DAYS_SINCE = 2025;
    private static final Pattern NAME = Pattern.compile("(\\d{4})\\.json");
    private static final Logger log = LoggerFactory.getLogger(HolidayFiles.class);

    private final JsonMapper json = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();
    private final Path local;

    /**
     * Files of this directory win over the shipped ones of the same year.
     *
     * @param local need not exist
     */
    HolidayFiles(Path local) {
        this.local = local;
    }

    /**
     * Reads and checks all files.
     *
     * @throws IllegalStateException when one breaks a rule, naming the file and the rule
     */
    HolidayYears load() {
        Map<Integer, HolidayYear> years = new TreeMap<>();
        try {
            for (Resource shipped :
                    new PathMatchingResourcePatternResolver().getResources("classpath*:calendar/*.json")) {
                try (InputStream bytes = shipped.getInputStream()) {
                    HolidayYear year = read(shipped.getFilename(), bytes);
                    years.put(year.year(), year);
                }
            }
            if (Files.isDirectory(local)) {
                try (var files = Files.newDirectoryStream(local, "*.json")) {
                    for (Path file : files) {
                        try (InputStream bytes = Files.newInputStream(file)) {
                            HolidayYear year = read(file.getFileName().toString(), bytes);
                            years.put(year.year(), year);
                            log.info("The holidays of {} come from the data directory", year.year());
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The yearly holiday files cannot be read", e);
        }
        years.values()
                .forEach(year -> log.info(
                        "Holidays of {}: {}, {} days",
                        year.year(),
                        year.state(),
                        year.days().size()));
        return new HolidayYears(years.values());
    }

    /**
     * Reads and checks one file.
     *
     * @param name the file's name, {@code <year>.json}
     */
    HolidayYear read(String name, InputStream bytes) {
        Matcher matcher = NAME.matcher(name);
        require(matcher.matches(), name, "the name is not <year>.json");
        HolidayYear year;
        try {
            year = json.readValue(bytes, HolidayYear.class);
        } catch (JacksonException e) {
            throw new IllegalStateException("Holiday file " + name + ": " + e.getOriginalMessage(), e);
        }
        require(year.year() == Integer.parseInt(matcher.group(1)), name, "the year is not the name's");
        check(name, year);
        return year;
    }

    private static void check(String name, HolidayYear year) {
        for (HolidayYear.Paper paper : year.papers()) {
            require(
                    paper.title() != null && paper.number() != null && paper.issued() != null,
                    name,
                    "a paper lacks its title, number or date of issue");
        }
        Set<LocalDate> seen = new HashSet<>();
        for (HolidayYear.Day day : year.days()) {
            require(
                    day.date() != null && day.name() != null && !day.name().isBlank(),
                    name,
                    "a day lacks its date or name");
            require(seen.add(day.date()), name, day.date() + " stands there twice");
            require(
                    !day.date().isBefore(LocalDate.of(year.year() - 1, 12, 1))
                            && day.date().getYear() <= year.year(),
                    name,
                    day.date() + " is not of this year nor of the December before");
            require(
                    day.off() || isWeekend(day.date()),
                    name,
                    day.date() + " is a make-up day, but no Saturday or Sunday");
        }
        int balance = year.balance();
        if (year.days().isEmpty()) {
            log.warn("Holiday file {} is empty: the year's holidays count as unknown", name);
        } else if (year.year() >= STATUTORY_DAYS_SINCE && balance != STATUTORY_DAYS) {
            log.warn(
                    "Holiday file {}: {} days off on weekdays beyond the make-up days, {} expected; please compare with the notice",
                    name,
                    balance,
                    STATUTORY_DAYS);
        }
    }

    static boolean isWeekend(LocalDate date) {
        return date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY;
    }

    private static void require(boolean sound, String name, String rule) {
        if (!sound) {
            throw new IllegalStateException("Holiday file " + name + ": " + rule);
        }
    }
}
