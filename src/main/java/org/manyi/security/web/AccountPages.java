package org.manyi.security.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.manyi.security.AccountAdministration;
import org.manyi.security.CurrentUsers;
import org.manyi.security.Role;
import org.manyi.shared.Slice;
import org.manyi.shared.ValidationException;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriComponentsBuilder;

/** The accounts in pages, for the security administrator. */
@Controller
@RequestMapping("/accounts")
class AccountPages {

    private static final int PAGE = 50;
    private static final List<Role> ADMINISTRATORS = List.of(Role.SYSADMIN, Role.SECADMIN, Role.AUDITOR);

    private final AccountAdministration accounts;
    private final CurrentUsers users;
    private final MessageSource messages;

    AccountPages(AccountAdministration accounts, CurrentUsers users, MessageSource messages) {
        this.accounts = accounts;
        this.users = users;
        this.messages = messages;
    }

    /** A value that a select offers. */
    record Choice(String value, String label) {}

    @GetMapping
    String list(@RequestParam(required = false) String q, @RequestParam(required = false) String cursor, Model model) {
        String text = q == null || q.isBlank() ? null : q.strip();
        Slice<AccountAdministration.Line> lines = accounts.list(text, cursor, PAGE);
        model.addAttribute("accounts", lines);
        model.addAttribute("q", text);
        model.addAttribute("firstHref", cursor == null ? null : href(text, null));
        model.addAttribute("nextHref", lines.nextCursor() == null ? null : href(text, lines.nextCursor()));
        return "security/accounts";
    }

    private static String href(String text, String cursor) {
        UriComponentsBuilder uri = UriComponentsBuilder.fromPath("/accounts");
        if (text != null) {
            uri.queryParam("q", "{q}").uriVariables(Map.of("q", text));
        }
        if (cursor != null) {
            uri.queryParam("cursor", cursor);
        }
        return uri.encode().toUriString();
    }

    @GetMapping("/new")
    String form(Model model) {
        return form("", "", "", "", null, model);
    }

    @PostMapping
    String create(
            @RequestParam(defaultValue = "") String username,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String phone,
            @RequestParam(defaultValue = "") String email,
            @RequestParam(required = false) Role role,
            Model model,
            HttpServletResponse response) {
        try {
            String password = accounts.create(username, name, phone, email, role);
            return handOver(username.strip().toLowerCase(Locale.ROOT), password, model);
        } catch (ValidationException e) {
            response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
            model.addAttribute("errors", e.fields());
            return form(username, name, phone, email, role, model);
        }
    }

    private String form(String username, String name, String phone, String email, Role role, Model model) {
        model.addAttribute("username", username);
        model.addAttribute("name", name);
        model.addAttribute("phone", phone);
        model.addAttribute("email", email);
        model.addAttribute("role", role);
        model.addAttribute("roles", roles());
        return "security/account-new";
    }

    @GetMapping("/{username}")
    String show(@PathVariable String username, Model model) {
        model.addAttribute("card", accounts.card(username));
        model.addAttribute("own", users.require().username().equals(username));
        model.addAttribute("roles", roles());
        return "security/account";
    }

    @PostMapping("/{username}")
    String describe(
            @PathVariable String username,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String phone,
            @RequestParam(defaultValue = "") String email,
            Model model,
            RedirectAttributes redirect,
            HttpServletResponse response) {
        try {
            accounts.describe(username, name, blankToNull(phone), blankToNull(email));
        } catch (ValidationException e) {
            response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
            model.addAttribute("errors", e.fields());
            model.addAttribute("name", name);
            model.addAttribute("phone", phone);
            model.addAttribute("email", email);
            return show(username, model);
        }
        return back(username, "security.account.said.described", redirect);
    }

    @PostMapping("/{username}/password")
    String resetPassword(@PathVariable String username, Model model) {
        return handOver(username, accounts.resetPassword(username), model);
    }

    /** Shown in the answer itself: a redirect would have to keep the password somewhere on the way. */
    private String handOver(String username, String password, Model model) {
        model.addAttribute("card", accounts.card(username));
        model.addAttribute("password", password);
        return "security/account-password";
    }

    @PostMapping("/{username}/unlock")
    String unlock(@PathVariable String username, RedirectAttributes redirect) {
        accounts.unlock(username);
        return back(username, "security.account.said.unlocked", redirect);
    }

    @PostMapping("/{username}/second-factor")
    String resetSecondFactor(@PathVariable String username, RedirectAttributes redirect) {
        accounts.resetSecondFactor(username);
        return back(username, "security.account.said.secondFactor", redirect);
    }

    @PostMapping("/{username}/deactivate")
    String deactivate(@PathVariable String username, RedirectAttributes redirect) {
        accounts.deactivate(username);
        return back(username, "security.account.said.deactivated", redirect);
    }

    @PostMapping("/{username}/reactivate")
    String reactivate(@PathVariable String username, RedirectAttributes redirect) {
        accounts.reactivate(username);
        return back(username, "security.account.said.reactivated", redirect);
    }

    @PostMapping("/{username}/role")
    String changeRole(
            @PathVariable String username,
            @RequestParam(required = false) Role role,
            Model model,
            RedirectAttributes redirect,
            HttpServletResponse response) {
        try {
            accounts.changeRole(username, role);
        } catch (ValidationException e) {
            response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
            model.addAttribute("errors", e.fields());
            return show(username, model);
        }
        return back(username, "security.account.said.role", redirect);
    }

    private String back(String username, String saidKey, RedirectAttributes redirect) {
        redirect.addFlashAttribute("flash", text(saidKey));
        redirect.addAttribute("username", username);
        return "redirect:/accounts/{username}";
    }

    private List<Choice> roles() {
        return ADMINISTRATORS.stream()
                .map(role -> new Choice(role.name(), text("security.role." + role)))
                .toList();
    }

    private String text(String key) {
        return messages.getMessage(key, null, LocaleContextHolder.getLocale());
    }

    private static String blankToNull(String text) {
        return text.isBlank() ? null : text;
    }
}
