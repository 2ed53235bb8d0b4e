package org.manyi.campaign;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.manyi.campaign.CampaignDetail.Action;
import org.manyi.engine.Processes;
import org.manyi.inbox.CaseAccess;
import org.manyi.inbox.Inbox;
import org.manyi.security.CurrentUser;
import org.manyi.security.Role;
import org.manyi.shared.ConflictException;
import org.manyi.shared.ConflictException.Reason;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.ForbiddenException;
import org.manyi.shared.GapFreeNumbers;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.Texts;
import org.manyi.shared.ValidationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Where plans are drawn up and decided. */
@Service
@Transactional
class CampaignDesk implements Campaigns, PlanDecisions {

    private static final Set<String> AUTHORS = Set.of("dept:jijiao:staff", "dept:jijiao:head");
    private static final Set<Role> BUREAU = EnumSet.of(Role.CHAIR, Role.DEPUTY, Role.LEADER, Role.DEPARTMENT);
    private static final Set<String> PHASES =
            Set.of("february-planning", "spring-surveys", "autumn-visits", "year-end-review");
    private static final String ANNUAL_CAMPAIGN = "annual-campaign";
    private static final String REVISE_PLAN = "revisePlan";
    private static final String DECIDE_PLAN = "decidePlan";
    private static final String ISSUE_PLAN = "issuePlan";
    private static final String PLAN_APPROVED = "planApproved";
    private static final int LONGEST_NOTE = 200;
    private static final int LONGEST_PAPER = 64;
    private static final int LONGEST_REASON = 500;

    private final CampaignStore store;
    private final PlanFiles files;
    private final PlanRules rules;
    private final GapFreeNumbers numbers;
    private final CaseAccess access;
    private final Inbox inbox;
    private final Processes processes;
    private final MovableClock clock;

    CampaignDesk(
            CampaignStore store,
            PlanFiles files,
            PlanRules rules,
            GapFreeNumbers numbers,
            CaseAccess access,
            Inbox inbox,
            Processes processes,
            MovableClock clock) {
        this.store = store;
        this.files = files;
        this.rules = rules;
        this.numbers = numbers;
        this.access = access;
        this.inbox = inbox;
        this.processes = processes;
        this.clock = clock;
    }

    @Override
    public List<CampaignItem> list(CurrentUser user) {
        return store.list(
                seesDrafts(user)
                        ? List.of(CampaignState.values())
                        : List.of(CampaignState.DECIDED, CampaignState.RUNNING, CampaignState.CLOSED));
    }

    @Override
    public CampaignDetail find(String id, CurrentUser user) {
        CampaignStore.Row row = visible(store.find(id), user);
        return new CampaignDetail(
                row.item(),
                store.version(id, row.item().planVersion()).plan(),
                row.returnedReason(),
                row.rolledFrom(),
                row.decidedOn(),
                row.issue(),
                store.history(id),
                actions(row.item(), user));
    }

    private static Set<Action> actions(CampaignItem item, CurrentUser user) {
        Set<Action> actions = EnumSet.noneOf(Action.class);
        boolean draft = item.state() == CampaignState.DRAFT;
        if (author(user)) {
            if (draft) {
                actions.addAll(item.submitted() ? Set.of(Action.RECALL) : Set.of(Action.EDIT, Action.SUBMIT));
            }
            if (item.state() == CampaignState.DECIDED) {
                actions.add(Action.START);
            }
            actions.add(Action.ROLL_OVER);
        }
        if (draft && item.submitted() && user.is(Role.CHAIR)) {
            actions.add(Action.DECIDE);
        }
        return actions;
    }

    private static boolean author(CurrentUser user) {
        return user.postKeys().stream().anyMatch(AUTHORS::contains);
    }

    private static boolean seesDrafts(CurrentUser user) {
        return user.roles().stream().anyMatch(BUREAU::contains);
    }

    private static CampaignStore.Row visible(CampaignStore.Row row, CurrentUser user) {
        if (row.item().state() == CampaignState.DRAFT && !seesDrafts(user)) {
            throw new NotFoundException();
        }
        return row;
    }

