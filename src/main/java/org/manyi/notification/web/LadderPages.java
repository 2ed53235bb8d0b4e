package org.manyi.notification.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.manyi.notification.Ladder;
import org.manyi.notification.Ladder.Recipient;
import org.manyi.notification.Ladder.Rung;
import org.manyi.notification.Ladders;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.ValidationException;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The ladders of reminders: which there are, and one to be changed with whom it speaks to. */
@Controller
class LadderPages {

    private final Ladders ladders;
    private final CurrentUsers users;
    private final MessageSource messages;

    LadderPages(Ladders ladders, CurrentUsers users, MessageSource messages) {
        this.ladders = ladders;
        this.users = users;
        this.messages = messages;
    }

    /** A ladder in the list. */
    record Row(String href, String step, String process, List<String> rungs) {}

    /** A step that may be given a ladder. */
    record Option(String value, String label) {}

    /** Who may be spoken to, with the days as typed. */
    record Field(String name, String label, String value) {}

    @GetMapping("/ladders")
    String list(Locale locale, Model model) {
        CurrentUser user = users.require();
        model.addAttribute(
                "rows",
                ladders.all(user).stream().map(ladder -> row(ladder, locale)).toList());
        List<Option> options = new ArrayList<>();
        ladders.steps(user).forEach((process, keys) -> {
            options.add(new Option(process + "/" + Ladder.ANY, step(process, Ladder.ANY, locale)));
            keys.forEach(key -> options.add(new Option(process + "/" + key, step(process, key, locale))));
        });
        model.addAttribute("options", options);
        return "notification/ladders";
    }

    private Row row(Ladder ladder, Locale locale) {
        List<String> rungs = ladder.rungs().stream()
                .collect(Collectors.groupingBy(Rung::days, LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(entry -> messages.getMessage(
                        "notification.rung",
                        new Object[] {
                            day(entry.getKey(), locale),
                            entry.getValue().stream()
                                    .map(rung -> recipient(rung.to(), locale))
                                    .collect(Collectors.joining(messages.getMessage("inbox.separator", null, locale)))
                        },
                        locale))
                .toList();
        return new Row(
                "/ladders/edit?step=" + ladder.process() + "/" + ladder.taskKey(),
                step(ladder.process(), ladder.taskKey(), locale),
                ladder.process(),
                rungs);
    }

    private String day(int days, Locale locale) {
        String key =
                days == 0 ? "notification.rung.on" : days > 0 ? "notification.rung.before" : "notification.rung.after";
        return messages.getMessage(key, new Object[] {Math.abs(days)}, locale);
    }

    private String recipient(Recipient to, Locale locale) {
        return messages.getMessage("notification.recipient." + to.code(), null, locale);
    }

    private String step(String process, String taskKey, Locale locale) {
        if (process.equals(Ladder.ANY)) {
            return messages.getMessage("notification.ladder.all", null, locale);
        }
        String name = messages.getMessage("inbox.process." + process, null, process, locale);
        return taskKey.equals(Ladder.ANY)
                ? messages.getMessage("notification.ladder.process", new Object[] {name}, locale)
                : messages.getMessage(
                        "notification.ladder.step",
                        new Object[] {name, messages.getMessage("task." + taskKey, null, taskKey, locale)},
                        locale);
    }

    @GetMapping("/ladders/edit")
    String edit(@RequestParam String step, Locale locale, Model model) {
        String[] parts = parts(step);
        Ladder ladder = ladders.of(parts[0], parts[1], users.require());
        List<Field> fields = new ArrayList<>();
        for (Recipient to : Recipient.values()) {
            fields.add(new Field(
                    to.code(),
                    recipient(to, locale),
                    ladder.rungs().stream()
                            .filter(rung -> rung.to() == to)
                            .map(rung -> String.valueOf(rung.days()))
                            .collect(Collectors.joining(", "))));
        }
        fill(ladder, fields, locale, model);
        return "notification/ladder";
    }

    private void fill(Ladder ladder, List<Field> fields, Locale locale, Model model) {
        CurrentUser user = users.require();
        model.addAttribute("step", ladder.process() + "/" + ladder.taskKey());
        model.addAttribute("name", step(ladder.process(), ladder.taskKey(), locale));
        model.addAttribute("fields", fields);
        model.addAttribute("removable", !ladder.isForAll() && ladders.isOwn(ladder.process(), ladder.taskKey()));
        model.addAttribute("today", ladders.today(ladder, user));
        model.addAttribute("lately", ladders.lately(ladder, user));
    }

    /** Keeps the ladder, or shows whom it would speak to where only that was asked for. */
    @PostMapping("/ladders/edit")
    String save(
            @RequestParam Map<String, String> form,
            Locale locale,
            Model model,
            RedirectAttributes redirect,
            HttpServletResponse response) {
        String[] parts = parts(form.getOrDefault("step", ""));
        // Asked first, so that a step that is none is not found, whatever else was typed.
        Ladder before = ladders.of(parts[0], parts[1], users.require());
        List<Field> fields = new ArrayList<>();
        for (Recipient to : Recipient.values()) {
            fields.add(new Field(to.code(), recipient(to, locale), form.getOrDefault(to.code(), "")));
        }
        Ladder typed = before;
        try {
            typed = new Ladder(parts[0], parts[1], rungs(form));
            if (!form.containsKey("preview")) {
                ladders.put(typed, users.require());
                redirect.addFlashAttribute("flash", messages.getMessage("notification.said.ladder", null, locale));
                return "redirect:/ladders";
            }
        } catch (ValidationException e) {
            response.setStatus(e.status());
            model.addAttribute("errors", e.fields());
        }
        fill(typed, fields, locale, model);
        return "notification/ladder";
    }

    @PostMapping("/ladders/remove")
    String remove(@RequestParam String step, Locale locale, RedirectAttributes redirect) {
        String[] parts = parts(step);
        ladders.remove(parts[0], parts[1], users.require());
        redirect.addFlashAttribute("flash", messages.getMessage("notification.said.ladderRemoved", null, locale));
        return "redirect:/ladders";
    }

    private static List<Rung> rungs(Map<String, String> form) {
        List<Rung> rungs = new ArrayList<>();
        for (Recipient to : Recipient.values()) {
            for (String typed : form.getOrDefault(to.code(), "").split("[,，、\\s]+")) {
                if (!typed.isEmpty()) {
                    rungs.add(new Rung(number(to.code(), typed), to));
                }
            }
        }
        return rungs.stream().distinct().toList();
    }

    private static int number(String field, String typed) {
        try {
            return Integer.parseInt(typed);
        } catch (NumberFormatException e) {
            throw ValidationException.of(field, "malformed", "notification.problem.days");
        }
    }

    private static String[] parts(String step) {
        String[] parts = step.split("/", 2);
        return parts.length == 2 ? parts : new String[] {step, ""};
    }
}
