package org.manyi.campaign.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import org.manyi.campaign.CampaignDetail;
import org.manyi.campaign.CampaignItem;
import org.manyi.campaign.CampaignYear;
import org.manyi.campaign.Campaigns;
import org.manyi.campaign.Plan;
import org.manyi.campaign.PlanDays;
import org.manyi.campaign.PlanDecisions;
import org.manyi.campaign.PlanRules;
import org.manyi.campaign.PlanWarning;
import org.manyi.campaign.PlannedDay;
import org.manyi.campaign.Timeline;
import org.manyi.campaign.WorkItem;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.MovableClock;
import org.manyi.shared.Slice;
import org.manyi.shared.ValidationException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/** The years' campaigns by API. */
@RestController
@RequestMapping("/api/v1/campaigns")
@Tag(name = "Campaigns")
class CampaignApi {

    private final Campaigns campaigns;
    private final PlanDays planDays;
    private final PlanRules rules;
    private final CampaignYear year;
    private final MovableClock clock;
    private final CurrentUsers users;

    CampaignApi(
            Campaigns campaigns,
            PlanDays planDays,
            PlanRules rules,
            CampaignYear year,
            MovableClock clock,
            CurrentUsers users) {
        this.campaigns = campaigns;
        this.year = year;
        this.clock = clock;
        this.planDays = planDays;
        this.rules = rules;
        this.users = users;
    }

    /**
     * A year to be drawn up.
     *
     * @param plan the id of a shipped plan
     * @param confirmNotDuplicate null is false
     */
    record Draft(
            @Schema(example = "luozhuang-2022") @NotNull String plan,
            @Schema(example = "2026") @NotNull Integer year,
            Boolean confirmNotDuplicate) {}

    /** A year to be drawn up from another. */
    record RollOver(@Schema(example = "2027") @NotNull Integer year, Boolean confirmNotDuplicate) {}

    /** A further version of a draft. */
    record Revision(@NotNull Integer version, @NotNull Plan plan, String note) {}

    /** A step of a draft. */
    record Step(@NotNull Integer version) {}

    /**
     * The party committee's decision.
     *
     * @param version null when whatever version is current is meant
     * @param decision {@code approve}, the default, or {@code return}
     * @param reason required to return it
     */
    record Decision(
            Integer version,
            @Schema(allowableValues = {"approve", "return"}) String decision,
            String reason) {}

    /**
     * The issuing of a decided plan.
     *
     * @param version null when whatever version is current is meant
     * @param issuedOn null for today
     */
    record Start(
            Integer version,
            @Schema(example = "区教发〔2026〕3 号") String documentNumber,
            LocalDate issuedOn,
            String publishedWhere) {}

    /**
     * A node of the timeline.
     *
     * @param state {@code planned}, {@code open}, {@code late}, {@code done} or {@code notPlanned}
     * @param schools null for a node that is not every school's
     */
    record TimelineNode(
            String id,
            String name,
            String phase,
            String owner,
            LocalDate starts,
            LocalDate dueDate,
            String state,
            OffsetDateTime doneAt,
            Timeline.Schools schools) {}

    /** A year as planned and as it went. */
    record TimelineAnswer(LocalDate today, List<Timeline.Phase> phases, List<TimelineNode> nodes) {}

    /**
     * A piece of work.
     *
     * @param state {@code planned}, {@code open}, {@code checking}, {@code returned} or {@code done}
     */
    record Work(
            String number,
            String node,
            String phase,
            String name,
            LocalDate startsOn,
            LocalDate dueDate,
            String state,
            boolean late,
            OffsetDateTime handedInAt,
            OffsetDateTime doneAt) {

        static Work of(WorkItem item) {
            return new Work(
                    item.number(),
                    item.node(),
                    item.phase(),
                    item.name(),
                    item.startsOn(),
                    item.dueOn(),
                    item.state().code(),
                    item.late(),
                    item.handedInAt(),
                    item.doneAt());
        }
    }

    /** A school with its work of a phase. */
    record SchoolRow(String code, String name, String district, int late, List<Work> works) {}

    /** A school's part of the year. */
    record Part(String code, String name, List<Work> works) {}

    /** A campaign in a list. */
    record Item(
            String id,
            String plan,
            int year,
            String title,
            String state,
            boolean submitted,
            int planVersion,
            OffsetDateTime changedAt,
            int version) {

        static Item of(CampaignItem item) {
            return new Item(
                    item.id(),
                    item.planId(),
                    item.year(),
                    item.title(),
                    item.state().code(),
                    item.submitted(),
                    item.planVersion(),
                    item.changedAt(),
                    item.version());
        }
    }

    /**
     * A campaign with its plan.
     *
     * @param days when its nodes fall due
     * @param warnings what its author should look at
     */
    record Detail(
            String id,
            String state,
            boolean submitted,
            int planVersion,
            int version,
            String returnedReason,
            String rolledFrom,
            Set<CampaignDetail.Action> actions,
            Plan plan,
            List<PlannedDay> days,
            List<PlanWarning> warnings) {}

    /** All campaigns. */
    record Items(List<Item> items) {}

    @Operation(summary = "The campaigns one may see, the latest year first")
    @GetMapping
    Items list() {
        return new Items(campaigns.list(users.require()).stream().map(Item::of).toList());
    }

    @Operation(
            summary = "Draw up a year's plan",
            description =
                    "By the department in charge, from a shipped plan; 409 possible-duplicate when there is one already.")
    @PostMapping
    ResponseEntity<Detail> draft(@Valid @RequestBody Draft draft) {
        return created(campaigns.draft(
                draft.plan(), draft.year(), Boolean.TRUE.equals(draft.confirmNotDuplicate()), users.require()));
    }

