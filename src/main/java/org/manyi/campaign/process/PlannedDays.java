package org.manyi.campaign.process;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.manyi.campaign.CampaignRecords;
import org.manyi.campaign.PlanDays;
import org.manyi.campaign.PlannedDay;

/** The days of years' plans by one calendar, each plan worked out once. Not for more than one thread. */
class PlannedDays {

    private final PlanDays days;
    private final CampaignRecords records;
    private final Map<String, Map<String, List<PlannedDay>>> known = new HashMap<>();

    PlannedDays(PlanDays days, CampaignRecords records) {
        this.days = days;
        this.records = records;
    }

    /** The day that the plan gives a piece of work; empty where its rule leads nowhere. */
    Optional<PlannedDay> of(WorkRow work) {
        return known
                .computeIfAbsent(work.number().campaign(), id -> days.of(records.plan(id)).stream()
                        .collect(Collectors.groupingBy(PlannedDay::node)))
                .getOrDefault(work.number().node(), List.of())
                .stream()
                .filter(day -> day.occurrence() == work.number().occurrence())
                .findFirst();
    }
}
