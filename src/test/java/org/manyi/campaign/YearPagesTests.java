package org.manyi.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.TestClient;
import org.manyi.TestDistrict;
import org.manyi.TestSession;
import org.springframework.beans.factory.annotation.Autowired;

/** The running year as people see it in their browsers. */
@ManyiTest
class YearPagesTests {

    @Autowired
    private Year year;

    @Autowired
    private TestClient client;

    @AfterEach
    void theYearIsOver() {
        year.end();
    }

    @Test
    void theAuthorIssuesThePlanOnItsPageAndTheTimelineShowsWhatIsUnderWay() {
        String id = year.draft(plan -> {});
        Year.ok(client.as("chair").post("/api/v1/campaigns/" + id + "/decide", Map.of()));
        year.at(id, 2, 11);
        TestSession jijiao = session("jijiao");
        Document plan = page(jijiao, "/campaigns/" + id);
        assertThat(plan.text()).contains("印发方案，开启这一年", "全年进展");
        String version = plan.select("form[action$=/start] input[name=version]").val();

        HttpResponse<String> undated = jijiao.submit(
                "/campaigns/" + id, "/campaigns/" + id + "/start", Map.of("version", version, "issuedOn", ""));
        assertThat(undated.body()).contains("请填写日期");
        HttpResponse<String> issued = jijiao.submit(
                "/campaigns/" + id,
                "/campaigns/" + id + "/start",
                Map.of("version", version, "issuedOn", year.yearOf(id) + "-02-11", "documentNumber", "1 号"));
        assertThat(issued.statusCode()).isIn(302, 303);
        year.at(id, 2, 12);

        Document timeline = page(jijiao, "/campaigns/" + id + "/timeline");
        assertThat(timeline.select(".time-node")).hasSizeGreaterThan(30);
        assertThat(timeline.select(".time-node:contains(学校方案备案) .mark").first().text())
                .isEqualTo("进行中");
        assertThat(timeline.select(".time-node:contains(学校方案备案)").text()).contains("0/3 所完成");
        assertThat(timeline.select(".time-bar.is-open")).isNotEmpty();
        assertThat(page(session("chair"), "/campaigns").text()).contains("进行中");
        Document own = page(session("office"), "/campaigns/" + id + "/timeline?mine=true");
        assertThat(own.select(".time-node")).isNotEmpty();
        assertThat(own.select(".time-node .cell-sub").eachText()).allMatch(owner -> owner.startsWith("办公室"));
    }

    @Test
    void theAuthorLooksAtWhatADateTouchesBeforeHeMovesItAndSeesTheChangeCarriedOut() {
        String id = year.running(plan -> {});
        TestSession jijiao = session("jijiao");
        String changes = "/campaigns/" + id + "/changes";
        String day = year.yearOf(id) + "-02-26";
        assertThat(page(jijiao, changes).text()).contains("还没有调整过", "学校方案备案");
        assertThat(page(session("principal001"), changes).select("form[action*=dates], select[name=what]"))
                .isEmpty();

        Document preview = page(jijiao, changes + "?what=fileSchoolPlan&starts=&due=" + day);
        assertThat(preview.select("tr:contains(学校方案备案)").text()).contains("3");
        String version =
                preview.select("form[action$=/dates] input[name=version]").val();
        Map<String, String> form = Map.of("version", version, "what", "fileSchoolPlan", "starts", "", "due", day);
        HttpResponse<String> silent = jijiao.submit(changes, "/campaigns/" + id + "/dates", form);
        assertThat(silent.body()).contains("请写明调整原因");
        Map<String, String> said = new HashMap<>(form);
        said.put("reason", "与寒假冲突");
        assertThat(jijiao.submit(changes, "/campaigns/" + id + "/dates", said).statusCode())
                .isIn(302, 303);
        assertThat(page(jijiao, changes).text()).contains("正在落实：0/", "与寒假冲突");
        year.runJobs();
        assertThat(page(jijiao, changes).text()).contains("已落实，3 项改了时限");
        assertThat(jijiao.get(changes + "/99").statusCode()).isEqualTo(404);

        HttpResponse<String> unknown = jijiao.submit(
                changes,
                "/campaigns/" + id + "/participants",
                Map.of(
                        "version",
                        String.valueOf(Integer.parseInt(version) + 1),
                        "joining",
                        "没有这所学校",
                        "schoolReason",
                        "新建"));
        assertThat(unknown.body()).contains("没有单位 没有这所学校");
    }

