package org.manyi.notification.web;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.manyi.calendar.DateTexts;
import org.manyi.inbox.TaskItem;
import org.manyi.inbox.TaskPagePart;
import org.manyi.notification.Chasing;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.ConflictException;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Pressing for a task, on the task's page. */
@Controller
class ChasePages implements TaskPagePart {

    private final Chasing chasing;
    private final CurrentUsers users;
    private final DateTexts dates;
    private final MessageSource messages;

    ChasePages(Chasing chasing, CurrentUsers users, DateTexts dates, MessageSource messages) {
        this.chasing = chasing;
        this.users = users;
        this.dates = dates;
        this.messages = messages;
    }

    /** A choice of a select, in the form of the shared fragment. */
    public record Option(String value, String label) {}

    /** Somebody pressed. */
    public record Line(String name, String word, String at, String exact) {}

    /**
     * The part of the task's page.
     *
     * @param open whether the person oversees the open task
     * @param refusal why it may not be pressed for now, null when it may
     */
    public record View(String task, boolean open, String refusal, List<Option> words, List<Line> lines) {}

    @Override
    public Optional<Part> of(TaskItem task, CurrentUser user) {
        Locale locale = LocaleContextHolder.getLocale();
        boolean open = task.doneAt() == null && chasing.oversees(task, user);
        List<Line> lines = chasing.chases(task.id(), user).stream()
                .map(chase -> new Line(
                        chase.name(),
                        chase.word() == null
                                ? null
                                : messages.getMessage("notification.word." + chase.word(), null, locale),
                        dates.at(chase.at()),
                        dates.exact(chase.at())))
                .toList();
        if (!open && lines.isEmpty()) {
            return Optional.empty();
        }
        String refusal = open
                ? chasing.refusal(task.id(), user)
                        .map(key -> messages.getMessage(key, new Object[] {chasing.aDay()}, locale))
                        .orElse(null)
                : null;
        List<Option> words = Arrays.stream(Chasing.Word.values())
                .map(word ->
                        new Option(word.code(), messages.getMessage("notification.word." + word.code(), null, locale)))
                .toList();
        return Optional.of(new Part("notification/chase :: chase", new View(task.id(), open, refusal, words, lines)));
    }

    @PostMapping("/tasks/{id}/chase")
    String chase(
            @PathVariable String id,
            @RequestParam(required = false) String word,
            Locale locale,
            RedirectAttributes redirect) {
        try {
            Chasing.Chase chase = chasing.chase(id, word, users.require());
            redirect.addFlashAttribute(
                    "flash", messages.getMessage("notification.said.chased", new Object[] {chase.people()}, locale));
        } catch (ConflictException e) {
            redirect.addFlashAttribute("flash", messages.getMessage(e.messageKey(), e.args(), locale));
        }
        redirect.addAttribute("id", id);
        return "redirect:/tasks/{id}";
    }
}
