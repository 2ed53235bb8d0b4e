package org.manyi.notification.web;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.manyi.notification.ToldLog;
import org.manyi.shared.Slice;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** What was told to whom, for the system administrator and the auditor. */
@Controller
class ToldPages {

    private static final int PAGE = 50;

    private final ToldLog log;
    private final NoticeTexts texts;

    ToldPages(ToldLog log, NoticeTexts texts) {
        this.log = log;
        this.texts = texts;
    }

    /** Something told to somebody, in words. */
    record Row(String name, String username, NoticeTexts.Line line) {}

    /** What the list is filtered by; empty where it is not. */
    record Filters(String person, String number, String day) {}

    @GetMapping("/told")
    String list(
            @RequestParam(defaultValue = "") String person,
            @RequestParam(defaultValue = "") String number,
            @RequestParam(defaultValue = "") String day,
            @RequestParam(required = false) String cursor,
            Locale locale,
            Model model) {
        Filters filters = new Filters(person.strip(), number.strip(), day.strip());
        Slice<ToldLog.Entry> found = log.list(
                nullIfEmpty(filters.person()), nullIfEmpty(filters.number()), day(filters.day()), cursor, PAGE);
        List<NoticeTexts.Line> lines =
                texts.of(found.items().stream().map(ToldLog.Entry::notice).toList(), locale);
        model.addAttribute("found", found);
        model.addAttribute(
                "rows",
                IntStream.range(0, lines.size())
                        .mapToObj(i -> new Row(
                                found.items().get(i).name(),
                                found.items().get(i).notice().username(),
                                lines.get(i)))
                        .toList());
        model.addAttribute("filters", filters);
        model.addAttribute("firstHref", cursor == null ? null : href(filters, null));
        model.addAttribute("nextHref", found.nextCursor() == null ? null : href(filters, found.nextCursor()));
        return "notification/told";
    }

    private static String href(Filters filters, String cursor) {
        UriComponentsBuilder uri = UriComponentsBuilder.fromPath("/told");
        add(uri, "person", filters.person());
        add(uri, "number", filters.number());
        add(uri, "day", filters.day());
        add(uri, "cursor", cursor);
        return uri.encode().toUriString();
    }

    private static void add(UriComponentsBuilder uri, String name, String value) {
        if (value != null && !value.isEmpty()) {
            uri.queryParam(name, value);
        }
    }

    private static String nullIfEmpty(String typed) {
        return typed.isEmpty() ? null : typed;
    }

    /** Null for none and for what is no day. */
    private static LocalDate day(String typed) {
        try {
            return typed.isEmpty() ? null : LocalDate.parse(typed);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
