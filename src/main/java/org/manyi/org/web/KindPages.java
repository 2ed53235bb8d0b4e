package org.manyi.org.web;

import jakarta.servlet.http.HttpServletResponse;
import org.manyi.org.KindAdministration;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.NamedList;
import org.manyi.shared.ValidationException;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The kinds of institution, for the system administrator, who looks after what units are called. */
@Controller
class KindPages {

    private final KindAdministration kinds;
    private final CurrentUsers users;
    private final MessageSource messages;

    KindPages(KindAdministration kinds, CurrentUsers users, MessageSource messages) {
        this.kinds = kinds;
        this.users = users;
        this.messages = messages;
    }

    /** What the form's fields hold. */
    record Typed(String code, String nameZh, String nameEn, String remit) {}

    /** A remit to choose. */
    record Choice(String value, String label) {}

    @GetMapping("/org/kinds")
    String list(Model model) {
        show(new Typed(null, null, null, null), model);
        return "org/kinds";
    }

    private void show(Typed typed, Model model) {
        model.addAttribute("kinds", kinds.all());
        model.addAttribute("typed", typed);
        model.addAttribute(
                "remits",
                kinds.remits().stream()
                        .map(remit -> new Choice(remit, text("org.remit." + remit)))
                        .toList());
    }

    private String text(String key) {
        return messages.getMessage(key, null, LocaleContextHolder.getLocale());
    }

    @PostMapping("/org/kinds")
    String add(
            @RequestParam(required = false) String code,
            @RequestParam(required = false) String nameZh,
            @RequestParam(required = false) String nameEn,
            @RequestParam(required = false) String remit,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        try {
            kinds.add(code, nameZh, nameEn, remit, users.require());
            return done(redirect);
        } catch (ValidationException e) {
            model.addAttribute("errors", e.fields());
            show(new Typed(code, nameZh, nameEn, remit), model);
            response.setStatus(e.status());
            return "org/kinds";
        }
    }

    @GetMapping("/org/kinds/{code}")
    String edit(@PathVariable String code, Model model) {
        KindAdministration.Entry entry = find(code);
        model.addAttribute("entry", entry);
        model.addAttribute("typed", new Typed(code, entry.nameZh(), entry.nameEn(), entry.remit()));
        return "org/kind";
    }

    @PostMapping("/org/kinds/{code}")
    String rename(
            @PathVariable String code,
            @RequestParam(required = false) String nameZh,
            @RequestParam(required = false) String nameEn,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        try {
            kinds.rename(code, nameZh, nameEn, users.require());
            return done(redirect);
        } catch (ValidationException e) {
            model.addAttribute("errors", e.fields());
            model.addAttribute("entry", find(code));
            model.addAttribute("typed", new Typed(code, nameZh, nameEn, null));
            response.setStatus(e.status());
            return "org/kind";
        }
    }

    @PostMapping("/org/kinds/{code}/up")
    String moveUp(@PathVariable String code, RedirectAttributes redirect) {
        kinds.moveUp(code, users.require());
        return done(redirect);
    }

    @PostMapping("/org/kinds/{code}/retire")
    String retire(@PathVariable String code, RedirectAttributes redirect) {
        kinds.offer(code, false, users.require());
        return done(redirect);
    }

    @PostMapping("/org/kinds/{code}/offer")
    String offer(@PathVariable String code, RedirectAttributes redirect) {
        kinds.offer(code, true, users.require());
        return done(redirect);
    }

    private KindAdministration.Entry find(String code) {
        return new NamedList<>(kinds.all()).find(code);
    }

    private String done(RedirectAttributes redirect) {
        redirect.addFlashAttribute("flash", text("org.kinds.done"));
        return "redirect:/org/kinds";
    }
}
