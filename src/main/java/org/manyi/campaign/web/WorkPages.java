package org.manyi.campaign.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.manyi.campaign.CampaignYear;
import org.manyi.campaign.YearWork;
import org.manyi.evidence.FormFiles;
import org.manyi.inbox.Inbox;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.ConflictException;
import org.manyi.shared.ContentRefusedException;
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
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A piece of the year's work: what became of it, a later day asked for, and what the department enters for a school. */
@Controller
class WorkPages {

    private final CampaignYear year;
    private final YearWork works;
    private final Inbox inbox;
    private final FormFiles formFiles;
    private final CurrentUsers users;
    private final MessageSource messages;

    WorkPages(
            CampaignYear year,
            YearWork works,
            Inbox inbox,
            FormFiles formFiles,
            CurrentUsers users,
            MessageSource messages) {
        this.year = year;
        this.works = works;
        this.inbox = inbox;
        this.formFiles = formFiles;
        this.users = users;
        this.messages = messages;
    }

    @GetMapping("/works/{number}")
    String work(@PathVariable String number, Model model) {
        return show(number, users.require(), model);
    }

    private String show(String number, CurrentUser user, Model model) {
        model.addAttribute("work", year.work(number, user));
        model.addAttribute("rights", works.rights(number, user));
        model.addAttribute("tasks", inbox.tasksOf(number, user));
        return "campaign/work";
    }

    @PostMapping("/works/{number}/later-date")
    String askLaterDate(
            @PathVariable String number,
            @RequestParam(required = false) String until,
            @RequestParam(required = false) String reason,
            Model model,
            RedirectAttributes redirect,
            HttpServletResponse response) {
        CurrentUser user = users.require();
        try {
            works.askLaterDate(number, ChangePages.day(until), reason, user);
        } catch (ValidationException | ConflictException e) {
            model.addAttribute("typedUntil", until);
            model.addAttribute("typedReason", reason);
            Refusals.show(e, "until", model, response);
            return show(number, user, model);
        }
        redirect.addFlashAttribute("flash", text("campaign.said.laterDateAsked"));
        return "redirect:/works/{number}";
    }

    @PostMapping("/works/{number}/register")
    String register(
            @PathVariable String number,
            @RequestParam(required = false) String report,
            @RequestParam(required = false) List<MultipartFile> files,
            Model model,
            RedirectAttributes redirect,
            HttpServletResponse response) {
        CurrentUser user = users.require();
        try {
            works.register(number, report, formFiles.store(files, user), user);
        } catch (ValidationException | ConflictException | ContentRefusedException e) {
            model.addAttribute("typedReport", report);
            Refusals.show(e, "files", model, response);
            return show(number, user, model);
        }
        redirect.addFlashAttribute("flash", text("campaign.said.registered"));
        return "redirect:/works/{number}";
    }

    private String text(String key) {
        return messages.getMessage(key, null, LocaleContextHolder.getLocale());
    }
}
