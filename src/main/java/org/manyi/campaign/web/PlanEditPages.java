package org.manyi.campaign.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.manyi.campaign.CampaignDetail;
import org.manyi.campaign.CampaignDetail.Action;
import org.manyi.campaign.Campaigns;
import org.manyi.campaign.DayOfPlan;
import org.manyi.campaign.DueRule;
import org.manyi.campaign.FanOut;
import org.manyi.campaign.NodeKind;
import org.manyi.campaign.Plan;
import org.manyi.campaign.Recurrence;
import org.manyi.campaign.RestDayRule;
import org.manyi.campaign.web.CampaignPages.Choice;
import org.manyi.org.Organisation;
import org.manyi.org.Unit;
import org.manyi.org.UnitType;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.ConflictException;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.ForbiddenException;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.ProblemException;
import org.manyi.shared.ValidationException;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Changing a draft: what it says as a whole, and node by node. Each saving is a further version. */
@Controller
class PlanEditPages {

    private static final String NEW = "new";
    private static final int LAST_DAY = 31;

    private final Campaigns campaigns;
    private final Organisation organisation;
    private final CurrentUsers users;
    private final MessageSource messages;

    PlanEditPages(Campaigns campaigns, Organisation organisation, CurrentUsers users, MessageSource messages) {
        this.campaigns = campaigns;
        this.organisation = organisation;
        this.users = users;
        this.messages = messages;
    }

    @GetMapping("/campaigns/{id}/edit")
    String edit(@PathVariable String id, Model model) {
        CampaignDetail detail = draft(id, users.require());
        return showPlan(detail, PlanForm.of(detail.plan()), detail.item().version(), model);
    }

    private String showPlan(CampaignDetail detail, Map<String, String> fields, int version, Model model) {
        model.addAttribute("item", detail.item());
        model.addAttribute("plan", detail.plan());
        model.addAttribute("fields", fields);
        model.addAttribute("version", version);
        List<Choice> posts = posts(detail.plan());
        model.addAttribute("posts", posts);
        model.addAttribute(
                "members",
                posts.stream()
                        .filter(post -> !post.value().startsWith("dept:")
                                || detail.plan().leadingGroup().members().contains(post.value()))
                        .toList());
        model.addAttribute("deputyRows", PlanForm.deputyRows(detail.plan()));
        model.addAttribute("departments", units(UnitType.DEPARTMENT));
        model.addAttribute("districts", units(UnitType.DISTRICT));
        model.addAttribute("kinds", organisation.kindNames());
        return "campaign/edit";
    }

    @PostMapping("/campaigns/{id}/edit")
    String save(
            @PathVariable String id,
            @RequestParam int version,
            @RequestParam(required = false) String note,
            @RequestParam Map<String, String> typed,
            Model model,
            RedirectAttributes redirect,
            HttpServletResponse response) {
        CurrentUser user = users.require();
        CampaignDetail detail = draft(id, user);
        try {
            campaigns.revise(id, version, PlanForm.change(detail.plan(), typed), note, user);
        } catch (ValidationException | ConflictException e) {
            refused(e, "title", model, response);
            return showPlan(detail, typed, version, model);
        }
        said(redirect, "campaign.said.saved");
        return "redirect:/campaigns/{id}";
    }

    @GetMapping("/campaigns/{id}/nodes/{node}")
    String node(
            @PathVariable String id,
            @PathVariable String node,
            @RequestParam(required = false) String phase,
            Model model) {
        CampaignDetail detail = draft(id, users.require());
        Plan.Node shown = node.equals(NEW)
                ? blank(detail.plan(), phase)
                : detail.plan().node(node).orElseThrow(NotFoundException::new);
        return showNode(
                detail, node, NodeForm.of(detail.plan(), shown, detail.item().version()), model);
    }

