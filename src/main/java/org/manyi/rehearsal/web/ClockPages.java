package org.manyi.rehearsal.web;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.manyi.rehearsal.Rehearsal;
import org.manyi.security.NavigationEntry;
import org.manyi.security.Role;
import org.manyi.shared.ConflictException;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.MovableClock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The movable clock as a page, for the system administrator where rehearsals are switched on. */
@Controller
@ConditionalOnProperty(name = "manyi.rehearsal.enabled", havingValue = "true")
class ClockPages {

    private static final int ORDER = 80;
    private static final DateTimeFormatter FIELD = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm");

    private final Rehearsal rehearsal;
    private final MovableClock clock;
    private final MessageSource messages;

    ClockPages(Rehearsal rehearsal, MovableClock clock, MessageSource messages) {
        this.rehearsal = rehearsal;
        this.clock = clock;
        this.messages = messages;
    }

    @Bean
    static NavigationEntry clockEntry() {
        return NavigationEntry.of("clock", "/rehearsal/clock", "rehearsal.nav", "clock", ORDER, Set.of(Role.SYSADMIN));
    }

    @GetMapping("/rehearsal/clock")
    String show(Model model) {
        return show(null, model);
    }

    @PostMapping("/rehearsal/clock")
    String move(
            @RequestParam(required = false) Integer days,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME) LocalDateTime to,
            Locale locale,
            Model model,
            RedirectAttributes redirect) {
        if (days == null && to == null) {
            model.addAttribute("errors", List.of(FieldProblem.of("to", "required", "shared.field.required")));
            return show(null, model);
        }
        Instant target = days != null
                ? clock.now().plusDays(days).toInstant()
                : to.atZone(MovableClock.ZONE).toInstant();
        try {
            Rehearsal.Moved moved = rehearsal.moveTo(target);
            redirect.addFlashAttribute(
                    "flash",
                    messages.getMessage(
                            "rehearsal.clock.moved", new Object[] {moved.jobsRun(), moved.mailsQueued()}, locale));
            return "redirect:/rehearsal/clock";
        } catch (ConflictException e) {
            model.addAttribute("errors", List.of(FieldProblem.of("to", e.code(), e.messageKey(), e.args())));
            return show(to, model);
        }
    }

    private String show(LocalDateTime typed, Model model) {
        model.addAttribute("now", clock.instant());
        model.addAttribute("earliest", FIELD.format(clock.now()));
        model.addAttribute("typed", typed == null ? null : FIELD.format(typed));
        return "rehearsal/clock";
    }
}
