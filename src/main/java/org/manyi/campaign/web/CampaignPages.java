package org.manyi.campaign.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.manyi.campaign.CampaignDetail;
import org.manyi.campaign.Campaigns;
import org.manyi.campaign.Plan;
import org.manyi.campaign.PlanComparison;
import org.manyi.campaign.PlanDays;
import org.manyi.campaign.PlanDecisions;
import org.manyi.campaign.PlanFiles;
import org.manyi.campaign.PlanRules;
import org.manyi.campaign.PlanVersion;
import org.manyi.campaign.PlannedDay;
import org.manyi.org.Organisation;
import org.manyi.org.Unit;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.ConflictException;
import org.manyi.shared.MovableClock;
import org.manyi.shared.ProblemException;
import org.manyi.shared.ValidationException;
import org.manyi.shared.web.Refusals;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The years' campaigns in pages: which there are, a year's plan, its versions, and its decision. */
@Controller
class CampaignPages {

    private static final MediaType YAML = new MediaType("application", "yaml", StandardCharsets.UTF_8);

    private final Campaigns campaigns;
    private final PlanFiles files;
    private final PlanDays planDays;
    private final PlanRules rules;
    private final PlanComparison comparison;
    private final Organisation organisation;
    private final CurrentUsers users;
    private final MovableClock clock;
    private final CampaignTexts texts;
    private final MessageSource messages;

    CampaignPages(
            Campaigns campaigns,
            PlanFiles files,
            PlanDays planDays,
            PlanRules rules,
            PlanComparison comparison,
            Organisation organisation,
            CurrentUsers users,
            MovableClock clock,
            CampaignTexts texts,
            MessageSource messages) {
        this.campaigns = campaigns;
        this.files = files;
        this.planDays = planDays;
        this.rules = rules;
        this.comparison = comparison;
        this.organisation = organisation;
        this.users = users;
        this.clock = clock;
        this.texts = texts;
        this.messages = messages;
    }

    /** A value that a select offers. */
    record Choice(String value, String label) {}

    /** A phase with its nodes and their days. */
    record PhaseOfPlan(Plan.Phase phase, List<NodeOfPlan> nodes) {}

    /**
     * A node with its days.
     *
     * @param next the first day, null when it has none
     * @param times how many days
     * @param off whether its mechanism is switched off
     */
    record NodeOfPlan(Plan.Node node, PlannedDay next, int times, boolean off) {}

    @GetMapping("/campaigns")
    String list(Model model) {
        showList(users.require(), model);
        return "campaign/list";
    }

    private void showList(CurrentUser user, Model model) {
        model.addAttribute("campaigns", campaigns.list(user));
        if (campaigns.mayDraft(user)) {
            model.addAttribute(
                    "plans",
                    files.shipped().stream()
                            .map(plan -> new Choice(plan.id(), plan.title() + " (" + plan.id() + ")"))
                            .toList());
            model.addAttribute("nextYear", clock.today().getYear() + 1);
        }
    }

    @PostMapping("/campaigns")
    String draft(
            @RequestParam(required = false) String plan,
            @RequestParam(defaultValue = "0") int year,
            @RequestParam(defaultValue = "false") boolean confirmed,
            Model model,
            RedirectAttributes redirect,
            HttpServletResponse response) {
        CurrentUser user = users.require();
        try {
            redirect.addAttribute("id", campaigns.draft(plan, year, confirmed, user));
        } catch (ValidationException | ConflictException e) {
            model.addAttribute("typedYear", year);
            return refusedList(e, "year", user, model, response);
        }
        redirect.addFlashAttribute("flash", text("campaign.said.drafted"));
        return "redirect:/campaigns/{id}";
    }

    @PostMapping("/campaigns/file")
    String draftFromFile(
            @RequestParam(required = false) MultipartFile file,
            @RequestParam(defaultValue = "false") boolean confirmed,
            Model model,
            RedirectAttributes redirect,
            HttpServletResponse response)
            throws IOException {
        CurrentUser user = users.require();
        try {
            if (file == null || file.isEmpty()) {
                throw ValidationException.of("file", "required", "campaign.problem.file");
            }
            redirect.addAttribute("id", campaigns.draft(file.getBytes(), confirmed, user));
        } catch (ValidationException | ConflictException e) {
            return refusedList(e, "file", user, model, response);
        }
        redirect.addFlashAttribute("flash", text("campaign.said.drafted"));
        return "redirect:/campaigns/{id}";
    }