    @Override
    public boolean mayDraft(CurrentUser user) {
        return author(user);
    }

    @Override
    public String draft(String planId, int year, boolean confirmed, CurrentUser user) {
        requireAuthor(user);
        return begin(files.shipped(planId).in(year), null, confirmed, user);
    }

    @Override
    public String draft(byte[] yaml, boolean confirmed, CurrentUser user) {
        requireAuthor(user);
        return begin(files.read(yaml), null, confirmed, user);
    }

    @Override
    public String rollOver(String id, int year, boolean confirmed, CurrentUser user) {
        CampaignStore.Row row = visible(store.find(id), user);
        requireAuthor(user);
        Plan plan = store.version(id, row.item().planVersion()).plan();
        return begin(plan.in(year), id, confirmed, user);
    }

    private String begin(Plan plan, String rolledFrom, boolean confirmed, CurrentUser user) {
        requireSound(plan);
        if (!confirmed && store.exists(plan.id(), plan.year())) {
            throw new ConflictException(
                    Reason.POSSIBLE_DUPLICATE, "campaign.problem.twoOfAYear", String.valueOf(plan.year()));
        }
        String id = "%d-ND-%02d".formatted(plan.year(), numbers.next("campaign-" + plan.year()));
        store.insert(id, plan, rolledFrom, user.username(), now());
        access.open(id, Set.of(), AUTHORS);
        processes.start(ANNUAL_CAMPAIGN, id, Map.of());
        return id;
    }

    private void requireSound(Plan plan) {
        List<FieldProblem> problems = rules.problems(plan);
        if (!problems.isEmpty()) {
            throw new ValidationException(problems);
        }
    }

    @Override
    public void revise(String id, int version, Plan plan, String note, CurrentUser user) {
        CampaignItem item = draftOf(id, version, user);
        requireAuthor(user);
        if (item.submitted()) {
            throw new ConflictException(Reason.NOT_ACTIVE, "campaign.problem.submitted");
        }
        String why = words("note", note, LONGEST_NOTE);
        if (!plan.id().equals(item.planId()) || plan.year() != item.year()) {
            throw ValidationException.of("id", "fixed", "campaign.problem.fixed");
        }
        requireSound(plan);
        if (plan.equals(store.version(id, item.planVersion()).plan())) {
            throw ValidationException.of("plan", "unchanged", "campaign.problem.unchanged");
        }
        store.revise(item, plan, why, user.username(), now());
    }

    @Override
    public void submit(String id, int version, CurrentUser user) {
        put(draftOf(id, version, user), null, user);
        inbox.settle(id, REVISE_PLAN, Map.of(), user);
    }

    @Override
    public void submitted(String id, String note, CurrentUser user) {
        put(draftOf(id, null, user), words("note", note, LONGEST_NOTE), user);
    }

    private void put(CampaignItem item, String note, CurrentUser user) {
        requireAuthor(user);
        if (item.submitted()) {
            throw new ConflictException(Reason.NOT_ACTIVE, "campaign.problem.submitted");
        }
        Plan plan = store.version(item.id(), item.planVersion()).plan();
        requireSound(plan);
        requirePhases(plan);
        store.submit(item, note, user.username(), now());
    }

    @Override
    public void recall(String id, int version, CurrentUser user) {
        CampaignItem item = draftOf(id, version, user);
        requireAuthor(user);
        if (!item.submitted()) {
            throw new ConflictException(Reason.NOT_ACTIVE, "campaign.problem.notSubmitted");
        }
        store.recall(item, user.username(), now());
        inbox.settle(id, DECIDE_PLAN, Map.of(PLAN_APPROVED, false), user);
    }

    @Override
    public void decide(String id, Integer version, boolean approve, String reason, CurrentUser user) {
        CampaignItem item = draftOf(id, version, user);
        choose(item, approve, reason, user);
        if (!item.submitted()) {
            // The committee took the draft up by itself, before it was put before it.
            inbox.settle(id, REVISE_PLAN, Map.of(), user);
        }
        inbox.settle(id, DECIDE_PLAN, Map.of(PLAN_APPROVED, approve), user);
    }

