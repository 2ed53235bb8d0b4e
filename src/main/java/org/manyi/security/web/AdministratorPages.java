package org.manyi.security.web;

import org.manyi.security.AccountAdministration;
import org.manyi.security.CurrentUsers;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The administrators' second factors for the system administrator: nobody takes his own away, so the security administrator needs somebody else. */
@Controller
@RequestMapping("/administrators")
class AdministratorPages {

    private final AccountAdministration accounts;
    private final CurrentUsers users;
    private final MessageSource messages;

    AdministratorPages(AccountAdministration accounts, CurrentUsers users, MessageSource messages) {
        this.accounts = accounts;
        this.users = users;
        this.messages = messages;
    }

    @GetMapping
    String list(Model model) {
        model.addAttribute("administrators", accounts.administrators());
        model.addAttribute("own", users.require().username());
        return "security/administrators";
    }

    @PostMapping("/{username}/second-factor")
    String resetSecondFactor(@PathVariable String username, RedirectAttributes redirect) {
        accounts.resetSecondFactor(username);
        redirect.addFlashAttribute(
                "flash",
                messages.getMessage("security.account.said.secondFactor", null, LocaleContextHolder.getLocale()));
        return "redirect:/administrators";
    }
}