    private String refusedList(
            ProblemException refusal, String field, CurrentUser user, Model model, HttpServletResponse response) {
        Refusals.show(refusal, field, model, response);
        model.addAttribute("mayConfirm", refusal instanceof ConflictException);
        showList(user, model);
        return "campaign/list";
    }

    @GetMapping("/campaigns/{id}")
    String campaign(@PathVariable String id, Model model) {
        return show(campaigns.find(id, users.require()), model);
    }

    private String show(CampaignDetail detail, Model model) {
        model.addAttribute("detail", detail);
        model.addAttribute("item", detail.item());
        model.addAttribute("warnings", rules.warnings(detail.plan()));
        model.addAttribute("said", texts.said(detail.history()));
        model.addAttribute("issueDay", clock.today());
        showPlan(detail.plan(), model);
        return "campaign/plan";
    }

    private void showPlan(Plan plan, Model model) {
        model.addAttribute("plan", plan);
        model.addAttribute("phases", phases(plan));
        model.addAttribute("postNames", organisation.postNames(plan.posts()));
        model.addAttribute("unitNames", unitNames(plan));
    }

    private List<PhaseOfPlan> phases(Plan plan) {
        Map<String, List<PlannedDay>> days =
                planDays.of(plan).stream().collect(Collectors.groupingBy(PlannedDay::node));
        Set<Plan.Node> planned = new LinkedHashSet<>(plan.plannedNodes());
        List<PhaseOfPlan> phases = new ArrayList<>();
        for (Plan.Phase phase : plan.phases()) {
            phases.add(new PhaseOfPlan(
                    phase,
                    plan.nodes().stream()
                            .filter(node -> node.phase().equals(phase.id()))
                            .map(node -> node(node, days.getOrDefault(node.id(), List.of()), planned))
                            .toList()));
        }
        return phases;
    }

    private static NodeOfPlan node(Plan.Node node, List<PlannedDay> days, Set<Plan.Node> planned) {
        return new NodeOfPlan(node, days.isEmpty() ? null : days.get(0), days.size(), !planned.contains(node));
    }

    private Map<String, String> unitNames(Plan plan) {
        List<String> codes = new ArrayList<>(plan.participants().districts());
        codes.addAll(plan.participants().schools());
        codes.addAll(plan.participants().except());
        if (plan.leadingGroup().office() != null) {
            codes.add(plan.leadingGroup().office());
        }
        Map<String, String> names = new LinkedHashMap<>();
        codes.forEach(code -> names.put(code, code));
        organisation.findAll(codes).forEach((Unit unit) -> names.put(unit.code(), unit.name()));
        return names;
    }

    @PostMapping("/campaigns/{id}/roll-over")
    String rollOver(
            @PathVariable String id,
            @RequestParam(defaultValue = "0") int year,
            @RequestParam(defaultValue = "false") boolean confirmed,
            Model model,
            RedirectAttributes redirect,
            HttpServletResponse response) {
        CurrentUser user = users.require();
        try {
            redirect.addAttribute("id", campaigns.rollOver(id, year, confirmed, user));
        } catch (ValidationException | ConflictException e) {
            model.addAttribute("typedYear", year);
            model.addAttribute("mayConfirm", e instanceof ConflictException);
            Refusals.show(e, "year", model, response);
            return show(campaigns.find(id, user), model);
        }
        redirect.addFlashAttribute("flash", text("campaign.said.drafted"));
        return "redirect:/campaigns/{id}";
    }

    @PostMapping("/campaigns/{id}/submit")
    String submit(
            @PathVariable String id,
            @RequestParam int version,
            Model model,
            RedirectAttributes redirect,
            HttpServletResponse response) {
        CurrentUser user = users.require();
        return step(
                id,
                "plan",
                "campaign.said.submitted",
                user,
                model,
                redirect,
                response,
                () -> campaigns.submit(id, version, user));
    }

