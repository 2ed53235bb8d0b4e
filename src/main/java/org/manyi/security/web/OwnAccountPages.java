package org.manyi.security.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import org.manyi.security.FrontDoor;
import org.manyi.security.OwnAccount;
import org.manyi.security.SecondFactor;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.ValidationException;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The own account: who one is here, the language, the password. */
@Controller
class OwnAccountPages {

    private final OwnAccount account;
    private final SecondFactor secondFactor;
    private final FrontDoor door;
    private final LocaleResolver languages;
    private final MessageSource messages;

    OwnAccountPages(
            OwnAccount account,
            SecondFactor secondFactor,
            FrontDoor door,
            LocaleResolver languages,
            MessageSource messages) {
        this.account = account;
        this.secondFactor = secondFactor;
        this.door = door;
        this.languages = languages;
        this.messages = messages;
    }

    /** A value that a field offers. */
    record Choice(String value, String label) {}

    @GetMapping("/account")
    String show(Model model) {
        model.addAttribute("card", account.card());
        model.addAttribute("secondFactor", secondFactor.state());
        model.addAttribute(
                "locales",
                List.of(
                        new Choice("zh", text("security.own.locale.zh")),
                        new Choice("en", text("security.own.locale.en"))));
        return "security/own";
    }

    @PostMapping("/account/language")
    String changeLanguage(
            @RequestParam String locale,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        account.changeLocale(locale);
        Locale language = "en".equals(locale) ? Locale.ENGLISH : Locale.SIMPLIFIED_CHINESE;
        languages.setLocale(request, response, language);
        redirect.addFlashAttribute("flash", messages.getMessage("security.own.said.locale", null, language));
        return "redirect:/account";
    }

    @GetMapping("/password")
    String passwordForm(Model model) {
        model.addAttribute("card", account.card());
        return "security/password";
    }

    @PostMapping("/password")
    String changePassword(
            @RequestParam(defaultValue = "") String current,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "") String again,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        try {
            if (!password.equals(again)) {
                throw new ValidationException(
                        List.of(FieldProblem.of("again", "differs", "security.password.differs")));
            }
            account.changePassword(current, password);
        } catch (ValidationException e) {
            response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
            model.addAttribute("errors", e.fields());
            return passwordForm(model);
        }
        door.reenter(request, response);
        redirect.addFlashAttribute("flash", text("security.own.said.password"));
        return "redirect:/account";
    }

    private String text(String key) {
        return messages.getMessage(key, null, LocaleContextHolder.getLocale());
    }
}
