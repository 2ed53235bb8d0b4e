package org.manyi.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.manyi.ManyiApplication;
import org.manyi.TestDatabase;
import org.manyi.campaign.CampaignDetail;
import org.manyi.campaign.CampaignItem;
import org.manyi.campaign.CampaignState;
import org.manyi.campaign.CampaignYear;
import org.manyi.campaign.CampaignYear.MatrixQuery;
import org.manyi.campaign.Campaigns;
import org.manyi.campaign.Plan;
import org.manyi.campaign.WorkItem;
import org.manyi.campaign.WorkState;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NotFoundException;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The demonstration as it is on the day on which it is loaded: last year closed, this year under way, the issues beside them. Loaded into a
 * program of its own on one day, or on those of {@code -Dmanyi.test.demonstration=2026-01-05,2026-11-26}. A build does it on H2; the nodes
 * of the faults load it into PostgreSQL.
 */
@Tag("database")
@Tag("once")
class DemonstrationTests {

    private static final int ALL = 100;

    private JdbcClient jdbc;
    private Campaigns campaigns;
    private CampaignYear years;
    private CurrentUsers users;

    static Stream<LocalDate> days() {
        return Stream.of(System.getProperty("manyi.test.demonstration", "2026-07-10")
                        .split(","))
                .map(LocalDate::parse);
    }

