package org.manyi.campaign.web;

import jakarta.servlet.http.HttpServletResponse;
import org.manyi.campaign.SchoolLedger;
import org.manyi.campaign.SchoolLedger.Entry;
import org.manyi.campaign.SchoolLedger.Ledger;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.ConflictException;
import org.manyi.shared.ValidationException;
import org.manyi.shared.web.Refusals;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A school's ledger of work in pages. */
@Controller
class LedgerPages {

    private final SchoolLedger ledgers;
    private final CurrentUsers users;
    private final MessageSource messages;

    LedgerPages(SchoolLedger ledgers, CurrentUsers users, MessageSource messages) {
        this.ledgers = ledgers;
        this.users = users;
        this.messages = messages;
    }

    /** What was typed into an item's form. */
    record Typed(String content, String measure, String person, String due) {

        Entry entry() {
            return new Entry(content, measure, person, ChangePages.day(due));
        }
    }

    @GetMapping("/campaigns/{id}/schools/{code}/ledger")
    String ledger(@PathVariable String id, @PathVariable String code, Model model) {
        return show(id, code, users.require(), model);
    }

    private String show(String id, String code, CurrentUser user, Model model) {
        Ledger ledger = ledgers.of(id, code, user);
        model.addAttribute("ledger", ledger);
        model.addAttribute("item", ledger.campaign());
        return "campaign/ledger";
    }

    @PostMapping("/campaigns/{id}/schools/{code}/ledger")
    String add(
            @PathVariable String id,
            @PathVariable String code,
            Typed typed,
            Model model,
            RedirectAttributes redirect,
            HttpServletResponse response) {
        CurrentUser user = users.require();
        try {
            ledgers.add(id, code, typed.entry(), user);
        } catch (ValidationException | ConflictException e) {
            model.addAttribute("typed", typed);
            Refusals.show(e, "content", model, response);
            return show(id, code, user, model);
        }
        redirect.addFlashAttribute("flash", text("campaign.said.ledgerAdded"));
        return "redirect:/campaigns/{id}/schools/{code}/ledger";
    }

    @PostMapping("/campaigns/{id}/schools/{code}/ledger/{number}")
    String change(
            @PathVariable String id,
            @PathVariable String code,
            @PathVariable String number,
            Typed typed,
            Model model,
            RedirectAttributes redirect,
            HttpServletResponse response) {
        CurrentUser user = users.require();
        try {
            ledgers.change(number, typed.entry(), user);
        } catch (ValidationException | ConflictException e) {
            model.addAttribute("changing", number);
            model.addAttribute("changed", typed);
            Refusals.show(e, "content", model, response);
            return show(id, code, user, model);
        }
        redirect.addFlashAttribute("flash", text("campaign.said.ledgerChanged"));
        return "redirect:/campaigns/{id}/schools/{code}/ledger";
    }

    @PostMapping("/campaigns/{id}/schools/{code}/ledger/{number}/withdraw")
    String withdraw(
            @PathVariable String id,
            @PathVariable String code,
            @PathVariable String number,
            @RequestParam(required = false) String reason,
            Model model,
            RedirectAttributes redirect,
            HttpServletResponse response) {
        CurrentUser user = users.require();
        try {
            ledgers.withdraw(number, reason, user);
        } catch (ValidationException | ConflictException e) {
            model.addAttribute("changing", number);
            Refusals.show(e, "reason", model, response);
            return show(id, code, user, model);
        }
        redirect.addFlashAttribute("flash", text("campaign.said.ledgerWithdrawn"));
        return "redirect:/campaigns/{id}/schools/{code}/ledger";
    }

    private String text(String key) {
        return messages.getMessage(key, null, LocaleContextHolder.getLocale());
    }
}
