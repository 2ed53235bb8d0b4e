package org.manyi.engine.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.manyi.engine.DecisionSubject.Column;
import org.manyi.engine.DecisionTable;
import org.manyi.engine.DecisionTables;
import org.manyi.engine.DecisionTables.Draft;
import org.manyi.engine.DecisionTables.Entry;
import org.manyi.engine.DecisionTables.Preview;
import org.manyi.security.Accounts;
import org.manyi.security.CurrentUsers;
import org.manyi.security.Role;
import org.manyi.shared.ConflictException;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.ValidationException;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A decision table in the making: its rules one by one, what it would have decided, and putting it into force. */
@Controller
class DecisionDraftPages {

    private static final String DRAFT = "/decisions/{key}/draft";
    private static final String RULE = DRAFT + "/rules/{rule}";
    private static final String NEW = "new";

    private final DecisionTables tables;
    private final CurrentUsers users;
    private final Accounts accounts;
    private final MessageSource messages;

    DecisionDraftPages(DecisionTables tables, CurrentUsers users, Accounts accounts, MessageSource messages) {
        this.tables = tables;
        this.users = users;
        this.accounts = accounts;
        this.messages = messages;
    }

    @PostMapping(DRAFT)
    String begin(
            @PathVariable String key,
            @RequestParam(defaultValue = "false") boolean shipped,
            Locale locale,
            RedirectAttributes redirect) {
        try {
            tables.begin(key, shipped, users.require());
        } catch (ConflictException e) {
            redirect.addFlashAttribute("flash", messages.getMessage(e.messageKey(), e.args(), locale));
        }
        return toDraft(key);
    }

    private static String toDraft(String key) {
        return "redirect:/decisions/" + key + "/draft";
    }

    @GetMapping(DRAFT)
    String draft(@PathVariable String key, Locale locale, Model model) {
        return showDraft(key, locale, model);
    }

    /** The draft; the table itself where there is none any more. */
    private String showDraft(String key, Locale locale, Model model) {
        Entry entry = tables.find(key);
        if (entry.draft() == null) {
            return "redirect:/decisions/" + key;
        }
        frame(entry, locale, model);
        DecisionRows rows = new DecisionRows(entry.subject(), messages, locale);
        DecisionTable table = entry.draft().table();
        model.addAttribute("labels", rows.labels());
        model.addAttribute("rules", rows.rows(table, tables.covered(key, table), null));
        model.addAttribute(
                "differences", rows.differing(tables.differences(entry.inForce().table(), table)));
        return "engine/decision-draft";
    }

    private void frame(Entry entry, Locale locale, Model model) {
        Draft draft = entry.draft();
        model.addAttribute("entry", entry);
        model.addAttribute("draft", draft);
        model.addAttribute("name", messages.getMessage(entry.subject().nameKey(), null, locale));
        model.addAttribute("editor", accounts.names(List.of(draft.by())).getOrDefault(draft.by(), draft.by()));
        model.addAttribute("mayChange", users.require().is(Role.SYSADMIN));
    }

    @GetMapping(RULE)
    String rule(@PathVariable String key, @PathVariable String rule, Locale locale, Model model) {
        Entry entry = tables.find(key);
        if (entry.draft() == null) {
            return "redirect:/decisions/" + key;
        }
        DecisionTable.Rule shown = rule.equals(NEW)
                ? new DecisionTable.Rule(null, "", Map.of(), Map.of())
                : entry.draft().table().rule(rule).orElseThrow(NotFoundException::new);
        return showRule(entry, shown, locale, model);
    }

    private String showRule(Entry entry, DecisionTable.Rule rule, Locale locale, Model model) {
        frame(entry, locale, model);
        model.addAttribute("rule", rule);
        model.addAttribute("ruleKey", rule.id() == null ? NEW : rule.id());
        model.addAttribute("conditions", entry.subject().conditions());
        model.addAttribute("outputs", entry.subject().outputs());
        return "engine/decision-rule";
    }

    @PostMapping(RULE)
    String save(
            @PathVariable String key,
            @PathVariable String rule,
            @RequestParam int version,
            @RequestParam(required = false) String description,
            @RequestParam MultiValueMap<String, String> form,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        Entry entry = tables.find(key);
        DecisionTable.Rule typed = typed(entry, rule.equals(NEW) ? null : rule, description, form);
        try {
            tables.save(key, typed, version, users.require());
            return toDraft(key);
        } catch (ValidationException | ConflictException e) {
            Entry now = tables.find(key);
            DecisionPages.refused(e, model, response);
            return now.draft() == null ? showGone(now, locale, model) : showRule(now, typed, locale, model);
        }
    }

