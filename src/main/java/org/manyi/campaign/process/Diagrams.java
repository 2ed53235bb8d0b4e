package org.manyi.campaign.process;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The contract with the diagrams of the year: which nodes each of them calls by name. What a plan has besides runs as plain work. */
final class Diagrams {

    static final String ANNUAL_CAMPAIGN = "annual-campaign";
    static final String FEBRUARY_PLANNING = "february-planning";
    static final String SPRING_SURVEYS = "spring-surveys";
    static final String AUTUMN_VISITS = "autumn-visits";
    static final String YEAR_END_REVIEW = "year-end-review";
    static final String WORK_ITEM = "work-item";
    static final String EXTERNAL_RESULTS = "external-results";
    static final String LATER_DATE = "later-date";
    static final String PLAN_ADJUSTMENT = "plan-adjustment";

    /** The message that the plan is issued, upon which the phases wait for their days. */
    static final String PLAN_ISSUED = "PlanIssued";

    /** The message that no school's part of a phase is left. */
    static final String PHASE_DONE = "PhaseDone";

    /** The message that the city's rank is confirmed. */
    static final String CITY_RANK_RECEIVED = "CityRankReceived";

    /** The message that a piece of work is not wanted any more. */
    static final String WORK_WITHDRAWN = "WorkWithdrawn";

    /** The message that a piece of work was handed in or withdrawn while a later day was asked for. */
    static final String WORK_MOVED_ON = "WorkMovedOn";

    /** The node that waits for the city's results. */
    static final String RECEIVE_EXTERNAL_RESULTS = "receiveExternalResults";

    /** The nodes by which a school draws its ledger up and closes it. */
    static final String SPLIT_LEDGER = "splitWorkLedger";

    static final String CLOSE_LEDGER = "closeLedger";

    /** The nodes that are user tasks of the planning itself. */
    static final Set<String> PLAN_TASKS = Set.of("revisePlan", "decidePlan", "issuePlan");

    /** The process of a school's part, by phase. */
    static final Map<String, String> SCHOOL_PROCESS = Map.of(
            FEBRUARY_PLANNING, "school-planning",
            SPRING_SURVEYS, "school-spring",
            AUTUMN_VISITS, "school-autumn",
            YEAR_END_REVIEW, "school-year-end");

    /** The nodes that a diagram calls, by process. */
    static final Map<String, List<String>> CALLED = Map.of(
            FEBRUARY_PLANNING,
            List.of("holdAwardMeeting", "summarizeLastYear"),
            SPRING_SURVEYS,
            List.of(
                    "surveyWave1",
                    "issueBulletin1",
                    "holdFeedbackMeeting1",
                    "regulariseGroups",
                    "organiseSpringVisits"),
            AUTUMN_VISITS,
            List.of(
                    "surveyWave2",
                    "issueBulletin2",
                    "holdSpecialMeeting",
                    "mockPhoneSurvey",
                    "phoneSurvey",
                    "organiseAutumnVisits",
                    "inspectVisits",
                    "inspectMentors"),
            YEAR_END_REVIEW,
            List.of("surveyWave3", "scoreSchools", "handleObjections", "decideResults", "awardHonours"),
            "school-planning",
            List.of("fileSchoolPlan", "assignMentors", "planVisits"),
            "school-spring",
            List.of("regulariseClassGroups", "splitWorkLedger", "takeSurveyWave1", "springVisits"),
            "school-autumn",
            List.of("autumnVisits", "takeSurveyWave2", "holdSymposium", "publicise12340", "closeLedger"),
            "school-year-end",
            List.of("takeSurveyWave3"));

    /** All nodes that some diagram knows, called or as a task of its own. */
    static final Set<String> KNOWN = Stream.concat(
                    CALLED.values().stream().flatMap(List::stream),
                    Stream.concat(PLAN_TASKS.stream(), Stream.of(RECEIVE_EXTERNAL_RESULTS)))
            .collect(Collectors.toUnmodifiableSet());

    private Diagrams() {}
}
