package org.manyi.calendar;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.manyi.calendar.CalendarChanges.Source;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.ValidationException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a yearly file that somebody sent: in the layout of the shipped ones, or {@code {year, papers: [address], days: [{name, date, isOffDay}]}}. */
final class NoticeReader {

    private static final String FILE = "file";
    private static final int MOST_DAYS = 150;
    private static final int LONGEST_NAME = 60;
    private static final int LONGEST_TITLE = 200;

    private final JsonMapper json = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /**
     * Reads and checks.
     *
     * @param thisYear only its notice and the next one's are taken
     * @throws ValidationException naming the rule
     */
    HolidayYear read(byte[] bytes, Source source, int thisYear) {
        if (bytes.length > CalendarChanges.LARGEST) {
            throw refused("tooLong", "shared.problem.tooLarge");
        }
        JsonNode root;
        try {
            root = json.readTree(bytes);
        } catch (JacksonException e) {
            throw refused("malformed", "calendar.problem.json");
        }
        int year = root.path("year").asInt(0);
        if (year < thisYear || year > thisYear + 1) {
            throw refused("range", "calendar.problem.year", String.valueOf(thisYear), String.valueOf(thisYear + 1));
        }
        List<HolidayYear.Day> days = days(root.path("days"), year);
        return new HolidayYear(year, null, papers(root.path("papers"), source), days);
    }

    private static List<HolidayYear.Day> days(JsonNode list, int year) {
        if (!list.isArray() || list.isEmpty()) {
            throw refused("required", "calendar.problem.empty");
        }
        if (list.size() > MOST_DAYS) {
            throw refused("tooLong", "calendar.problem.tooMany", MOST_DAYS);
        }
        List<HolidayYear.Day> days = new ArrayList<>();
        Set<LocalDate> seen = new HashSet<>();
        for (JsonNode entry : list) {
            HolidayYear.Day day = day(entry);
            String text = day.date().toString();
            if (!seen.add(day.date())) {
                throw refused("duplicate", "calendar.problem.twice", text);
            }
            if (Math.abs(day.date().getYear() - year) > 1) {
                throw refused("range", "calendar.problem.otherYear", text);
            }
            if (!day.off() && !HolidayFiles.isWeekend(day.date())) {
                throw refused("range", "calendar.problem.makeUp", text);
            }
            days.add(day);
        }
        return days;
    }

    private static HolidayYear.Day day(JsonNode entry) {
        JsonNode off = entry.has("off") ? entry.path("off") : entry.path("isOffDay");
        String name = entry.path("name").asString("").strip();
        LocalDate date = date(entry.path("date").asString(""));
        if (date == null || name.isEmpty() || name.length() > LONGEST_NAME || !off.isBoolean()) {
            throw refused("malformed", "calendar.problem.day");
        }
        return new HolidayYear.Day(date, name, off.asBoolean());
    }

    private static List<HolidayYear.Paper> papers(JsonNode list, Source source) {
        List<HolidayYear.Paper> papers = new ArrayList<>();
        String address = null;
        for (JsonNode entry : list) {
            if (entry.isString()) {
                address = address == null ? web(entry.asString()) : address;
            } else {
                LocalDate issued = date(entry.path("issued").asString(""));
                String title = entry.path("title").asString("").strip();
                String number = entry.path("number").asString("").strip();
                if (issued == null
                        || title.isEmpty()
                        || number.isEmpty()
                        || title.length() > LONGEST_TITLE
                        || number.length() > LONGEST_NAME) {
                    throw refused("malformed", "calendar.problem.paper");
                }
                papers.add(new HolidayYear.Paper(
                        title, number, issued, web(entry.path("url").asString(""))));
            }
        }
        if (papers.isEmpty() && isTyped(source)) {
            papers.add(typed(source, address));
        }
        return papers;
    }

    private static boolean isTyped(Source source) {
        return !blank(source.title()) || !blank(source.number()) || source.issued() != null;
    }

    private static HolidayYear.Paper typed(Source source, String address) {
        List<FieldProblem> problems = new ArrayList<>();
        text("title", source.title(), LONGEST_TITLE, problems);
        text("number", source.number(), LONGEST_NAME, problems);
        if (source.issued() == null) {
            problems.add(FieldProblem.of("issued", "required", "shared.field.date"));
        }
        if (!problems.isEmpty()) {
            throw new ValidationException(problems);
        }
        return new HolidayYear.Paper(source.title().strip(), source.number().strip(), source.issued(), address);
    }

    private static void text(String field, String value, int longest, List<FieldProblem> problems) {
        if (blank(value)) {
            problems.add(FieldProblem.of(field, "required", "shared.field.required"));
        } else if (value.length() > longest) {
            problems.add(FieldProblem.of(field, "tooLong", "shared.field.tooLong", longest));
        }
    }

    private static boolean blank(String value) {
        return value == null || value.isBlank();
    }

    /** Only an address of the web may become a link. */
    private static String web(String address) {
        return address.startsWith("https://") || address.startsWith("http://") ? address : null;
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static ValidationException refused(String code, String key, Object... args) {
        return ValidationException.of(FILE, code, key, args);
    }
}
