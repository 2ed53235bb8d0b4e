package org.manyi.campaign.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.manyi.campaign.CampaignDetail;
import org.manyi.campaign.Campaigns;
import org.manyi.campaign.NodeKind;
import org.manyi.campaign.PlanAdjustments;
import org.manyi.campaign.PlanAdjustments.Adjustment;
import org.manyi.campaign.PlanAdjustments.Move;
import org.manyi.org.Organisation;
import org.manyi.org.Unit;
import org.manyi.org.UnitType;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.ConflictException;
import org.manyi.shared.NotFoundException;
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

/** Changing a running plan: another date, looked at before it is made, and schools that join or leave; with how far each change is. */
@Controller
class ChangePages {

    private final Campaigns campaigns;
    private final PlanAdjustments adjustments;
    private final Organisation organisation;
    private final CurrentUsers users;
    private final MessageSource messages;

    ChangePages(
            Campaigns campaigns,
            PlanAdjustments adjustments,
            Organisation organisation,
            CurrentUsers users,
            MessageSource messages) {
        this.campaigns = campaigns;
        this.adjustments = adjustments;
        this.organisation = organisation;
        this.users = users;
        this.messages = messages;
    }

    @GetMapping("/campaigns/{id}/changes")
    String changes(
            @PathVariable String id,
            @RequestParam(required = false) String what,
            @RequestParam(required = false) String starts,
            @RequestParam(required = false) String due,
            Model model,
            HttpServletResponse response) {
        CurrentUser user = users.require();
        String page = show(id, user, model);
        keep(what, starts, due, model);
        if (what != null) {
            try {
                model.addAttribute(
                        "affected", adjustments.preview(id, List.of(new Move(what, day(starts), day(due))), user));
            } catch (ValidationException e) {
                Refusals.show(e, "what", model, response);
            }
        }
        return page;
    }

    private static void keep(String what, String starts, String due, Model model) {
        model.addAttribute("typedWhat", what);
        model.addAttribute("typedStarts", starts);
        model.addAttribute("typedDue", due);
    }

    private String show(String id, CurrentUser user, Model model) {
        CampaignDetail detail = campaigns.find(id, user);
        model.addAttribute("item", detail.item());
        model.addAttribute("plan", detail.plan());
        model.addAttribute("adjustments", adjustments.of(id, user));
        model.addAttribute("mayAdjust", adjustments.mayAdjust(id, user));
        List<CampaignPages.Choice> choices = new ArrayList<>();
        detail.plan().phases().forEach(phase -> {
            choices.add(new CampaignPages.Choice(phase.id(), text("campaign.change.phase", phase.name())));
            detail.plan().plannedNodes().stream()
                    .filter(node -> node.phase().equals(phase.id()) && node.kind() != NodeKind.RECURRING)
                    .forEach(node -> choices.add(
                            new CampaignPages.Choice(node.id(), text("campaign.change.node", node.name()))));
        });
        model.addAttribute("choices", choices);
        return "campaign/changes";
    }

    /** How far the last change is, asked every two seconds while it is under way. */
    @GetMapping("/campaigns/{id}/changes/{planVersion}")
    String progress(@PathVariable String id, @PathVariable int planVersion, Model model) {
        List<Adjustment> all = adjustments.of(id, users.require());
        model.addAttribute("id", id);
        model.addAttribute(
                "one",
                all.stream()
                        .filter(one -> one.planVersion() == planVersion)
                        .findFirst()
                        .orElseThrow(NotFoundException::new));
        return "campaign/changes :: progress";
    }

    @PostMapping("/campaigns/{id}/dates")
    String move(
            @PathVariable String id,
            @RequestParam int version,
            @RequestParam String what,
            @RequestParam(required = false) String starts,
            @RequestParam(required = false) String due,
            @RequestParam(required = false) String reason,
            Model model,
            RedirectAttributes redirect,
            HttpServletResponse response) {
        CurrentUser user = users.require();
        try {
            adjustments.move(id, version, List.of(new Move(what, day(starts), day(due))), reason, user);
        } catch (ValidationException | ConflictException e) {
            keep(what, starts, due, model);
            model.addAttribute("typedReason", reason);
            Refusals.show(e, "what", model, response);
            return show(id, user, model);
        }
        redirect.addFlashAttribute("flash", text("campaign.said.moved"));
        return "redirect:/campaigns/{id}/changes";
    }

    @PostMapping("/campaigns/{id}/participants")
    String changeSchools(
            @PathVariable String id,
            @RequestParam int version,
            @RequestParam(required = false) String joining,
            @RequestParam(required = false) String leaving,
            @RequestParam(required = false) String schoolReason,
            Model model,
            RedirectAttributes redirect,
            HttpServletResponse response) {
        CurrentUser user = users.require();
        try {
            adjustments.changeSchools(id, version, codes(joining), codes(leaving), schoolReason, user);
        } catch (ValidationException | ConflictException e) {
            model.addAttribute("typedJoining", joining);
            model.addAttribute("typedLeaving", leaving);
            model.addAttribute("typedSchoolReason", schoolReason);
            Refusals.show(e, "joining", model, response);
            return show(id, user, model);
        }
        redirect.addFlashAttribute("flash", text("campaign.said.schoolsChanged"));
        return "redirect:/campaigns/{id}/changes";
    }

    /** The schools that were typed, by code, name or short name; what is none of them stays as typed and is refused. */
    private Set<String> codes(String typed) {
        List<String> words = TypedValues.words(typed).toList();
        if (words.isEmpty()) {
            return Set.of();
        }
        List<Unit> schools = organisation.units(UnitType.SCHOOL);
        Map<String, String> byName =
                schools.stream().collect(Collectors.toMap(Unit::name, Unit::code, (one, other) -> one));
        schools.forEach(school -> byName.putIfAbsent(school.shortName(), school.code()));
        return words.stream()
                .map(word -> byName.getOrDefault(word, word))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    static LocalDate day(String typed) {
        if (typed == null || typed.isBlank()) {
            return null;
        }
        try {
            return LocalDate.parse(typed.strip());
        } catch (DateTimeParseException e) {
            throw ValidationException.of("due", "malformed", "campaign.problem.day");
        }
    }

    private String text(String key, Object... args) {
        return messages.getMessage(key, args, LocaleContextHolder.getLocale());
    }
}