    private static Plan.Node blank(Plan plan, String phase) {
        Plan.Phase in = plan.phase(phase).orElse(plan.phases().get(0));
        return new Plan.Node(
                null,
                null,
                in.id(),
                null,
                NodeKind.WINDOW,
                null,
                new DueRule.OnDay(DayOfPlan.of(in.ends().in(plan.year()), plan.year())),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(3, 1, 0, -1),
                null,
                null,
                null);
    }

    private String showNode(CampaignDetail detail, String node, NodeForm form, Model model) {
        Plan plan = detail.plan();
        model.addAttribute("item", detail.item());
        model.addAttribute("plan", plan);
        model.addAttribute("nodeKey", node);
        model.addAttribute("isNew", node.equals(NEW));
        model.addAttribute("form", form);
        model.addAttribute(
                "phaseChoices",
                plan.phases().stream()
                        .map(phase -> new Choice(phase.id(), phase.name()))
                        .toList());
        model.addAttribute(
                "others",
                plan.nodes().stream()
                        .filter(other -> !other.id().equals(node))
                        .map(other -> new Choice(other.id(), other.name()))
                        .toList());
        List<Choice> posts = posts(plan);
        model.addAttribute("owners", posts);
        List<Choice> checkers = new ArrayList<>();
        checkers.add(new Choice(Plan.Check.BY_DEPARTMENT, text("campaign.check.department")));
        checkers.addAll(posts);
        model.addAttribute("checkers", checkers);
        model.addAttribute(
                "mechanisms",
                plan.mechanisms().stream()
                        .map(mechanism -> new Choice(mechanism.id(), mechanism.name()))
                        .toList());
        model.addAttribute(
                "kinds", choices("campaign.kind.", List.of(NodeKind.MILESTONE.name(), NodeKind.WINDOW.name())));
        model.addAttribute("restDays", choices("campaign.restDay.", names(RestDayRule.values())));
        model.addAttribute("fanOuts", choices("campaign.fanOut.", names(FanOut.values())));
        model.addAttribute("periods", choices("campaign.period.", names(Recurrence.Period.values())));
        model.addAttribute("everies", choices("campaign.everyWord.", names(Recurrence.Every.values())));
        model.addAttribute("weekdays", choices("campaign.weekday.", names(DayOfWeek.values())));
        model.addAttribute("months", numbers(12, "campaign.month"));
        model.addAttribute("weeks", choices("campaign.week.", List.of("1", "2", "3", "4", "5")));
        model.addAttribute("daysOfMonth", numbers(LAST_DAY, "campaign.dayOfMonth"));
        return "campaign/node";
    }

    private List<Choice> units(UnitType type) {
        return organisation.units(type).stream()
                .map(unit -> new Choice(unit.code(), unit.name()))
                .toList();
    }

    /** The posts that may own or check: those of departments, the bureau's that the plan names, and those it names otherwise. */
    private List<Choice> posts(Plan plan) {
        Set<String> keys = plan.posts();
        organisation
                .units(UnitType.DEPARTMENT)
                .forEach((Unit department) -> keys.addAll(organisation.workPosts(department.code())));
        Map<String, String> names = organisation.postNames(keys);
        return keys.stream()
                .sorted()
                .map(key -> new Choice(key, names.get(key)))
                .toList();
    }

    private List<Choice> choices(String prefix, List<String> values) {
        return values.stream()
                .map(value -> new Choice(value, text(prefix + value)))
                .toList();
    }

    private static List<String> names(Enum<?>[] values) {
        return Arrays.stream(values).map(Enum::name).toList();
    }

    private List<Choice> numbers(int last, String messageKey) {
        return IntStream.rangeClosed(1, last)
                .mapToObj(number -> new Choice(
                        String.valueOf(number),
                        messages.getMessage(messageKey, new Object[] {number}, LocaleContextHolder.getLocale())))
                .toList();
    }