    @ParameterizedTest
    @MethodSource("days")
    void lastYearIsClosedAndThisYearUnderWay(LocalDate day) {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(ManyiApplication.class)
                .web(WebApplicationType.NONE)
                .profiles("test")
                .initializers(new TestDatabase())
                .run(
                        "--manyi.demo=true",
                        // Nobody loads it but this test, and up to another day.
                        "--manyi.serving=false",
                        "--manyi.campaign.schools-at-once=100",
                        "--manyi.notification.people-per-job=500",
                        "--spring.datasource.url=jdbc:h2:file:${manyi.data}/db/manyi;WRITE_DELAY=0;LOCK_TIMEOUT=10000")) {
            jdbc = context.getBean(JdbcClient.class);
            campaigns = context.getBean(Campaigns.class);
            years = context.getBean(CampaignYear.class);
            users = context.getBean(CurrentUsers.class);
            ClockKeeper keeper = context.getBean(ClockKeeper.class);
            Instant now = day.atTime(11, 0).atZone(MovableClock.ZONE).toInstant();
            assertThat(keeper.take()).isTrue();
            try {
                context.getBean(Demonstration.class).inFewWrites(() -> context.getBean(DemonstrationDistrict.class)
                        .fill(now));

                int year = day.isBefore(LocalDate.of(day.getYear(), 2, 12)) ? day.getYear() - 1 : day.getYear();
                isClosed(campaign(year - 1, CampaignState.CLOSED));
                isUnderWay(campaign(year, CampaignState.RUNNING), day);
                boolean drafted = !day.isBefore(LocalDate.of(year, 12, 25));
                assertThat(campaigns.list(user("chair"))).hasSize(drafted ? 3 : 2);
                if (drafted) {
                    CampaignDetail next = campaign(year + 1, CampaignState.DRAFT, CampaignState.DECIDED);
                    assertThat(next.rolledFrom()).isEqualTo(year + "-ND-01");
                }
                everybodySeesHisOwn(year + "-ND-01");
                assertThat(count("select count(*) from issue")).isEqualTo(62);
                assertThat(count("select count(*) from mail where state <> 'suppressed'"))
                        .isZero();
                List<String> lines = new ArrayList<>();
                assertThat(context.getBean(Books.class).check(lines::add))
                        .as(String.join("\n", lines))
                        .isTrue();
            } finally {
                keeper.set(Duration.ZERO);
                keeper.release();
            }
        }
    }

    private CurrentUser user(String username) {
        return users.byUsername(username);
    }

    private long count(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }

    private CampaignDetail campaign(int year, CampaignState... states) {
        CampaignDetail found = campaigns.find(year + "-ND-01", user("chair"));
        assertThat(found.item().state()).as(found.item().id()).isIn((Object[]) states);
        return found;
    }

    private List<String> events(CampaignDetail campaign) {
        return campaign.history().stream().map(CampaignDetail.Entry::event).toList();
    }

    private void isClosed(CampaignDetail last) {
        String id = last.item().id();
        String works = "select count(*) from campaign_work where campaign_id = '" + id + "' and ";
        assertThat(count(works + "state <> 'done'")).isZero();
        assertThat(count("select count(*) from campaign_part where campaign_id = '" + id + "' and state <> 'done'"))
                .isZero();
        assertThat(count(works + "unit_code is not null")).isGreaterThan(700);
        assertThat(count(works + "late")).as("a few were late").isBetween(1L, 60L);
        assertThat(count(works + "unit_code is not null and returns > 0"))
                .as("one or two came back")
                .isBetween(1L, 12L);
        assertThat(count(works + "node_id = 'awardHonours'")).isEqualTo(1);
        assertThat(count(works + "report like '%{%'")).as("numbers left out").isZero();
        assertThat(count("select count(distinct report) from campaign_work where campaign_id = '" + id + "'"))
                .isGreaterThan(400);
        assertThat(events(last))
                .contains("ExternalResultRefused", "ExternalResultConfirmed", "CityRankReceived", "CampaignClosed")
                .doesNotContain("CityRankMissed");
    }

    private void isUnderWay(CampaignDetail current, LocalDate day) {
        CampaignItem item = current.item();
        assertThat(events(current)).containsSubsequence("PlanIssued", "PlanDecided", "PlanReturned");
        assertThat(item.planVersion()).isEqualTo(2);
        assertThat(count(
                        "select count(*) from campaign where id = '" + item.id() + "' and document_number is not null"))
                .isEqualTo(1);
        for (Plan.Phase phase : current.plan().phases()) {
            boolean come = !phase.starts().in(item.year()).isAfter(day);
            assertThat(count("select count(*) from campaign_phase where campaign_id = '" + item.id()
                            + "' and phase_id = '" + phase.id() + "'"))
                    .as(phase.id())
                    .isEqualTo(come ? 1 : 0);
        }
        List<WorkItem> seen = matrix(item.id(), current.plan(), user("chair"));
        assertThat(states(seen)).contains(WorkState.DONE, WorkState.OPEN, WorkState.CHECKING, WorkState.RETURNED);
        assertThat(seen).anyMatch(work -> work.late() && work.state() == WorkState.OPEN);
        assertThat(years.timeline(item.id(), user("chair")).nodes())
                .anyMatch(node -> node.state().equals("done"))
                .anyMatch(node -> node.state().equals("late"));
    }

    private static Set<WorkState> states(List<WorkItem> works) {
        Set<WorkState> states = EnumSet.noneOf(WorkState.class);
        works.forEach(work -> states.add(work.state()));
        return states;
    }

    private List<WorkItem> matrix(String id, Plan plan, CurrentUser user) {
        return plan.phases().stream()
                .flatMap(phase -> years
                        .matrix(id, new MatrixQuery(phase.id(), null, null, null, false, null, null, ALL), user)
                        .rows()
                        .items()
                        .stream())
                .flatMap(row -> row.works().values().stream())
                .toList();
    }

    private void everybodySeesHisOwn(String id) {
        CurrentUser principal = user("principal001");
        Plan plan = campaigns.find(id, principal).plan();
        assertThat(matrix(id, plan, principal)).isNotEmpty().allMatch(work -> "S0001".equals(work.unit()));
        assertThat(years.part(id, "S0001", principal).works()).isNotEmpty();
        assertThatThrownBy(() -> years.part(id, "S0002", principal)).isInstanceOf(NotFoundException.class);
        assertThat(matrix(id, plan, user("district1")).stream()
                        .map(WorkItem::unit)
                        .distinct())
                .hasSizeBetween(2, 30);
    }
}