    private static DecisionTable.Rule typed(
            Entry entry, String id, String description, MultiValueMap<String, String> form) {
        Map<String, List<String>> conditions = new HashMap<>();
        for (Column column : entry.subject().conditions()) {
            conditions.put(column.name(), form.getOrDefault(column.name(), List.of()));
        }
        Map<String, String> outputs = new HashMap<>();
        for (Column column : entry.subject().outputs()) {
            String value = form.getFirst(column.name());
            outputs.put(column.name(), value == null ? "" : value.strip());
        }
        return new DecisionTable.Rule(id, description == null ? "" : description, conditions, outputs);
    }

    /** The draft was published or thrown away in the meantime. */
    private String showGone(Entry entry, Locale locale, Model model) {
        model.addAttribute("entry", entry);
        model.addAttribute("name", messages.getMessage(entry.subject().nameKey(), null, locale));
        return "engine/decision-gone";
    }

    @PostMapping(RULE + "/up")
    String up(
            @PathVariable String key,
            @PathVariable String rule,
            @RequestParam int version,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        return changed(key, locale, model, response, () -> tables.move(key, rule, true, version, users.require()));
    }

    @PostMapping(RULE + "/down")
    String down(
            @PathVariable String key,
            @PathVariable String rule,
            @RequestParam int version,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        return changed(key, locale, model, response, () -> tables.move(key, rule, false, version, users.require()));
    }

    @PostMapping(RULE + "/remove")
    String remove(
            @PathVariable String key,
            @PathVariable String rule,
            @RequestParam int version,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        return changed(key, locale, model, response, () -> tables.remove(key, rule, version, users.require()));
    }

    private String changed(String key, Locale locale, Model model, HttpServletResponse response, Runnable change) {
        try {
            change.run();
            return toDraft(key);
        } catch (ConflictException e) {
            DecisionPages.refused(e, model, response);
            Entry now = tables.find(key);
            return now.draft() == null ? showGone(now, locale, model) : showDraft(key, locale, model);
        }
    }

    @PostMapping(DRAFT + "/discard")
    String discard(
            @PathVariable String key,
            @RequestParam int version,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        String shown = changed(key, locale, model, response, () -> tables.discard(key, version, users.require()));
        if (!shown.startsWith("redirect:")) {
            return shown;
        }
        redirect.addFlashAttribute("flash", messages.getMessage("engine.decision.said.discarded", null, locale));
        return "redirect:/decisions/" + key;
    }

    @GetMapping(DRAFT + "/preview")
    String preview(@PathVariable String key, @RequestParam(defaultValue = "0") int page, Locale locale, Model model) {
        return showPreview(key, page, locale, model);
    }

    private String showPreview(String key, int page, Locale locale, Model model) {
        Entry entry = tables.find(key);
        if (entry.draft() == null) {
            return "redirect:/decisions/" + key;
        }
        frame(entry, locale, model);
        Preview preview = tables.preview(key, page, users.require());
        DecisionRows rows = new DecisionRows(entry.subject(), messages, locale);
        model.addAttribute("preview", preview);
        model.addAttribute("outputs", entry.subject().outputs());
        model.addAttribute("rules", rows.rows(entry.draft().table(), preview.covered(), preview.hits()));
        model.addAttribute(
                "differences",
                rows.differing(tables.differences(
                        entry.inForce().table(), entry.draft().table())));
        model.addAttribute(
                "examples",
                preview.examples().stream()
                        .map(changed -> rows.example(changed.example(), changed.before(), changed.after()))
                        .toList());
        String address = "/decisions/" + key + "/draft/preview";
        model.addAttribute("firstHref", page > 0 ? address : null);
        model.addAttribute("nextHref", preview.more() ? address + "?page=" + (page + 1) : null);
        return "engine/decision-preview";
    }

    @PostMapping(DRAFT + "/publish")
    String publish(
            @PathVariable String key,
            @RequestParam int version,
            @RequestParam int inForce,
            @RequestParam(required = false) String reason,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        try {
            int number = tables.publish(key, version, inForce, reason, users.require());
            redirect.addFlashAttribute(
                    "flash", messages.getMessage("engine.decision.said.published", new Object[] {number}, locale));
            return "redirect:/decisions/" + key;
        } catch (ValidationException | ConflictException e) {
            DecisionPages.refused(e, model, response);
            model.addAttribute("reason", reason);
            Entry now = tables.find(key);
            return now.draft() == null ? showGone(now, locale, model) : showPreview(key, 0, locale, model);
        }
    }
}