    @PostMapping("/campaigns/{id}/nodes/{node}")
    String saveNode(
            @PathVariable("id") String campaign,
            @PathVariable("node") String key,
            @ModelAttribute("form") NodeForm form,
            Model model,
            RedirectAttributes redirect,
            HttpServletResponse response) {
        CurrentUser user = users.require();
        CampaignDetail detail = draft(campaign, user);
        Plan plan = detail.plan();
        boolean isNew = key.equals(NEW);
        Plan.Node before = isNew ? null : plan.node(key).orElseThrow(NotFoundException::new);
        try {
            Plan.Node node = form.asNode(plan, before);
            if (isNew && plan.node(node.id()).isPresent()) {
                throw ValidationException.of("id", "duplicate", "campaign.problem.twice", node.id());
            }
            List<Plan.Node> nodes = new ArrayList<>(plan.nodes());
            if (isNew) {
                nodes.add(node);
            } else {
                nodes.set(nodes.indexOf(before), node);
            }
            campaigns.revise(campaign, versionOf(form), plan.withNodes(nodes), form.note(), user);
        } catch (ValidationException | ConflictException e) {
            refused(e, "name", model, response);
            return showNode(detail, key, form, model);
        }
        redirect.addAttribute("id", campaign);
        said(redirect, "campaign.said.saved");
        return "redirect:/campaigns/{id}";
    }

    private static int versionOf(NodeForm form) {
        if (form.version() == null) {
            throw ValidationException.of("version", "required", "campaign.problem.number");
        }
        return form.version();
    }

    @PostMapping("/campaigns/{id}/nodes/{node}/delete")
    String deleteNode(
            @PathVariable String id,
            @PathVariable String node,
            @RequestParam int version,
            Model model,
            RedirectAttributes redirect,
            HttpServletResponse response) {
        CurrentUser user = users.require();
        CampaignDetail detail = draft(id, user);
        Plan plan = detail.plan();
        Plan.Node gone = plan.node(node).orElseThrow(NotFoundException::new);
        try {
            campaigns.revise(
                    id,
                    version,
                    plan.withNodes(plan.nodes().stream()
                            .filter(one -> !one.equals(gone))
                            .toList()),
                    null,
                    user);
        } catch (ValidationException | ConflictException e) {
            refused(e, "name", model, response);
            return showNode(detail, node, NodeForm.of(plan, gone, version), model);
        }
        said(redirect, "campaign.said.deleted");
        return "redirect:/campaigns/{id}";
    }

    /** The campaign as its author may change it. */
    private CampaignDetail draft(String id, CurrentUser user) {
        CampaignDetail detail = campaigns.find(id, user);
        if (!campaigns.mayDraft(user)) {
            throw new ForbiddenException("campaign.problem.forbidden");
        }
        if (!detail.may(Action.EDIT)) {
            throw new ConflictException(
                    ConflictException.Reason.NOT_ACTIVE,
                    detail.item().submitted() ? "campaign.problem.submitted" : "campaign.problem.decided");
        }
        return detail;
    }

    private static void refused(ProblemException refusal, String field, Model model, HttpServletResponse response) {
        response.setStatus(refusal.status());
        model.addAttribute(
                "errors",
                refusal.fieldsOr(field).stream().map(PlanEditPages::atField).toList());
    }

    /** A rule of the plan as a whole names its place in it ({@code nodes[x].due}); the form has fields of simpler names. */
    private static FieldProblem atField(FieldProblem problem) {
        String field = problem.field().substring(problem.field().lastIndexOf('.') + 1);
        return problem.field().startsWith("nodes[")
                ? new FieldProblem(
                        field.equals("due") ? "rule" : field, problem.code(), problem.messageKey(), problem.args())
                : problem;
    }

    private void said(RedirectAttributes redirect, String messageKey) {
        redirect.addFlashAttribute("flash", text(messageKey));
    }

    private String text(String key) {
        return messages.getMessage(key, null, LocaleContextHolder.getLocale());
    }
}
