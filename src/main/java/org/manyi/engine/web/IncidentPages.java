package org.manyi.engine.web;

import java.util.Comparator;
import java.util.Locale;
import org.manyi.engine.EngineJobs;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.FailedWork;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Work in the background that has failed for good, for the system administrator, who may let it try again. */
@Controller
class IncidentPages {

    private final EngineJobs jobs;
    private final ObjectProvider<FailedWork> failedWork;
    private final CurrentUsers users;
    private final MessageSource messages;

    IncidentPages(EngineJobs jobs, ObjectProvider<FailedWork> failedWork, CurrentUsers users, MessageSource messages) {
        this.jobs = jobs;
        this.failedWork = failedWork;
        this.users = users;
        this.messages = messages;
    }

    @GetMapping("/incidents")
    String list(Model model) {
        model.addAttribute("jobs", jobs.dead());
        model.addAttribute(
                "failures",
                failedWork
                        .orderedStream()
                        .flatMap(room -> room.failures().stream())
                        .sorted(Comparator.comparing(FailedWork.Failure::since))
                        .toList());
        return "engine/incidents";
    }

    @PostMapping("/incidents/{jobId}/retry")
    String retry(@PathVariable String jobId, Locale locale, RedirectAttributes redirect) {
        jobs.retry(jobId, users.require());
        redirect.addFlashAttribute("flash", messages.getMessage("engine.incident.retried", null, locale));
        return "redirect:/incidents";
    }
}
