package org.manyi.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.TestClient;
import org.manyi.TestDistrict;
import org.manyi.TestSession;
import org.springframework.beans.factory.annotation.Autowired;

/** The registers as people see them in their browsers. */
@ManyiTest
class RegisterPagesTests {

    @Autowired
    private RunningYear year;

    @Autowired
    private TestClient client;

    private String campaign;

    @BeforeEach
    void aYearIsUnderWay() {
        campaign = year.begin();
    }

    @AfterEach
    void itIsOver() {
        year.end();
    }

    @Test
    void theOverviewHasATileForEveryRegisterThatOneSees() {
        assertThat(page(session("chair"), "/registers").select(".card")).hasSize(4);
        Document school = page(session("principal001"), "/registers");
        assertThat(school.select(".card")).hasSize(3);
        assertThat(school.text()).contains("全区会议", "班级群", "12340 宣传").doesNotContain("联系学校");
        assertThat(school.select("nav a[href=/registers][aria-current=page]")).hasSize(1);
        assertThat(page(session("chair"), "/registers?lang=en").text())
                .contains("Meetings and registers", "Groups of the classes");
    }

    @Test
    void aMeetingIsEnteredFilledAndItsTaskReachesTheSchool() {
        TestSession jijiao = session("jijiao");
        assertThat(page(jijiao, "/registers/meetings").text()).contains("还没有会议");
        Map<String, String> facts =
                Map.of("campaign", campaign, "title", "反馈会", "day", "2026-03-18", "place", "会议室", "kind", "feedback");
        HttpResponse<String> untitled = jijiao.submit(
                "/registers/meetings/new", "/registers/meetings", Map.of("campaign", campaign, "title", " "));
        assertThat(untitled.statusCode()).isEqualTo(422);
        assertThat(untitled.body()).contains("请填写这一项");
        String address = location(jijiao.submit("/registers/meetings/new", "/registers/meetings", facts));
        assertThat(address).startsWith("/registers/meetings/2026-HY-");

        location(jijiao.submit(address, address + "/speeches", Map.of("unit", "S0001", "part", "pledge")));
        location(jijiao.submit(address, address + "/minutes", Map.of("version", "0", "minutes", "会议纪要全文")));
        HttpResponse<String> early = jijiao.submit(
                address, address + "/tasks", Map.of("what", "整改", "doer", "S0001", "dueDate", "2026-03-01"));
        assertThat(early.statusCode()).isEqualTo(422);
        assertThat(early.body()).contains("不能早于 2026-03-20");
        HttpResponse<String> nobody = jijiao.submit(
                address, address + "/tasks", Map.of("what", "整改", "doer", "jijiao", "dueDate", "2026-03-27"));
        assertThat(Jsoup.parse(nobody.body()).select("#e-doer").text()).contains("另一个科室");
        location(jijiao.submit(
                address, address + "/tasks", Map.of("what", "理顺接送", "doer", "S0001", "dueDate", "2026-04-05")));
        Document held = page(jijiao, address);
        assertThat(held.text()).contains("第一小学", "表态发言", "会议纪要全文", "理顺接送", "是休息日，顺延到", "待办理");
        location(jijiao.submit(
                address + "/edit",
                address + "/edit",
                Map.of("version", "1", "title", "反馈会（改）", "day", "2026-03-18", "place", "会议室", "kind", "feedback")));

        TestSession principal = session("principal001");
        Document seen = page(principal, address);
        assertThat(seen.text()).contains("反馈会（改）", "理顺接送");
        assertThat(seen.select("form[action*=/registers/]"))
                .as("a school changes nothing here")
                .isEmpty();
        String speech = seen.select("a[href^=/registers/speeches/]").attr("href");
        location(principal.submit(speech, speech, Map.of("version", "0", "statement", "我们会改好")));
        assertThat(page(jijiao, speech).text()).contains("我们会改好");
        String task = seen.select("a[href^=/registers/meeting-tasks/]").attr("href");
        String inbox = page(principal, task).select("a[href^=/tasks/]").attr("href");
        assertThat(page(principal, inbox).text()).contains("请办理会议交办的事项", "反馈会（改）", "基础教育科");
        assertThat(session("principal002").get(address).statusCode()).isEqualTo(404);
        assertThat(session("principal002").get(task).statusCode()).isEqualTo(404);
    }

