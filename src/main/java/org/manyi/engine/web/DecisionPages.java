package org.manyi.engine.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.manyi.engine.DecisionTable;
import org.manyi.engine.DecisionTables;
import org.manyi.engine.DecisionTables.Entry;
import org.manyi.engine.DecisionTables.Version;
import org.manyi.security.Accounts;
import org.manyi.security.CurrentUsers;
import org.manyi.security.Role;
import org.manyi.shared.ConflictException;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.ProblemException;
import org.manyi.shared.ValidationException;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The decision tables: what is in force, what was before, and what the program ships; the system administrator puts one back. */
@Controller
class DecisionPages {

    private static final String LIST = "/decisions";

    private final DecisionTables tables;
    private final CurrentUsers users;
    private final Accounts accounts;
    private final MessageSource messages;

    DecisionPages(DecisionTables tables, CurrentUsers users, Accounts accounts, MessageSource messages) {
        this.tables = tables;
        this.users = users;
        this.accounts = accounts;
        this.messages = messages;
    }

    /** A table in the list. */
    record Item(String key, String name, int rules, Version inForce, boolean drafted, boolean newlyShipped) {}

    @GetMapping(LIST)
    String list(Locale locale, Model model) {
        List<Entry> all = tables.all();
        model.addAttribute(
                "tables",
                all.stream()
                        .map(entry -> new Item(
                                entry.key(),
                                messages.getMessage(entry.subject().nameKey(), null, locale),
                                entry.inForce().table().rules().size(),
                                entry.inForce(),
                                entry.draft() != null,
                                entry.newlyShipped()))
                        .toList());
        model.addAttribute("names", names(all.stream().map(Entry::inForce).toList()));
        return "engine/decisions";
    }

    private Map<String, String> names(List<Version> versions) {
        return accounts.names(versions.stream()
                .map(Version::by)
                .filter(Objects::nonNull)
                .distinct()
                .toList());
    }

    @GetMapping(LIST + "/{key}")
    String show(@PathVariable String key, Locale locale, Model model) {
        Entry entry = tables.find(key);
        frame(entry, locale, model);
        List<Version> versions = tables.versions(key);
        model.addAttribute("versions", versions);
        model.addAttribute(
                "names",
                accounts.names(Stream.concat(
                                versions.stream().map(Version::by),
                                Stream.ofNullable(entry.draft()).map(DecisionTables.Draft::by))
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList()));
        table(entry, entry.inForce().table(), locale, model);
        return "engine/decision";
    }

    private void frame(Entry entry, Locale locale, Model model) {
        model.addAttribute("entry", entry);
        model.addAttribute("name", messages.getMessage(entry.subject().nameKey(), null, locale));
        model.addAttribute("mayChange", users.require().is(Role.SYSADMIN));
    }

    private void table(Entry entry, DecisionTable table, Locale locale, Model model) {
        DecisionRows rows = new DecisionRows(entry.subject(), messages, locale);
        model.addAttribute("labels", rows.labels());
        model.addAttribute("rules", rows.rows(table, tables.covered(entry.key(), table), null));
    }

    @GetMapping(LIST + "/{key}/versions/{number}")
    String version(@PathVariable String key, @PathVariable int number, Locale locale, Model model) {
        return showVersion(key, number, locale, model);
    }

    private String showVersion(String key, int number, Locale locale, Model model) {
        Entry entry = tables.find(key);
        Version version = tables.version(key, number);
        frame(entry, locale, model);
        model.addAttribute("version", version);
        model.addAttribute("names", names(List.of(version)));
        if (number > 1) {
            compare(entry, tables.version(key, number - 1).table(), version.table(), locale, model);
        }
        table(entry, version.table(), locale, model);
        return "engine/decision-version";
    }

    private void compare(Entry entry, DecisionTable before, DecisionTable after, Locale locale, Model model) {
        DecisionRows rows = new DecisionRows(entry.subject(), messages, locale);
        model.addAttribute("differences", rows.differing(tables.differences(before, after)));
    }

    /** What the program ships, beside what is in force. */
    @GetMapping(LIST + "/{key}/shipped")
    String shipped(@PathVariable String key, Locale locale, Model model) {
        Entry entry = tables.find(key);
        DecisionTable shipped = tables.shipped(key);
        frame(entry, locale, model);
        compare(entry, entry.inForce().table(), shipped, locale, model);
        table(entry, shipped, locale, model);
        return "engine/decision-shipped";
    }

    @PostMapping(LIST + "/{key}/versions/{number}/restore")
    String restore(
            @PathVariable String key,
            @PathVariable int number,
            @RequestParam int inForce,
            @RequestParam(required = false) String reason,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        try {
            int made = tables.restore(key, number, inForce, reason, users.require());
            redirect.addFlashAttribute(
                    "flash", messages.getMessage("engine.decision.said.published", new Object[] {made}, locale));
            return "redirect:" + LIST + "/" + key;
        } catch (ValidationException | ConflictException e) {
            refused(e, model, response);
            model.addAttribute("reason", reason);
            return showVersion(key, number, locale, model);
        }
    }

    /** Puts what was refused at the head of the page that is shown again. */
    static void refused(ProblemException problem, Model model, HttpServletResponse response) {
        model.addAttribute(
                "errors",
                problem.fields().isEmpty()
                        ? List.of(FieldProblem.of(
                                "form",
                                problem.code(),
                                problem.messageKey(),
                                problem.args() == null ? new Object[0] : problem.args()))
                        : problem.fields());
        response.setStatus(problem.status());
    }
}
