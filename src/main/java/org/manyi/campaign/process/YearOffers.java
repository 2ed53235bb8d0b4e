package org.manyi.campaign.process;

import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.manyi.calendar.Due;
import org.manyi.calendar.WorkingDays;
import org.manyi.campaign.Plan;
import org.manyi.campaign.PlannedDay;
import org.manyi.inbox.TaskOffer;
import org.manyi.inbox.Urgency;
import org.manyi.org.Organisation;
import org.manyi.shared.MovableClock;
import org.springframework.stereotype.Component;

/** Composes offers: to whom a task of the year goes and by when. */
@Component
class YearOffers {

    /** Who draws up the plan. */
    static final String AUTHOR = "dept:jijiao:staff";

    /** What is left for what arises when its day in the plan is over. */
    private static final int CATCHING_UP = 3;

    private final YearPlans plans;
    private final Organisation organisation;
    private final WorkingDays workingDays;
    private final MovableClock clock;

    YearOffers(YearPlans plans, Organisation organisation, WorkingDays workingDays, MovableClock clock) {
        this.plans = plans;
        this.organisation = organisation;
        this.workingDays = workingDays;
        this.clock = clock;
    }

    /** A task of the year's own, at its node's day, or soon when that is over. */
    TaskOffer ofNode(String campaign, String node, List<String> posts) {
        return new TaskOffer(
                posts, dayOfNode(campaign, node), plans.of(campaign).plan().title(), null, Urgency.NORMAL, null);
    }

    /** A node's day, or soon when that is over. */
    Due dayOfNode(String campaign, String node) {
        LocalDate day = plans.of(campaign)
                .day(node, 0)
                .map(PlannedDay::due)
                .filter(due -> !due.isBefore(clock.today()))
                .orElse(null);
        return day == null ? toCatchUp() : new Due(day, null, clock.today(), 0, false);
    }

    /** A task about a piece of work; what came back counts its rounds. */
    TaskOffer ofWork(WorkRow work, List<String> posts, Due due) {
        String unit = work.number().unit();
        boolean school = unit != null && organisation.districtOf(unit).isPresent();
        Integer round = work.returns() == 0 ? null : work.returns() + 1;
        return new TaskOffer(posts, due, work.name(), school ? unit : null, Urgency.NORMAL, round);
    }

    /** The post that answers for a piece of work; whoever drew up the plan where a draft has lost its node. */
    String owner(WorkNumber work) {
        return plans.of(work.campaign()).node(work.node()).map(Plan.Node::owner).orElse(AUTHOR);
    }

    /** The day that the plan, or who sent it back, has named for a piece of work; the rule for rest days has been applied to it. */
    Due onDayOf(WorkRow work) {
        return new Due(work.dueOn(), null, work.startsOn(), 0, work.provisional());
    }

    /** Counted from the day on which what arises now counts as received. */
    Due withinDays(int days) {
        return workingDays.plus(workingDays.receivedOn(clock.instant()), days);
    }

    /** By when what was over before it could be begun is to be done. */
    Due toCatchUp() {
        return withinDays(CATCHING_UP);
    }

    /** Whoever takes work on a unit. */
    List<String> unit(String code) {
        return organisation.workPosts(code);
    }

    /** Whoever has a piece of work to do. */
    List<String> doers(WorkNumber work) {
        if (work.unit() != null) {
            return unit(work.unit());
        }
        return List.of(work.post() != null ? work.post() : owner(work));
    }

    /** Who sees a piece of work besides its unit: who answers for it, who checks it, who does it, and the campaign's office. */
    Set<String> overseers(WorkNumber work, Plan plan) {
        Set<String> posts = new LinkedHashSet<>();
        plan.node(work.node()).ifPresent(node -> {
            posts.add(node.owner());
            if (node.check() != null) {
                posts.add(checker(work, node));
            }
        });
        if (work.post() != null) {
            posts.add(work.post());
        }
        if (work.isLedger()) {
            posts.add(department(work.unit()));
        }
        if (plan.leadingGroup().office() != null) {
            posts.addAll(unit(plan.leadingGroup().office()));
        }
        return posts;
    }

    /** Who decides about a piece of work: who checks it, else who answers for its node. */
    String overseer(WorkNumber work) {
        return plans.of(work.campaign())
                .node(work.node())
                .filter(node -> node.check() != null)
                .map(node -> checker(work, node))
                .orElseGet(() -> owner(work));
    }

    /** Who checks a piece of work of a node that is checked. */
    String checker(WorkNumber work, Plan.Node node) {
        if (!Plan.Check.BY_DEPARTMENT.equals(node.check().by())) {
            return node.check().by();
        }
        return work.unit() == null ? node.owner() : department(work.unit());
    }

    /** The department responsible for the kind of a school. */
    private String department(String school) {
        return "dept:" + organisation.departmentFor(organisation.unit(school)) + ":staff";
    }

    /** All who take work on the unit that a post belongs to. */
    List<String> colleagues(String post) {
        return organisation.workPosts(organisation.unitOf(post));
    }
}
