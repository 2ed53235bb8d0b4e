package org.manyi.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.io.UnsupportedEncodingException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.manyi.ManyiTest;
import org.manyi.calendar.WorkingDays;
import org.manyi.inbox.NamedViews.NamedView;
import org.manyi.inbox.TaskQuery.Sort;
import org.manyi.inbox.TaskQuery.View;
import org.manyi.org.UnitType;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.Slice;
import org.manyi.shared.ValidationException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** What leaders oversee: units by days to the due day, and views under a name. */
@ManyiTest
class SupervisionTests {

    private static final String SCHOOL = "S0031";
    private static final int FEW_UNITS = 6;

    @Autowired
    Supervision supervision;

    @Autowired
    NamedViews views;

    @Autowired
    Inbox inbox;

    @Autowired
    Errands errands;

    @Autowired
    CurrentUsers users;

    @Autowired
    WorkingDays workingDays;

    @Autowired
    MovableClock clock;

    @Autowired
    WebApplicationContext context;

    private void errand(LocalDate due) {
        errands.errand()
                .titled("督查用")
                .about(SCHOOL)
                .dueOn(due)
                .doneBy("school:" + SCHOOL + ":staff")
                .start();
    }

    private LocalDate workingDay(int steps) {
        LocalDate day = clock.today();
        for (int i = 0; i < Math.abs(steps); i++) {
            day = steps > 0 ? workingDays.next(day) : workingDays.previous(day);
        }
        return day;
    }

    private List<Supervision.Row> rows(CurrentUser user, UnitType type) {
        List<Supervision.Row> rows = new ArrayList<>();
        String cursor = null;
        do {
            Slice<Supervision.Row> page = supervision
                    .overview(new Supervision.Query(type, null, cursor, 20), user)
                    .units();
            rows.addAll(page.items());
            cursor = page.nextCursor();
        } while (cursor != null);
        return rows;
    }

    private Map<DueWindow, Integer> tasksOf(String unit, CurrentUser user) {
        return rows(user, null).stream()
                .filter(row -> row.code().equals(unit))
                .findFirst()
                .map(Supervision.Row::tasks)
                .orElse(Map.of());
    }

    @Test
    void eachTaskStandsInTheWindowOfItsDay() {
        CurrentUser chair = users.byUsername("chair");
        Map<DueWindow, LocalDate> days = new EnumMap<>(DueWindow.class);
        days.put(DueWindow.LONG, workingDay(-6));
        days.put(DueWindow.LATE, workingDay(-5));
        days.put(DueWindow.TODAY, clock.today());
        days.put(DueWindow.NEXT, workingDay(1));
        days.put(DueWindow.SOON, workingDay(5));
        days.put(DueWindow.LATER, workingDay(6));
        days.forEach((window, day) -> {
            int before = tasksOf(SCHOOL, chair).getOrDefault(window, 0);
            errand(day);
            assertThat(tasksOf(SCHOOL, chair).getOrDefault(window, 0))
                    .as("%s, due %s", window, day)
                    .isEqualTo(before + 1);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"chair", "district4"})
    void allUnitsTogetherCountEachTaskOnceAndAreTheListBehind(String username) {
        errand(workingDay(-2));
        CurrentUser user = users.byUsername(username);
        Supervision.Overview overview = supervision.overview(new Supervision.Query(null, null, null, 1), user);
        for (DueWindow window : DueWindow.values()) {
            long behind = inbox.list(TaskQuery.due(View.SUPERVISED, window), user)
                    .count()
                    .value();
            assertThat(overview.together().getOrDefault(window, 0).longValue())
                    .as("%s: %s", username, window)
                    .isEqualTo(behind);
        }
        assertThat(overview.together()).isNotEmpty();
        assertThat(supervision
                        .overview(new Supervision.Query(UnitType.SCHOOL, null, null, 1), user)
                        .together())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"chair", "jijiao", "district1", "district4", "principal031", "inspector1"})
    void everyNumberIsTheNumberOfTheTasksBehindIt(String username) {
        errand(workingDay(-2));
        errand(workingDay(3));
        CurrentUser user = users.byUsername(username);
        // Among the units those that other tests left most for: a few of them, for each number asks the list once more.
        for (Supervision.Row row : rows(user, null).stream().limit(FEW_UNITS).toList()) {
            for (DueWindow window : DueWindow.values()) {
                TaskQuery behind = new TaskQuery(
                        View.SUPERVISED,
                        null,
                        null,
                        null,
                        row.code(),
                        window,
                        null,
                        Sort.DUE,
                        null,
                        Slice.DEFAULT_SIZE);
                assertThat(inbox.list(behind, user).count().value())
                        .as("%s: %s, %s", username, row.code(), window)
                        .isEqualTo(row.tasks().getOrDefault(window, 0).longValue());
            }
            assertThat(row.all())
                    .isEqualTo(row.tasks().values().stream()
                            .mapToInt(Integer::intValue)
                            .sum());
            assertThat(row.late())
                    .isEqualTo(row.tasks().getOrDefault(DueWindow.LONG, 0)
                            + row.tasks().getOrDefault(DueWindow.LATE, 0));
        }
    }

    @Test
    void whatWaitsForOneselfStandsApart() {
        errand(workingDay(-1));
        CurrentUser staff = users.byUsername("staff031");

        Supervision.Overview overview = supervision.overview(new Supervision.Query(null, null, null, 20), staff);

        assertThat(overview.mine().get(DueWindow.LATE).value()).isPositive();
        assertThat(overview.complete()).isTrue();
        assertThat(tasksOf(SCHOOL, staff)).doesNotContainKey(DueWindow.LATE);
    }