    @Test
    void aSchoolKeepsItsLedgerOnItsPage() {
        String id = year.running(plan -> {});
        String door = "/campaigns/" + id + "/schools/S0001/ledger";
        TestSession principal = session("principal001");
        assertThat(page(principal, door).text()).contains("台账还是空的", "加一项");
        HttpResponse<String> half = principal.submit(
                door,
                door,
                Map.of("content", "改善午餐", "measure", "", "person", "总务主任", "due", year.yearOf(id) + "-05-01"));
        assertThat(half.body()).contains("请写明措施").contains("改善午餐");
        principal.submit(
                door,
                door,
                Map.of("content", "改善午餐", "measure", "换菜谱", "person", "总务主任", "due", year.yearOf(id) + "-05-01"));
        assertThat(page(principal, door).text()).contains("共 1 项，已销号 0 项", "换菜谱", "待办理");
        String item = door + "/" + id + ".ledger-1.S0001";
        assertThat(principal
                        .submit(
                                door,
                                item,
                                Map.of(
                                        "content",
                                        "改善午餐",
                                        "measure",
                                        "",
                                        "person",
                                        "总务主任",
                                        "due",
                                        year.yearOf(id) + "-05-01"))
                        .body())
                .contains("请写明措施");
        principal.submit(door, item + "/withdraw", Map.of("reason", "并到别处"));
        assertThat(page(principal, door).text()).contains("共 0 项", "不再办理");
        assertThat(page(session("jijiao"), door).select("form[action$=/ledger]"))
                .isEmpty();
        assertThat(session("principal002").get(door).statusCode()).isEqualTo(404);
    }

    @Test
    void aVisitorSeesASchoolOnOnePage() {
        String id = year.running(plan -> {});
        year.handIn("principal001", id + ".fileSchoolPlan.S0001", "方案");
        year.complete("jijiao", id + ".fileSchoolPlan.S0001", "checkWork", Map.of("decision", "pass"));
        year.at(id, 3, 3);
        String door = "/campaigns/" + id + "/schools/S0001/visit";

        Document visit = page(session("leader1"), door);

        assertThat(visit.select("tr:contains(年初部署) .num").eachText()).containsExactly("3", "1", "2");
        assertThat(visit.select(".checklist").first().text()).contains("逾期未交").doesNotContain("学校方案备案");
        assertThat(visit.text()).contains("小学", "上一年", "工作台账：0 项");
        assertThat(session("principal002").get(door).statusCode()).isEqualTo(404);
        String schools = "/campaigns/" + id + "/schools?phase=february-planning";
        assertThat(page(session("chair"), schools + "&kind=special").select("tbody tr"))
                .hasSize(1);
        assertThat(page(session("chair"), schools + "&department=jijiao").select("tbody tr"))
                .hasSize(3);
        assertThat(page(session("chair"), schools + "&department=xueqian").text())
                .contains("没有符合条件的学校");
    }

    @Test
    void manyAreCheckedOnOnePage() {
        String id = year.running(plan -> {});
        year.handIn("principal001", id + ".fileSchoolPlan.S0001", "一校的方案");
        year.handIn("principal002", id + ".fileSchoolPlan.S0002", "二校的方案");
        String door = "/campaigns/" + id + "/review";
        TestSession jijiao = session("jijiao");
        Document review = page(jijiao, door);
        assertThat(review.text()).contains("学校方案备案（2）", "一校的方案", "今年交上来的");
        assertThat(review.select("a[href*=/attachments/], img")).isNotEmpty();
        String chosen = review.select("input[name=chosen]").first().val();
        assertThat(jijiao.submit(door, door, Map.of("chosen", chosen)).body()).contains("请选择通过还是退回");
        assertThat(jijiao.submit(door, door, Map.of("decision", "pass")).body()).contains("请选择 1 到 100 项");
        HttpResponse<String> passed = jijiao.submit(door, door, Map.of("chosen", chosen, "decision", "pass"));
        assertThat(passed.body()).contains("办理结果", "已办理").contains("学校方案备案（1）");
        assertThat(jijiao.submit(door, door, Map.of("chosen", chosen, "decision", "pass"))
                        .body())
                .contains("没有办成");
        assertThat(page(session("principal001"), door).text()).contains("没有等您检查的");
    }

    @Test
    void aPrincipalAsksForALaterDayOnThePageOfTheWork() {
        String id = year.running(plan -> {});
        String page = "/works/" + id + ".fileSchoolPlan.S0001";
        TestSession principal = session("principal001");
        assertThat(page(principal, page).text()).contains("希望延到").doesNotContain("代为登记");
        HttpResponse<String> silent =
                principal.submit(page, page + "/later-date", Map.of("until", year.yearOf(id) + "-02-25"));
        assertThat(silent.body()).contains("请写明为什么要延期");
        principal.submit(page, page + "/later-date", Map.of("until", year.yearOf(id) + "-02-25", "reason", "出差"));
        assertThat(page(principal, page).text()).contains("待决定", "出差").doesNotContain("希望延到");
        assertThat(page(session("jijiao"), page).text()).contains("代为登记", "决定是否延期");
    }

