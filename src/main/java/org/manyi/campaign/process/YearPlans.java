package org.manyi.campaign.process;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.manyi.campaign.CampaignRecords;
import org.manyi.campaign.Plan;
import org.manyi.campaign.PlanDays;
import org.manyi.campaign.PlannedDay;
import org.manyi.shared.TransactionMemory;
import org.springframework.stereotype.Component;

/** The plans of campaigns with the days of their nodes, read once a transaction. */
@Component
class YearPlans {

    private final CampaignRecords records;
    private final PlanDays planDays;
    private final TransactionMemory<String, YearPlan> known = new TransactionMemory<>();

    YearPlans(CampaignRecords records, PlanDays planDays) {
        this.records = records;
        this.planDays = planDays;
    }

    /**
     * A plan with its days.
     *
     * @param version the plan's
     * @param planned the nodes that the year has, by id
     * @param days by node, in their order
     */
    record YearPlan(Plan plan, int version, Map<String, Plan.Node> planned, Map<String, List<PlannedDay>> days) {

        Optional<Plan.Node> node(String id) {
            return Optional.ofNullable(planned.get(id));
        }

        /** The day of a node, empty when its rule leads nowhere or there is no such time of it. */
        Optional<PlannedDay> day(String node, int occurrence) {
            return days.getOrDefault(node, List.of()).stream()
                    .filter(day -> day.occurrence() == occurrence)
                    .findFirst();
        }

        /** The days of a node that work is started for: of a recurring node only those that are not over. */
        List<PlannedDay> toCome(Plan.Node node, LocalDate today) {
            return days.getOrDefault(node.id(), List.of()).stream()
                    .filter(day -> day.occurrence() == 0 || !day.due().isBefore(today))
                    .toList();
        }

        LocalDate starts(String phase) {
            return plan.phase(phase).orElseThrow().starts().in(plan.year());
        }

        LocalDate ends(String phase) {
            return plan.phase(phase).orElseThrow().ends().in(plan.year());
        }
    }

    YearPlan of(String campaign) {
        return known.get(campaign, id -> {
            int version = records.campaign(id).planVersion();
            Plan plan = records.plan(id);
            return new YearPlan(
                    plan,
                    version,
                    plan.plannedNodes().stream().collect(Collectors.toMap(Plan.Node::id, Function.identity())),
                    planDays.of(plan).stream().collect(Collectors.groupingBy(PlannedDay::node)));
        });
    }
}
