package org.manyi.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.issue.Loop.Report;
import org.manyi.security.CurrentUsers;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.RequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** The detours of a round on the issue's page. */
@ManyiTest
class RoundDetourPagesTests {

    @Autowired
    private WebApplicationContext context;

    @Autowired
    private CurrentUsers users;

    @Autowired
    private Loop loop;

    private MockMvc mvc;

    @BeforeEach
    void setUp() {
        mvc = MockMvcBuilders.webAppContextSetup(context).build();
    }

    private String rectifying(Map<String, Object> triage) {
        String number = loop.raised(new Report().school("S0035").category("teaching"));
        loop.complete(number, "triageIssue", triage);
        loop.complete(number, "signForIssue", Map.of("decision", "sign"));
        return number;
    }

    @Test
    void anIssueIsPutOnTheShelfAndTakenFromItOnItsPage() {
        String number = rectifying(Map.of("decision", "accept"));
        String page = page("principal035", number);
        assertThat(page).contains("申请挂账", "局领导").doesNotContain("增加协办单位");

        MvcResult refused = send("principal035", number, "shelve", "shelveReason", "要等暑假停课", "reviewOn", "2020-01-06");
        assertThat(refused.getResponse().getStatus()).isEqualTo(422);
        assertThat(body(refused)).contains("要等暑假停课", "f-reviewOn", "天以内");

        MvcResult asked = send(
                "principal035",
                number,
                "shelve",
                "shelveReason",
                "要等暑假停课",
                "reviewOn",
                loop.after(loop.today(), 20).toString());
        assertThat(asked.getResponse().getStatus()).isEqualTo(302);
        assertThat(page("principal035", number)).contains("等待局领导审批", "要等暑假停课");
        loop.complete(number, "decideShelving", Map.of("decision", "approve"));
        assertThat(page("jijiao", number)).contains("已挂 0 天", "恢复整改");
        assertThat(body(perform("jijiao", get("/issues?status=shelved").locale(Locale.CHINESE))))
                .contains(number, "挂账 ");

        assertThat(send("jijiao", number, "resume", "resumeReason", "")
                        .getResponse()
                        .getStatus())
                .isEqualTo(422);
        assertThat(send("jijiao", number, "resume", "resumeReason", "可以施工了")
                        .getResponse()
                        .getStatus())
                .isEqualTo(302);
        assertThat(loop.status(number)).isEqualTo("rectifying");
    }

    @Test
    void aUnitIsAskedToHelpOnThePage() {
        String number = rectifying(Map.of("decision", "accept"));
        assertThat(page("jijiao", number)).contains("增加协办单位", "value=\"B1\"");

        assertThat(send("jijiao", number, "co-unit", "unitCode", "", "coUnitReason", "校门外由它协调")
                        .getResponse()
                        .getStatus())
                .isEqualTo(422);
        assertThat(send("jijiao", number, "co-unit", "unitCode", "B1", "coUnitReason", "校门外由它协调")
                        .getResponse()
                        .getStatus())
                .isEqualTo(302);

        assertThat(page("principal035", number)).contains("协办单位", "正在办");
        String task = loop.task(number, "rectifyIssue").id();
        assertThat(body(perform("principal035", get("/tasks/" + task).locale(Locale.CHINESE))))
                .as("the lead unit sees it beside its own form")
                .contains("协办单位", "正在办");
    }

    @Test
    void aLongTermMatterShowsItsPeriodsAndEndsOnThePage() {
        String number = rectifying(Map.of("decision", "accept", "rectification", "longTerm"));
        loop.complete(number, "reportProgress", Map.of("progress", "每周巡查两次", "stage", "goOn", "files", List.of()));
        assertThat(page("jijiao", number)).contains("每月报告一次", "每周巡查两次", "认定阶段性完成");
        assertThat(page("principal035", number)).doesNotContain("认定后不再按期报告");

        assertThat(send("jijiao", number, "stage", "stageReason", "已经常态化")
                        .getResponse()
                        .getStatus())
                .isEqualTo(302);

        assertThat(page("jijiao", number)).contains("阶段性完成", "已经常态化");
        assertThat(loop.status(number)).isEqualTo("verifying");
    }

    private MvcResult send(String username, String number, String action, String... fields) {
        var request = post("/issues/" + number + "/" + action)
                .locale(Locale.CHINESE)
                .param("version", String.valueOf(loop.issue(number).version()));
        for (int i = 0; i < fields.length; i += 2) {
            request.param(fields[i], fields[i + 1]);
        }
        return perform(username, request);
    }

    private String page(String username, String number) {
        MvcResult result = perform(username, get("/issues/" + number).locale(Locale.CHINESE));
        assertThat(result.getResponse().getStatus()).isEqualTo(200);
        return body(result);
    }

    private MvcResult perform(String username, RequestBuilder request) {
        return users.runAs(username, () -> {
            try {
                return mvc.perform(request).andReturn();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    private static String body(MvcResult result) {
        try {
            return result.getResponse().getContentAsString(StandardCharsets.UTF_8);
        } catch (UnsupportedEncodingException e) {
            throw new AssertionError(e);
        }
    }
}