    @Operation(summary = "One campaign with its plan, the days of its nodes and what is odd about them")
    @GetMapping("/{id}")
    Detail find(@Parameter(example = "2026-ND-01") @PathVariable String id) {
        CampaignDetail detail = campaigns.find(id, users.require());
        return new Detail(
                detail.item().id(),
                detail.item().state().code(),
                detail.item().submitted(),
                detail.item().planVersion(),
                detail.item().version(),
                detail.returnedReason(),
                detail.rolledFrom(),
                detail.actions(),
                detail.plan(),
                planDays.of(detail.plan()),
                rules.warnings(detail.plan()));
    }

    @Operation(
            summary = "Draw up a further year from this one",
            description = "The same plan, its days in the other year.")
    @PostMapping("/{id}/actions/rollOver")
    ResponseEntity<Detail> rollOver(@PathVariable String id, @Valid @RequestBody RollOver asked) {
        return created(campaigns.rollOver(
                id, asked.year(), Boolean.TRUE.equals(asked.confirmNotDuplicate()), users.require()));
    }

    @Operation(
            summary = "Save a further version of a draft",
            description = "The whole plan; its id and year stay. 422 lists what breaks a rule, by field.")
    @PostMapping("/{id}/plan")
    Detail revise(@PathVariable String id, @Valid @RequestBody Revision revision) {
        campaigns.revise(id, revision.version(), revision.plan(), revision.note(), users.require());
        return find(id);
    }

    @Operation(summary = "Put a draft before the party committee")
    @PostMapping("/{id}/submit")
    Detail submit(@PathVariable String id, @Valid @RequestBody Step step) {
        campaigns.submit(id, step.version(), users.require());
        return find(id);
    }

    @Operation(summary = "Take a submitted draft back")
    @PostMapping("/{id}/recall")
    Detail recall(@PathVariable String id, @Valid @RequestBody Step step) {
        campaigns.recall(id, step.version(), users.require());
        return find(id);
    }

    @Operation(
            summary = "Decide a draft, or send it back",
            description = "By the head of the bureau for the party committee; a reason is required to send it back.")
    @PostMapping("/{id}/decide")
    Detail decide(@PathVariable String id, @RequestBody(required = false) Decision decision) {
        Decision asked = decision == null ? new Decision(null, null, null) : decision;
        String choice = asked.decision() == null ? "approve" : asked.decision();
        if (!Set.of("approve", "return").contains(choice)) {
            throw ValidationException.of("decision", "unknown", "campaign.problem.decision");
        }
        campaigns.decide(id, asked.version(), choice.equals("approve"), asked.reason(), users.require());
        return find(id);
    }

    @Operation(
            summary = "Issue a decided plan, which opens the year",
            description = "The phases begin on their days; those whose day is over begin at once.")
    @PostMapping("/{id}/start")
    Detail start(@PathVariable String id, @RequestBody(required = false) Start start) {
        Start asked = start == null ? new Start(null, null, null, null) : start;
        campaigns.start(
                id,
                asked.version(),
                new PlanDecisions.Issue(
                        asked.documentNumber(),
                        asked.issuedOn() == null ? clock.today() : asked.issuedOn(),
                        asked.publishedWhere()),
                users.require());
        return find(id);
    }

    @Operation(summary = "The year as planned and as it went; of the schools those one sees are counted")
    @GetMapping("/{id}/timeline")
    TimelineAnswer timeline(@PathVariable String id) {
        Timeline timeline = year.timeline(id, users.require());
        return new TimelineAnswer(
                timeline.today(),
                timeline.phases(),
                timeline.nodes().stream()
                        .map(node -> new TimelineNode(
                                node.id(),
                                node.name(),
                                node.phase(),
                                node.owner(),
                                node.starts(),
                                node.dueDate(),
                                node.state(),
                                node.doneAt(),
                                node.schools()))
                        .toList());
    }

    @Operation(summary = "The schools one sees with their work of a phase, those with most late first")
    @GetMapping("/{id}/schools")
    Slice<SchoolRow> schools(
            @PathVariable String id,
            @Parameter(description = "The phase; without it the one that runs") @RequestParam(required = false)
                    String phase,
            @RequestParam(required = false) String district,
            @RequestParam(required = false) String kind,
            @Parameter(description = "The department in charge of the kind of institution")
                    @RequestParam(required = false)
                    String department,
            @RequestParam(defaultValue = "false") boolean behind,
            @Parameter(description = "Part of a school's name or code") @RequestParam(required = false) String q,
            @RequestParam(required = false) String cursor,
            @RequestParam(required = false) Integer size) {
        return year.matrix(
                        id,
                        new CampaignYear.MatrixQuery(
                                phase, district, kind, department, behind, q, cursor, Slice.size(size)),
                        users.require())
                .rows()
                .map(row -> new SchoolRow(
                        row.code(),
                        row.name(),
                        row.district(),
                        row.late(),
                        row.works().values().stream().map(Work::of).toList()));
    }

    @Operation(summary = "A school's part of the year, soonest due first")
    @GetMapping("/{id}/schools/{code}")
    Part school(@PathVariable String id, @PathVariable String code) {
        CampaignYear.Part part = year.part(id, code, users.require());
        return new Part(
                part.code(), part.name(), part.works().stream().map(Work::of).toList());
    }

    private ResponseEntity<Detail> created(String id) {
        return ResponseEntity.created(
                        UriComponentsBuilder.fromPath("/api/v1/campaigns/{id}").build(id))
                .body(find(id));
    }
}