    @Override
    public void decided(String id, boolean approve, String reason, CurrentUser user) {
        choose(draftOf(id, null, user), approve, reason, user);
    }

    private void choose(CampaignItem item, boolean approve, String reason, CurrentUser user) {
        if (!user.is(Role.CHAIR)) {
            throw new ForbiddenException("campaign.problem.forbidden");
        }
        if (!approve && !item.submitted()) {
            throw new ConflictException(Reason.NOT_ACTIVE, "campaign.problem.notSubmitted");
        }
        String why = words("reason", reason, LONGEST_REASON);
        if (approve) {
            store.decide(item, why, user.username(), now());
        } else if (why == null) {
            throw ValidationException.of("reason", "required", "campaign.problem.reason");
        } else {
            store.giveBack(item, why, user.username(), now());
        }
    }

    @Override
    public void start(String id, Integer version, Issue issue, CurrentUser user) {
        access.lock(visible(store.find(id), user).item().id());
        issue(id, version, issue, user);
        inbox.settle(id, ISSUE_PLAN, Map.of(), user);
    }

    @Override
    public void issued(String id, Issue issue, CurrentUser user) {
        issue(id, null, issue, user);
    }

    private void issue(String id, Integer version, Issue issue, CurrentUser user) {
        CampaignItem item = visible(store.forChange(id), user).item();
        requireAuthor(user);
        requireCurrent(item, version);
        if (item.state() != CampaignState.DECIDED) {
            throw new ConflictException(Reason.NOT_ACTIVE, "campaign.problem.notDecided");
        }
        if (issue.issuedOn().isAfter(clock.today())) {
            throw ValidationException.of("issuedOn", "future", "campaign.problem.issuedOn");
        }
        requirePhases(store.version(id, item.planVersion()).plan());
        Issue kept = new Issue(
                words("documentNumber", issue.documentNumber(), LONGEST_PAPER),
                issue.issuedOn(),
                words("publishedWhere", issue.publishedWhere(), LONGEST_NOTE));
        store.issue(item, kept, user.username(), now());
    }

    /** A phase that no diagram runs would be forgotten with all its nodes. */
    private static void requirePhases(Plan plan) {
        Set<String> phases = plan.phases().stream().map(Plan.Phase::id).collect(Collectors.toSet());
        if (!phases.equals(PHASES)) {
            throw ValidationException.of("phases", "unknown", "campaign.problem.phases");
        }
    }

    /** The draft, to change; the case is locked before its row, as the inbox does it. */
    private CampaignItem draftOf(String id, Integer version, CurrentUser user) {
        access.lock(visible(store.find(id), user).item().id());
        CampaignItem item = visible(store.forChange(id), user).item();
        requireCurrent(item, version);
        if (item.state() != CampaignState.DRAFT) {
            throw new ConflictException(Reason.NOT_ACTIVE, "campaign.problem.decided");
        }
        return item;
    }

    private static void requireCurrent(CampaignItem item, Integer version) {
        if (version != null && version != item.version()) {
            throw new ConflictException(Reason.STALE_VERSION, "campaign.problem.stale");
        }
    }

    private static void requireAuthor(CurrentUser user) {
        if (!author(user)) {
            throw new ForbiddenException("campaign.problem.forbidden");
        }
    }

    /** What somebody wrote, null when nothing. */
    private static String words(String field, String typed, int longest) {
        if (typed == null || typed.isBlank()) {
            return null;
        }
        if (!Texts.storable(typed)) {
            throw ValidationException.of(field, "malformed", "shared.field.malformed");
        }
        if (typed.strip().length() > longest) {
            throw ValidationException.of(field, "length", "campaign.problem.length", longest);
        }
        return typed.strip();
    }

    @Override
    public List<PlanVersion> versions(String id, CurrentUser user) {
        visible(store.find(id), user);
        return store.versions(id);
    }

    @Override
    public PlanVersion version(String id, int number, CurrentUser user) {
        visible(store.find(id), user);
        return store.version(id, number);
    }

    private Instant now() {
        return clock.instant();
    }
}
