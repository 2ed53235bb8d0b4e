package org.manyi.audit.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.manyi.audit.AuditEntry;
import org.manyi.audit.AuditExported;
import org.manyi.audit.AuditQuery;
import org.manyi.audit.AuditReader;
import org.manyi.audit.AuditSeals;
import org.manyi.security.Accounts;
import org.manyi.security.CurrentUsers;
import org.manyi.security.NavigationEntry;
import org.manyi.security.Role;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.SafeCsv;
import org.manyi.shared.Slice;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The trail in pages, for the auditor, who reads and changes nothing. */
@Controller
class AuditPages {

    private static final int PAGE = 50;

    private static final List<String> COLUMNS = List.of(
            "audit.number",
            "audit.at",
            "audit.recordedAt",
            "audit.actor.username",
            "audit.ip",
            "audit.object",
            "audit.key",
            "audit.event.code",
            "audit.event",
            "audit.result",
            "audit.detail",
            "audit.seal");

    private final AuditReader trail;
    private final Accounts accounts;
    private final AuditSeals seals;
    private final CurrentUsers users;
    private final MovableClock clock;
    private final ApplicationEventPublisher events;
    private final MessageSource messages;
    private final JsonMapper json;

    AuditPages(
            AuditReader trail,
            Accounts accounts,
            AuditSeals seals,
            CurrentUsers users,
            MovableClock clock,
            ApplicationEventPublisher events,
            MessageSource messages,
            JsonMapper json) {
        this.trail = trail;
        this.accounts = accounts;
        this.seals = seals;
        this.users = users;
        this.clock = clock;
        this.events = events;
        this.messages = messages;
        this.json = json;
    }

    @Bean
    static NavigationEntry auditEntry() {
        return NavigationEntry.of("audit", "/audit", "audit.title", "history", 90, Set.of(Role.AUDITOR));
    }

    /** A value that a select offers. */
    record Choice(String value, String label) {}

    /**
     * An entry as shown.
     *
     * @param who the actor's name, or the system's
     * @param facts the detail, one line a value
     */
    record Shown(AuditEntry entry, String who, String event, String object, Map<String, String> facts) {}

    /** What the list is filtered by; null where it is not. */
    record Filters(LocalDate from, LocalDate to, String actor, String type, String object, String event) {

        public boolean any() {
            return !values().isEmpty();
        }

        /** Those that are set, by the name of their field. */
        public Map<String, Object> values() {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("from", from);
            values.put("to", to);
            values.put("actor", actor);
            values.put("type", type);
            values.put("object", object);
            values.put("event", event);
            values.values().removeIf(value -> value == null);
            values.replaceAll((name, value) -> value.toString());
            return values;
        }

        AuditQuery query(String cursor, int size) {
            return new AuditQuery(from, to, actor, type, object, event, cursor, size);
        }

        String href(String cursor) {
            UriComponentsBuilder uri = UriComponentsBuilder.fromPath("/audit");
            Map<String, Object> values = values();
            if (cursor != null) {
                values.put("cursor", cursor);
            }
            values.keySet().forEach(name -> uri.queryParam(name, "{" + name + "}"));
            return uri.encode().buildAndExpand(values).toUriString();
        }
    }

    @GetMapping("/audit")
    String list(
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate from,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate to,
            @RequestParam(required = false) String actor,
            @RequestParam(required = false) String type,
            @RequestParam(required = false) String object,
            @RequestParam(required = false) String event,
            @RequestParam(required = false) String cursor,
            Model model) {
        Filters filters =
                new Filters(from, to, blankToNull(actor), blankToNull(type), blankToNull(object), blankToNull(event));
        Slice<AuditEntry> entries = trail.list(filters.query(cursor, PAGE));
        Map<String, String> names = accounts.names(entries.items().stream()
                .map(AuditEntry::actor)
                .filter(username -> username != null)
                .distinct()
                .toList());
        model.addAttribute("entries", entries.map(entry -> shown(entry, names)));
        model.addAttribute("filters", filters);
        model.addAttribute("seals", seals.state());
        model.addAttribute("events", choices(trail.events(), "audit.event."));
        model.addAttribute("types", choices(trail.objectTypes(), "audit.object."));
        model.addAttribute("firstHref", cursor == null ? null : filters.href(null));
        model.addAttribute("nextHref", entries.nextCursor() == null ? null : filters.href(entries.nextCursor()));
        return "audit/list";
    }

