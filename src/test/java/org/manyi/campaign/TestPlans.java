package org.manyi.campaign;

import java.util.List;

/** Small plans of 2026 with one phase that is the whole year. */
final class TestPlans {

    private TestPlans() {}

    static Plan plan(Plan.Node... nodes) {
        return plan("small-plan", null, nodes);
    }

    static Plan plan(String id, List<Plan.Weight> weights, Plan.Node... nodes) {
        return new Plan(
                id,
                "小方案",
                null,
                2026,
                null,
                null,
                new Plan.LeadingGroup("bureau:chair", null, null, "jijiao"),
                null,
                null,
                List.of(new Plan.Phase("whole-year", "全年", DayOfPlan.parse("01-01"), DayOfPlan.parse("12-31"), null)),
                List.of(nodes),
                null,
                weights,
                null,
                null);
    }

    static Plan.Node node(String id, NodeKind kind, DueRule due, Recurrence recurrence, RestDayRule rule) {
        return node(id, "whole-year", "dept:jijiao:staff", kind, due, recurrence, rule, null, null);
    }

    static Plan.Node node(
            String id,
            String phase,
            String owner,
            NodeKind kind,
            DueRule due,
            Recurrence recurrence,
            RestDayRule rule,
            List<String> after,
            String mechanism) {
        return new Plan.Node(
                id,
                "节点 " + id,
                phase,
                owner,
                kind,
                null,
                due,
                recurrence,
                rule,
                after,
                null,
                null,
                null,
                null,
                null,
                null,
                mechanism,
                null,
                null);
    }

    static Plan.Node onDay(String id, String day) {
        return node(id, NodeKind.MILESTONE, new DueRule.OnDay(DayOfPlan.parse(day)), null, null);
    }
}
