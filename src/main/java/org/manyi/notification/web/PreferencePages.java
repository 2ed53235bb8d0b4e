package org.manyi.notification.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.manyi.notification.NewsKind;
import org.manyi.notification.NewsKind.Delivery;
import org.manyi.notification.Preferences;
import org.manyi.notification.Preferences.Choice;
import org.manyi.notification.QuietHours;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.ValidationException;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** How one wants to hear of things. */
@Controller
class PreferencePages {

    private final Preferences preferences;
    private final CurrentUsers users;
    private final MessageSource messages;

    PreferencePages(Preferences preferences, CurrentUsers users, MessageSource messages) {
        this.preferences = preferences;
        this.users = users;
        this.messages = messages;
    }

    /** A choice of a select, in the form of the shared fragment. */
    record Option(String value, String label) {}

    /** A kind of news with what was chosen for it. */
    record Row(String name, String label, String value) {}

    @GetMapping("/me/notifications")
    String show(Locale locale, Model model) {
        Choice choice = preferences.of(users.require());
        Map<NewsKind, String> values = new EnumMap<>(NewsKind.class);
        choice.deliveries().forEach((kind, delivery) -> values.put(kind, delivery.code()));
        fill(
                values,
                choice.quiet().from().toString(),
                choice.quiet().until().toString(),
                choice.quiet().restDays(),
                locale,
                model);
        return "notification/preferences";
    }

    @PostMapping("/me/notifications")
    String save(
            @RequestParam Map<String, String> form,
            Locale locale,
            Model model,
            RedirectAttributes redirect,
            HttpServletResponse response) {
        Map<NewsKind, Delivery> deliveries = new EnumMap<>(NewsKind.class);
        Map<NewsKind, String> values = new EnumMap<>(NewsKind.class);
        for (NewsKind kind : NewsKind.chosen()) {
            String typed = form.getOrDefault(kind.code(), kind.usual().code());
            values.put(kind, typed);
            for (Delivery delivery : Delivery.values()) {
                if (delivery.code().equals(typed)) {
                    deliveries.put(kind, delivery);
                }
            }
        }
        boolean restDays = form.containsKey("restDays");
        try {
            QuietHours quiet = new QuietHours(time(form, "from"), time(form, "until"), restDays);
            preferences.choose(new Choice(deliveries, quiet), users.require());
        } catch (ValidationException e) {
            response.setStatus(e.status());
            model.addAttribute("errors", e.fields());
            fill(values, form.get("from"), form.get("until"), restDays, locale, model);
            return "notification/preferences";
        }
        redirect.addFlashAttribute("flash", messages.getMessage("notification.said.preferences", null, locale));
        return "redirect:/me/notifications";
    }

    private static LocalTime time(Map<String, String> form, String field) {
        try {
            return LocalTime.parse(form.getOrDefault(field, "").strip()).withSecond(0);
        } catch (DateTimeException e) {
            throw ValidationException.of(field, "malformed", "notification.problem.time");
        }
    }

    private void fill(
            Map<NewsKind, String> values, String from, String until, boolean restDays, Locale locale, Model model) {
        model.addAttribute(
                "rows",
                NewsKind.chosen().stream()
                        .map(kind -> new Row(
                                kind.code(),
                                messages.getMessage("notification.kind." + kind.code(), null, locale),
                                values.get(kind)))
                        .toList());
        model.addAttribute("ways", ways(locale));
        model.addAttribute("from", from);
        model.addAttribute("until", until);
        model.addAttribute("restDays", restDays);
    }

    private List<Option> ways(Locale locale) {
        return Arrays.stream(Delivery.values())
                .map(delivery -> new Option(
                        delivery.code(), messages.getMessage("notification.delivery." + delivery.code(), null, locale)))
                .toList();
    }
}
