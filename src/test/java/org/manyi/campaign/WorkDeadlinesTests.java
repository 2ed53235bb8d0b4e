package org.manyi.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.manyi.campaign.Year.ok;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.model.Component;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.component.VEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.TestClient;
import org.manyi.inbox.CalendarFeeds;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.springframework.beans.factory.annotation.Autowired;

/** The year's work in people's calendars before it is a task. */
@ManyiTest
class WorkDeadlinesTests {

    @Autowired
    private Year year;

    @Autowired
    private TestClient client;

    @Autowired
    private CalendarFeeds feeds;

    @Autowired
    private CurrentUsers users;

    private final List<CurrentUser> owners = new ArrayList<>();

    @AfterEach
    void theYearIsOver() {
        owners.forEach(feeds::turnOff);
        year.end();
    }

    /** What the person's calendar says of a year. */
    private List<VEvent> calendar(String username, String id) {
        CurrentUser user = users.byUsername(username);
        owners.add(user);
        String address = feeds.find(user).isPresent() ? feeds.renew(user) : feeds.make(user);
        TestClient.Answer answer = client.anonymous().get(address.substring(address.indexOf("/calendar/")));
        assertThat(answer.status()).isEqualTo(200);
        try {
            return new CalendarBuilder()
                    .build(new StringReader(answer.body())).<VEvent>getComponents(Component.VEVENT).stream()
                            .filter(event -> event.getDescription() != null
                                    && event.getDescription().getValue().startsWith(id + "."))
                            .toList();
        } catch (Exception e) {
            throw new AssertionError(answer.body(), e);
        }
    }

    private List<String> uids(String username, String id) {
        return calendar(username, id).stream()
                .map(event -> event.getUid().orElseThrow().getValue().replaceAll("@.*", ""))
                .toList();
    }

    @Test
    void whatASchoolWillHaveToDoStandsInItsCalendarUntilItIsATask() {
        String id = year.draft(plan -> {});
        ok(client.as("chair").post("/api/v1/campaigns/" + id + "/decide", Map.of()));
        ok(client.as("jijiao").post("/api/v1/campaigns/" + id + "/start", Map.of("documentNumber", "区教发 1 号")));
        year.runJobs();
        String number = id + ".fileSchoolPlan.S0001";
        String planned = "work-" + number;

        VEvent filing = calendar("principal001", id).stream()
                .filter(event -> event.getUid().orElseThrow().getValue().startsWith(planned + "@"))
                .findFirst()
                .orElseThrow();
        assertThat(filing.getSummary().getValue()).contains("（尚未开始）");
        assertThat(filing.getDescription().getValue()).startsWith(number).contains("2 月 11 日");
        assertThat(filing.<Property>getRequiredProperty(Property.DTSTART).getValue())
                .startsWith(year.yearOf(id) + "02");
        assertThat(filing.getUrl().getValue()).endsWith("/works/" + number);
        assertThat(uids("staff001", id)).contains(planned);
        assertThat(uids("principal002", id)).contains("work-" + id + ".fileSchoolPlan.S0002");
        for (String other : List.of("principal002", "principal003", "district1", "jijiao", "chair")) {
            assertThat(uids(other, id)).as(other).doesNotContain(planned);
        }

        year.at(id, 2, 11);

        assertThat(uids("principal001", id)).doesNotContain(planned).contains("task-" + year.task(number, "doWork"));
    }

    @Test
    void whatAPostOrANodesOwnerWillHaveToDoIsTheirs() {
        String id = year.running(plan -> {});
        year.at(id, 3, 2);

        assertThat(uids("leader1", id))
                .contains("work-" + id + ".reportContactSchools-2.leader:1")
                .noneMatch(uid -> uid.endsWith(".leader:2"));
        String survey = "work-" + id + ".surveyWave1";
        assertThat(uids("office", id)).contains(survey);
        assertThat(uids("jijiao", id))
                .contains("work-" + id + ".hearProgress-2")
                .doesNotContain(survey);
        assertThat(uids("leader1", id)).doesNotContain(survey);
        assertThat(uids("principal001", id)).doesNotContain(survey);
        assertThat(uids("chair", id)).doesNotContain(survey);
    }
}