    @Test
    void aSchoolSeesNothingOfAnother() {
        errand(workingDay(-1));

        assertThat(tasksOf(SCHOOL, users.byUsername("chair"))).containsKey(DueWindow.LATE);
        assertThat(rows(users.byUsername("principal032"), UnitType.SCHOOL))
                .extracting(Supervision.Row::code)
                .doesNotContain(SCHOOL);
    }

    @Test
    void unitsWithMostLateTasksComeFirstAndCanBeNarrowedDown() {
        errand(workingDay(-1));
        CurrentUser chair = users.byUsername("chair");

        assertThat(rows(chair, null)).extracting(Supervision.Row::late).isSortedAccordingTo((a, b) -> b - a);
        assertThat(rows(chair, UnitType.DEPARTMENT))
                .extracting(Supervision.Row::type)
                .containsOnly(UnitType.DEPARTMENT);
        assertThat(supervision
                        .overview(new Supervision.Query(UnitType.SCHOOL, "D3", null, 100), chair)
                        .units()
                        .items())
                .extracting(Supervision.Row::district)
                .allMatch("D3"::equals);
        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(() -> supervision.overview(new Supervision.Query(null, null, "nonsense", 20), chair));
    }

    @Test
    void thePageLeadsFromANumberToItsTasks() {
        errand(workingDay(-2));

        Document page = page("chair", "/inbox/supervision?type=school");
        String link = page.select("a.cell-count.is-late[href*=unit=" + SCHOOL + "][href*=due=late]")
                .attr("href");

        Document list = page("chair", link);
        assertThat(list.text()).contains("督查用", "逾期 5 个工作日以内");
        assertThat(page("chair", "/inbox/supervision?type=nonsense&cursor=nonsense")
                        .select("tbody tr"))
                .isNotEmpty();
    }

    @Test
    void whoSeesToTheWorkOfOthersReadsOnHisFirstPageHowMuchTheyHaveAndHowMuchIsLate() {
        errand(workingDay(-2));
        CurrentUser chair = users.byUsername("chair");
        TaskQuery others = new TaskQuery(View.SUPERVISED, null, null, null, null, Sort.DUE, null, 1);
        TaskQuery late = new TaskQuery(View.SUPERVISED, true, null, null, null, Sort.DUE, null, 1);

        Document guide = page("chair", "/guide");

        assertThat(guide.select(".guide-others a[href=/inbox?view=supervised]").text())
                .contains(inbox.count(others, chair).value()
                        + (inbox.count(others, chair).capped() ? "+" : ""));
        assertThat(guide.select(".guide-others a.is-late").text())
                .contains(inbox.count(late, chair).value()
                        + (inbox.count(late, chair).capped() ? "+" : ""));
        assertThat(page("staff031", "/guide").select(".guide-others")).isEmpty();
    }

    @Test
    void whoHasNothingToDoHimselfIsShownTheWayToWhatOthersHave() {
        String idle = Stream.of("leader1", "leader2", "leader3", "leader4", "leader5", "district1", "district2")
                .filter(username -> inbox.countMine(users.byUsername(username)).value() == 0)
                .findFirst()
                .orElseThrow();

        assertThat(page(idle, "/inbox?view=mine").select(".empty-state a[href=/inbox/supervision]"))
                .hasSize(1);
    }

    @Test
    void aViewIsKeptUnderANameAndSentToOthersWhoSeeTheirOwnThroughIt() {
        CurrentUser jijiao = users.byUsername("jijiao");
        NamedView view = views.keep("我管的逾期", "view=supervised&due=late", jijiao);
        try {
            assertThat(views.keep("我管的逾期", "view=supervised&due=long", jijiao).id())
                    .isEqualTo(view.id());
            Document own = page("jijiao", redirect("jijiao", "/inbox/views/" + view.id()));
            assertThat(own.select(".named-views").text()).contains("我管的逾期", "删除这个视图");
            Document others = page("xueqian", redirect("xueqian", "/inbox/views/" + view.id()));
            assertThat(others.select(".named-views").text())
                    .contains("分享的视图", "保存为视图")
                    .doesNotContain("删除");
            assertThat(others.text()).contains("逾期超过 5 个工作日");
            assertThatExceptionOfType(NotFoundException.class)
                    .isThrownBy(() -> views.drop(view.id(), users.byUsername("xueqian")));
            assertThatExceptionOfType(ValidationException.class).isThrownBy(() -> views.keep(" ", "", jijiao));
            assertThatExceptionOfType(ValidationException.class)
                    .isThrownBy(() -> views.keep("名".repeat(41), "", jijiao));
        } finally {
            views.drop(view.id(), jijiao);
        }
        assertThat(views.of(jijiao)).isEmpty();
        assertThat(page("jijiao", "/inbox?view=mine&named=" + view.id()).select("h1"))
                .isNotEmpty();
    }

    private String redirect(String username, String address) {
        return result(username, address).getResponse().getRedirectedUrl();
    }

    private Document page(String username, String address) {
        try {
            return Jsoup.parse(result(username, address).getResponse().getContentAsString(StandardCharsets.UTF_8));
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private MvcResult result(String username, String address) {
        return users.runAs(username, () -> {
            try {
                return MockMvcBuilders.webAppContextSetup(context)
                        .build()
                        .perform(get(URI.create(address)).locale(Locale.SIMPLIFIED_CHINESE))
                        .andReturn();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