    @PostMapping("/campaigns/{id}/recall")
    String recall(
            @PathVariable String id,
            @RequestParam int version,
            Model model,
            RedirectAttributes redirect,
            HttpServletResponse response) {
        CurrentUser user = users.require();
        return step(
                id,
                "plan",
                "campaign.said.recalled",
                user,
                model,
                redirect,
                response,
                () -> campaigns.recall(id, version, user));
    }

    @PostMapping("/campaigns/{id}/decide")
    String decide(
            @PathVariable String id,
            @RequestParam int version,
            @RequestParam(required = false) String decision,
            @RequestParam(required = false) String reason,
            Model model,
            RedirectAttributes redirect,
            HttpServletResponse response) {
        CurrentUser user = users.require();
        boolean approve = "approve".equals(decision);
        model.addAttribute("typedDecision", decision);
        model.addAttribute("typedReason", reason);
        String said = approve ? "campaign.said.decided" : "campaign.said.returned";
        return step(id, "decision", said, user, model, redirect, response, () -> {
            if (!approve && !"return".equals(decision)) {
                throw ValidationException.of("decision", "required", "campaign.problem.decision");
            }
            campaigns.decide(id, version, approve, reason, user);
        });
    }

    @PostMapping("/campaigns/{id}/start")
    String start(
            @PathVariable String id,
            @RequestParam int version,
            @RequestParam(required = false) String documentNumber,
            @RequestParam(required = false) String issuedOn,
            @RequestParam(required = false) String publishedWhere,
            Model model,
            RedirectAttributes redirect,
            HttpServletResponse response) {
        CurrentUser user = users.require();
        model.addAttribute("typedDocumentNumber", documentNumber);
        model.addAttribute("typedIssuedOn", issuedOn);
        model.addAttribute("typedPublishedWhere", publishedWhere);
        return step(id, "issuedOn", "campaign.said.started", user, model, redirect, response, () -> {
            LocalDate day = day("issuedOn", issuedOn);
            campaigns.start(id, version, new PlanDecisions.Issue(documentNumber, day, publishedWhere), user);
        });
    }

    private static LocalDate day(String field, String typed) {
        try {
            return LocalDate.parse(typed == null ? "" : typed.strip());
        } catch (DateTimeParseException e) {
            throw ValidationException.of(field, "required", "campaign.problem.day");
        }
    }

    /** Takes a step of a draft and says so, or shows the plan with what the refusal says at {@code field}. */
    private String step(
            String id,
            String field,
            String said,
            CurrentUser user,
            Model model,
            RedirectAttributes redirect,
            HttpServletResponse response,
            Runnable step) {
        try {
            step.run();
        } catch (ValidationException | ConflictException e) {
            Refusals.show(e, field, model, response);
            return show(campaigns.find(id, user), model);
        }
        redirect.addFlashAttribute("flash", text(said));
        return "redirect:/campaigns/{id}";
    }

    @GetMapping("/campaigns/{id}/versions")
    String versions(
            @PathVariable String id,
            @RequestParam(required = false) Integer from,
            @RequestParam(required = false) Integer to,
            Model model) {
        CurrentUser user = users.require();
        CampaignDetail detail = campaigns.find(id, user);
        int later = to == null ? detail.item().planVersion() : to;
        int earlier = from == null ? Math.max(1, later - 1) : from;
        PlanVersion before = campaigns.version(id, earlier, user);
        PlanVersion after = campaigns.version(id, later, user);
        model.addAttribute("item", detail.item());
        model.addAttribute("versions", campaigns.versions(id, user));
        model.addAttribute("before", before);
        model.addAttribute("after", after);
        model.addAttribute("changes", comparison.of(before.plan(), after.plan()));
        return "campaign/versions";
    }

    @GetMapping("/campaigns/{id}/plan.yaml")
    ResponseEntity<byte[]> yaml(@PathVariable String id) {
        CampaignDetail detail = campaigns.find(id, users.require());
        return ResponseEntity.ok()
                .contentType(YAML)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(detail.item().id() + ".yaml")
                                .build()
                                .toString())
                .body(files.write(detail.plan()).getBytes(StandardCharsets.UTF_8));
    }

    private String text(String key) {
        return messages.getMessage(key, null, LocaleContextHolder.getLocale());
    }
}
