package org.manyi.audit.web;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.manyi.audit.AuditEntry;
import org.manyi.audit.AuditQuery;
import org.manyi.audit.AuditReader;
import org.manyi.security.Accounts;
import org.manyi.security.NavigationEntry;
import org.manyi.security.Role;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.Slice;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The trail in pages, for the auditor, who reads and changes nothing. */
@Controller
class AuditPages {

    private static final int PAGE = 50;

    private final AuditReader trail;
    private final Accounts accounts;
    private final MessageSource messages;
    private final JsonMapper json;

    AuditPages(AuditReader trail, Accounts accounts, MessageSource messages, JsonMapper json) {
        this.trail = trail;
        this.accounts = accounts;
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
            return Stream.of(from, to, actor, type, object, event).anyMatch(value -> value != null);
        }

        String href(String cursor) {
            UriComponentsBuilder uri = UriComponentsBuilder.fromPath("/audit");
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("from", from);
            values.put("to", to);
            values.put("actor", actor);
            values.put("type", type);
            values.put("object", object);
            values.put("event", event);
            values.put("cursor", cursor);
            values.values().removeIf(value -> value == null);
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
        Slice<AuditEntry> entries = trail.list(new AuditQuery(
                from, to, filters.actor(), filters.type(), filters.object(), filters.event(), cursor, PAGE));
        Map<String, String> names = accounts.names(entries.items().stream()
                .map(AuditEntry::actor)
                .filter(username -> username != null)
                .distinct()
                .toList());
        model.addAttribute("entries", entries.map(entry -> shown(entry, names)));
        model.addAttribute("filters", filters);
        model.addAttribute("events", choices(trail.events(), "audit.event."));
        model.addAttribute("types", choices(trail.objectTypes(), "audit.object."));
        model.addAttribute("firstHref", cursor == null ? null : filters.href(null));
        model.addAttribute("nextHref", entries.nextCursor() == null ? null : filters.href(entries.nextCursor()));
        return "audit/list";
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