    @Test
    void theSchoolsAreShownByNodesThoseBehindFirstAndEveryCellLeadsToItsWork() {
        String id = year.running(plan -> {});
        year.handIn("principal001", id + ".fileSchoolPlan.S0001", "我校的方案");
        TestSession chair = session("chair");

        Document matrix = page(chair, "/campaigns/" + id + "/schools");
        assertThat(matrix.select("tbody tr").first().text()).doesNotContain("逾期未交");
        assertThat(matrix.select("tr:contains(第一小学) .cell-state").eachText()).contains("待检查", "待办理");
        String work = matrix.select("tr:contains(第一小学) .cell-state").first().attr("href");
        assertThat(page(chair, work).text()).contains("学校方案备案", "我校的方案");

        year.at(id, 2, 27);
        Document late = page(chair, "/campaigns/" + id + "/schools?phase=february-planning&behind=true");
        assertThat(late.select("tbody tr")).hasSize(2);
        assertThat(late.text()).doesNotContain("第一小学").contains("逾期未交");
        assertThat(page(chair, "/campaigns/" + id + "/schools?district=D4").text())
                .contains("没有符合条件的学校");
        assertThat(page(chair, "/campaigns/" + id + "/schools?phase=february-planning&q=一小")
                        .select("tbody tr td.cell-title a")
                        .eachText())
                .isNotEmpty()
                .allMatch(name -> name.contains("一小") || name.contains("第一小学"));
        assertThat(page(chair, "/campaigns/" + id + "/schools?phase=february-planning&q=%25")
                        .text())
                .contains("没有符合条件的学校");
        assertThat(page(chair, "/campaigns/" + id + "/schools?phase=year-end-review")
                        .text())
                .contains("还没有学校任务");
        assertThat(page(chair, "/campaigns/" + id + "/schools?cursor=nonsense").select("tbody tr"))
                .hasSize(3);
    }

    @Test
    void theDiagramsOfTheYearCountWhatIsUnderWayOfWhatOneSees() {
        String id = year.running(plan -> {});
        TestSession chair = session("chair");
        assertThat(page(chair, "/campaigns/" + id + "/timeline")
                        .select("[data-island=diagram]")
                        .eachAttr("data-url"))
                .containsExactly(
                        "/campaigns/" + id + "/diagrams/annual-campaign",
                        "/campaigns/" + id + "/diagrams/february-planning",
                        "/campaigns/" + id + "/diagrams/school-planning");

        assertThat(chair.get("/campaigns/" + id + "/diagrams/february-planning").body())
                .contains("\"schoolParts\":3", "\"holdAwardMeeting\":1");
        assertThat(chair.get("/campaigns/" + id + "/diagrams/school-planning").body())
                .contains("\"fileSchoolPlan\":3");
        assertThat(session("principal001")
                        .get("/campaigns/" + id + "/diagrams/school-planning")
                        .body())
                .contains("\"fileSchoolPlan\":1");
        assertThat(chair.get("/campaigns/" + id + "/diagrams/school-spring").statusCode())
                .isEqualTo(404);
        assertThat(chair.get("/campaigns/" + id + "/diagrams/issue-rectification")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void thePrincipalFindsHisPartAsAChecklistAndDoesItFromThere() {
        String id = year.running(plan -> {});
        TestSession principal = session("principal001");
        Document timeline = page(principal, "/campaigns/" + id + "/timeline");
        String own = timeline.select("a:contains(本校任务)").attr("href");

        Document part = page(principal, own);
        assertThat(part.select(".checklist-item")).hasSize(3);
        assertThat(part.text()).contains("年初部署", "学校方案备案", "待办理", "还剩");
        String work = part.select(".checklist-item a:contains(学校方案备案)").attr("href");
        String task = page(principal, work).select("a[href^=/tasks/]").attr("href");
        assertThat(page(principal, task).text()).contains("要交的材料", "盖章页照片（必交）");

        assertThat(principal.get("/campaigns/" + id + "/schools/S0002").statusCode())
                .isEqualTo(404);
        assertThat(principal.get("/works/" + id + ".fileSchoolPlan.S0002").statusCode())
                .isEqualTo(404);
    }

    @Test
    void whatCameBackSaysWhyAndWhatLastYearWas() {
        String id = year.running(plan -> {});
        String filing = id + ".fileSchoolPlan.S0001";
        year.handIn("principal001", filing, "我校的方案");
        year.complete("jijiao", filing, "checkWork", Map.of("decision", "return", "reason", "没有盖章页"));

        Document work = page(session("principal001"), "/works/" + filing);

        assertThat(work.text()).contains("被退回重办", "没有盖章页", "我校的方案", "已退回");
        assertThat(client.as("principal001")
                        .get("/api/v1/tasks/" + year.task(filing, "doWork"))
                        .text("/round"))
                .isEqualTo("2");
    }

    private TestSession session(String username) {
        TestSession session = new TestSession(client.baseUrl());
        assertThat(session.login(username, TestDistrict.PASSWORD).statusCode()).isEqualTo(303);
        return session;
    }

    private static Document page(TestSession session, String address) {
        HttpResponse<String> answer = session.get(address);
        assertThat(answer.statusCode()).as(address + "\n" + answer.body()).isEqualTo(200);
        return Jsoup.parse(answer.body());
    }
}
