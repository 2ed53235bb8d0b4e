package org.manyi.issue.web;

import jakarta.servlet.http.HttpServletResponse;
import org.manyi.issue.CategoryAdministration;
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

/** The categories of issues, for the system administrator, who looks after what things are called. */
@Controller
class CategoryPages {

    private final CategoryAdministration categories;
    private final CurrentUsers users;
    private final MessageSource messages;

    CategoryPages(CategoryAdministration categories, CurrentUsers users, MessageSource messages) {
        this.categories = categories;
        this.users = users;
        this.messages = messages;
    }

    /** What the form's fields hold. */
    record Typed(String code, String nameZh, String nameEn) {}

    @GetMapping("/categories")
    String list(Model model) {
        show(new Typed(null, null, null), model);
        return "issue/categories";
    }

    private void show(Typed typed, Model model) {
        model.addAttribute("categories", categories.all());
        model.addAttribute("typed", typed);
    }

    @PostMapping("/categories")
    String add(
            @RequestParam(required = false) String code,
            @RequestParam(required = false) String nameZh,
            @RequestParam(required = false) String nameEn,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        try {
            categories.add(code, nameZh, nameEn, users.require());
            return done(redirect);
        } catch (ValidationException e) {
            model.addAttribute("errors", e.fields());
            show(new Typed(code, nameZh, nameEn), model);
            response.setStatus(e.status());
            return "issue/categories";
        }
    }

    @GetMapping("/categories/{code}")
    String edit(@PathVariable String code, Model model) {
        CategoryAdministration.Entry entry = find(code);
        model.addAttribute("entry", entry);
        model.addAttribute("typed", new Typed(code, entry.nameZh(), entry.nameEn()));
        return "issue/category";
    }

    @PostMapping("/categories/{code}")
    String rename(
            @PathVariable String code,
            @RequestParam(required = false) String nameZh,
            @RequestParam(required = false) String nameEn,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        try {
            categories.rename(code, nameZh, nameEn, users.require());
            return done(redirect);
        } catch (ValidationException e) {
            model.addAttribute("errors", e.fields());
            model.addAttribute("entry", find(code));
            model.addAttribute("typed", new Typed(code, nameZh, nameEn));
            response.setStatus(e.status());
            return "issue/category";
        }
    }

    @PostMapping("/categories/{code}/up")
    String moveUp(@PathVariable String code, RedirectAttributes redirect) {
        categories.moveUp(code, users.require());
        return done(redirect);
    }

    @PostMapping("/categories/{code}/retire")
    String retire(@PathVariable String code, RedirectAttributes redirect) {
        categories.offer(code, false, users.require());
        return done(redirect);
    }

    @PostMapping("/categories/{code}/offer")
    String offer(@PathVariable String code, RedirectAttributes redirect) {
        categories.offer(code, true, users.require());
        return done(redirect);
    }

    private CategoryAdministration.Entry find(String code) {
        return new NamedList<>(categories.all()).find(code);
    }

    private String done(RedirectAttributes redirect) {
        redirect.addFlashAttribute(
                "flash", messages.getMessage("issue.categories.done", null, LocaleContextHolder.getLocale()));
        return "redirect:/categories";
    }
}
