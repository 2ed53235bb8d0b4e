package org.manyi.audit.web;

import java.util.List;
import java.util.Map;
import org.manyi.audit.AuditSeals;
import org.manyi.audit.Verification;
import org.manyi.security.Accounts;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.NotFoundException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** How far the trail is sealed, and the auditor's comparisons of it with its seals. */
@Controller
class SealPages {

    private final AuditSeals seals;
    private final CurrentUsers users;
    private final Accounts accounts;

    SealPages(AuditSeals seals, CurrentUsers users, Accounts accounts) {
        this.seals = seals;
        this.users = users;
        this.accounts = accounts;
    }

    @GetMapping("/audit/seals")
    String show(Model model) {
        List<Verification> verifications = seals.verifications();
        Map<String, String> names = accounts.names(
                verifications.stream().map(Verification::requestedBy).distinct().toList());
        model.addAttribute("seals", seals.state());
        model.addAttribute("verifications", verifications);
        model.addAttribute("names", names);
        model.addAttribute(
                "open",
                verifications.stream().filter(Verification::open).findFirst().orElse(null));
        return "audit/seals";
    }

    @PostMapping("/audit/verifications")
    String verify() {
        seals.verify(users.require());
        return "redirect:/audit/seals";
    }

    /** The part of the page that shows how far a comparison has come; once it is done the page is loaded again. */
    @GetMapping("/audit/verifications/{id}")
    String progress(@PathVariable long id, Model model, jakarta.servlet.http.HttpServletResponse response) {
        Verification verification = seals.verification(id).orElseThrow(NotFoundException::new);
        if (!verification.open()) {
            response.setHeader("HX-Refresh", "true");
        }
        model.addAttribute("open", verification);
        return "audit/seals :: progress";
    }
}