    /** A download of everything that the filters let through; a POST, for the trail keeps that it was taken. */
    @PostMapping("/audit/export")
    void export(
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate from,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate to,
            @RequestParam(required = false) String actor,
            @RequestParam(required = false) String type,
            @RequestParam(required = false) String object,
            @RequestParam(required = false) String event,
            HttpServletResponse response)
            throws IOException {
        Filters filters =
                new Filters(from, to, blankToNull(actor), blankToNull(type), blankToNull(object), blankToNull(event));
        events.publishEvent(new AuditExported(clock.instant(), users.require().username(), filters.values()));
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename("audit-" + clock.today() + ".csv")
                        .build()
                        .toString());
        SafeCsv.write(
                response.getOutputStream(),
                COLUMNS.stream().map(column -> text(column, null)).toList(),
                () -> StreamSupport.stream(trail.all(filters.query(null, PAGE)).spliterator(), false)
                        .map(this::line)
                        .iterator());
    }

    private List<String> line(AuditEntry entry) {
        return Arrays.asList(
                Long.toString(entry.id()),
                exact(entry.at()),
                exact(entry.recordedAt()),
                entry.actor(),
                entry.ip(),
                entry.objectType(),
                entry.objectKey(),
                entry.event(),
                text("audit.event." + entry.event(), entry.event()),
                text(entry.success() ? "audit.result.done" : "audit.result.refused", null),
                entry.detail(),
                entry.seal() == null ? null : entry.seal().toString());
    }

    private static String exact(Instant instant) {
        return instant.atZone(MovableClock.ZONE).toOffsetDateTime().toString();
    }

    @GetMapping("/audit/{id}")
    String show(@PathVariable long id, Model model) {
        AuditEntry entry = trail.find(id).orElseThrow(NotFoundException::new);
        Map<String, String> names = entry.actor() == null ? Map.of() : accounts.names(List.of(entry.actor()));
        model.addAttribute("item", shown(entry, names));
        return "audit/entry";
    }

    private Shown shown(AuditEntry entry, Map<String, String> names) {
        String who = who(entry, names);
        return new Shown(
                entry,
                who,
                text("audit.event." + entry.event(), entry.event()),
                text("audit.object." + entry.objectType(), entry.objectType()),
                facts(entry.detail()));
    }

    /** Whoever was not let in has no name but an address. */
    private String who(AuditEntry entry, Map<String, String> names) {
        if (entry.actor() != null) {
            return names.getOrDefault(entry.actor(), entry.actor());
        }
        return text(entry.ip() == null ? "audit.system" : "audit.stranger", null);
    }

    private Map<String, String> facts(String detail) {
        Map<String, String> facts = new LinkedHashMap<>();
        json.readTree(detail)
                .properties()
                .forEach(field -> facts.put(
                        text("audit.detail." + field.getKey(), field.getKey()),
                        value(field.getKey(), field.getValue())));
        return facts;
    }

    private String value(String name, JsonNode value) {
        return value.isValueNode()
                ? text("audit.value." + name + "." + value.asString(), value.asString())
                : value.toString();
    }

    private List<Choice> choices(List<String> values, String prefix) {
        return values.stream()
                .map(value -> new Choice(value, text(prefix + value, value)))
                .sorted(Comparator.comparing(Choice::label))
                .toList();
    }

    private String text(String key, String fallback) {
        return messages.getMessage(key, null, fallback, LocaleContextHolder.getLocale());
    }

    private static String blankToNull(String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