    @Test
    void aLeaderEntersAndCorrectsAndTheReportPrintsIt() {
        TestSession leader = session("leader1");
        assertThat(page(leader, "/registers/visits").text()).contains("还没有联系记录");
        Map<String, String> facts = Map.of("school", "S0001", "day", "2026-03-19", "kind", "visit", "found", "食堂排队久");
        HttpResponse<String> foreign = leader.submit(
                "/registers/visits/new",
                "/registers/visits",
                Map.of("school", "S0011", "day", "2026-03-19", "kind", "visit", "found", "别人的"));
        assertThat(foreign.statusCode()).isEqualTo(422);
        assertThat(foreign.body()).contains("请选一所您联系的学校");
        String address = location(leader.submit("/registers/visits/new", "/registers/visits", facts));
        location(leader.submit(
                address,
                address,
                Map.of("version", "1", "school", "S0001", "day", "2026-03-19", "kind", "visit", "found", "食堂只在周一排队久")));

        assertThat(page(leader, address).text()).contains("食堂只在周一排队久", "更正前的内容", "食堂排队久");
        Document report = page(session("chair"), "/registers/visits/report");
        assertThat(report.text()).contains("食堂只在周一排队久", "1/11 所", "未联系", "这段时间没有记录");
        assertThat(report.select(".report-leader")).hasSize(5);
        assertThat(report.select("form.not-printed")).hasSize(1);
        assertThat(page(session("chair"), address).select("form[action*=/registers/]"))
                .isEmpty();
        assertThat(session("office").get("/registers/visits/report").statusCode())
                .isEqualTo(404);
    }

    @Test
    void aSchoolKeepsItsClassesAndItsDistrictReadsThem() {
        TestSession staff = session("staff001");
        String address = "/registers/groups/S0001";
        assertThat(location(staff.get("/registers/groups"))).isEqualTo(address);
        assertThat(page(staff, address).text()).contains("还没有登记班级", "四舍五入");
        HttpResponse<String> wrong = staff.submit(
                address, address, Map.of("className", "一班", "channel", "wecom", "members", "许多", "families", "40"));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("请填 0 到 2000 之间的整数");
        location(staff.submit(
                address, address, Map.of("className", "一班", "channel", "wecom", "members", "30", "families", "40")));
        String edit = page(staff, address).select("a[href*=edit=]").attr("href");
        assertThat(page(staff, edit).select("form input[name=version]").last().val())
                .isEqualTo("0");
        location(staff.submit(
                edit,
                address,
                Map.of(
                        "version",
                        "0",
                        "className",
                        "一班",
                        "channel",
                        "wecom",
                        "members",
                        "39",
                        "families",
                        "40",
                        "regularised",
                        "true",
                        "regularisedOn",
                        "2026-03-01")));

        TestSession district = session("district1");
        assertThat(page(district, "/registers/groups").text())
                .contains("97.5", "第一小学")
                .doesNotContain("第三小学");
        assertThat(page(district, address).select("form[action*=/registers/]")).isEmpty();
        location(staff.submit(address, address + "/remove", Map.of("className", "一班", "version", "1")));
        assertThat(page(staff, address).text()).contains("还没有登记班级");
    }

    @Test
    void aSchoolEntersHowItMadeTheLineKnownInGivenWordsOnly() {
        TestSession staff = session("staff001");
        String address = "/registers/publicity/S0001";
        assertThat(location(staff.get("/registers/publicity"))).isEqualTo(address);
        Document first = page(staff, address);
        assertThat(first.text()).contains("全校户数", "12340 是政府统计部门的社情民意调查专线", "所以不相加");
        assertThat(first.select("textarea"))
                .as("nowhere to write words of one's own")
                .isEmpty();
        location(staff.submit(
                address, address + "/families", Map.of("year", "2026", "version", "0", "families", "700")));
        HttpResponse<String> wrong =
                staff.submit(address, address, Map.of("template", "my-own", "day", "2026-03-18", "reached", "10"));
        assertThat(wrong.statusCode()).isEqualTo(422);
        location(staff.submit(address, address, Map.of("template", "letter-1", "day", "2026-03-18", "reached", "350")));
        Document register = page(staff, address);
        assertThat(register.text()).contains("致家长的信", "50.00%");
        assertThat(register.select("textarea")).isEmpty();
        assertThat(page(session("jijiao"), "/registers/publicity").text()).contains("50.00%", "第一小学");
        String number = register.select("input[name=number]").val();
        location(staff.submit(address, address + "/remove", Map.of("number", number)));
        assertThat(page(staff, address).text()).contains("还没有宣传记录");
    }

    private TestSession session(String username) {
        TestSession session = new TestSession(client.baseUrl());
        assertThat(session.login(username, TestDistrict.PASSWORD).statusCode()).isEqualTo(303);
        return session;
    }

    private static Document page(TestSession session, String address) {
        HttpResponse<String> answer = session.get(address);
        assertThat(answer.statusCode()).as(address + "\n" + answer.body()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain("??");
        return Jsoup.parse(answer.body());
    }

    private static String location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isIn(302, 303);
        String location = answer.headers().firstValue("Location").orElseThrow();
        return location.replaceFirst("^https?://[^/]+", "")
                .replaceFirst(";.*", "")
                .replaceFirst("\\?year=.*", "");
    }
}
