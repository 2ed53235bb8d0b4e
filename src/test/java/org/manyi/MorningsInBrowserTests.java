package org.manyi;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** A working morning of a newcomer who has been told nothing: from the first page by links to what waits for him, and done. */
@BrowserTest
class MorningsInBrowserTests {

    private static final String SCHOOL = "S0005";

    @Autowired
    TestClient client;

    private TestBrowser browser;

    @BeforeEach
    void openBrowser() {
        browser = new TestBrowser(client.baseUrl());
    }

    @AfterEach
    void closeBrowser() {
        assertThat(browser.complaints()).isEmpty();
        browser.close();
    }

    @Test
    void aClerkAssignsWhatWasReportedAndLooksWhoIsBehind() {
        String number = raise("教室门锁坏了");
        Page page = firstPage("jijiao", 1440);
        step(page, "研判分办");
        openFromTheList(page, "mine", number);
        tick(page, "受理：");
        browser.send(page);
        assertThat(status(number)).isEqualTo("toSign");

        page.locator("a[href='/inbox/supervision']").first().click();
        page.locator("a.cell-count").first().click();
        page.waitForURL("**/inbox?view=supervised**");
        assertThat(page.locator("tr[data-href]").count()).isPositive();
    }

    @Test
    void aPrincipalTakesAndSignsForAProblem() {
        String number = assigned("走廊墙皮脱落");
        Page page = firstPage("principal005", 390);
        step(page, "签领给岗位的任务");
        openFromTheList(page, "claimable", number);
        page.locator("main [data-claim]").first().click();
        page.locator("[data-island=form] button.btn-primary").waitFor();
        tick(page, "签收：");
        browser.send(page);

        assertThat(status(number)).isEqualTo("rectifying");
        noSidewaysScrolling(page);
    }

    @Test
    void anInspectorVerifiesOnAPhoneAtTheSchool() {
        String number = reported("操场排水不畅");
        Page page = firstPage(TestPosts.holderOf(task(number, "verifyRectification")), 390);
        step(page, "签领核查任务");
        openFromTheList(page, "claimable", number);
        tick(page, "通过：");
        tick(page, "现场核查");
        page.getByLabel("核查内容").first().fill("雨后一小时没有积水");
        tick(page, "已到位");
        noSidewaysScrolling(page);
        browser.send(page);

        assertThat(status(number)).isEqualTo("callback");
    }

    @Test
    void aContactLeaderClosesTwoMattersAtOnceBesideTheirEvidence() {
        List<String> numbers = List.of(verified("饮水点少"), verified("饮水点水温低"));
        String leader = TestPosts.holderOf(task(numbers.get(0), "approveClosure"));
        Page page = firstPage(leader, 1440);
        step(page, "审批销号");
        browser.open(page, "/inbox?view=" + viewOf(leader, numbers.get(0)) + "&q=饮水点");
        numbers.forEach(number ->
                page.locator("tr:has-text('" + number + "') input[name=chosen]").check());
        page.locator(".bulk-bar button[value=complete]").click();
        page.waitForURL("**/inbox/bulk");
        assertThat(page.locator("main").innerText()).contains("雨水管已疏通");
        page.locator("form#bulk textarea[name=reason]").fill("佐证齐全，同意");
        page.locator("form#bulk button[type=submit]").click();
        page.waitForURL("**/inbox/bulk/done");
        assertThat(page.locator("main [role=status] li").count()).isEqualTo(2);

        assertThat(numbers).allMatch(number -> status(number).equals("closed"));
    }

    @Test
    void aPrincipalAsksAColleagueWhoAnswersOnAPhoneAndIsMentioned() {
        String number = assigned("护学岗人手");
        Page page = browser.as("principal005");
        openFromTheList(page, "claimable", number);
        page.locator("main [data-claim]").first().click();
        page.locator("details#ask summary").click();
        page.locator("#f-colleague").selectOption("staff005");
        page.locator("#f-question").fill("早上够不够？");
        page.locator("details#ask button[type=submit]").click();
        page.locator("#questions .mark-wait").waitFor();
        page.locator("#f-text").fill("先说一句 ");
        page.locator("#f-text").press("End");
        page.locator("#f-text").pressSequentially("@staff005");
        page.locator(".mention-list li").first().waitFor();
        page.locator("#f-text").press("Enter");
        assertThat(page.locator("#f-text").inputValue()).matches("先说一句 @\\S+ ").doesNotContain("staff005");
        page.locator(".mention-chosen .chip").waitFor();
        page.locator("form[data-mention] button[type=submit]").click();
        page.locator(".mention-name").waitFor();

        Page phone = browser.newPage(390, 844);
        browser.logIn(phone, "staff005");
        browser.open(phone, "/inbox?view=asked");
        noSidewaysScrolling(phone);
        assertThat(phone.locator("main").innerText()).contains("早上够不够？");
        phone.locator("main a[href*='/tasks/']").first().click();
        phone.locator("#f-text").fill("好 @");
        phone.locator(".mention-list li").first().click();
        noSidewaysScrolling(phone);
        phone.locator(".mention-chosen .chip").click();
        assertThat(phone.locator("select[name=mentions] option:checked").count())
                .isZero();
        browser.open(phone, phone.url().replace(client.baseUrl(), ""));

        tick(page, "签收：");
        page.locator("[data-island=form] button.btn-primary").click();
        page.locator("dialog.sheet").waitFor();
        assertThat(page.locator("dialog.sheet").innerText()).contains("还没有答复");
        page.locator("dialog.sheet .btn:not(.btn-primary)").click();
        assertThat(status(number)).isEqualTo("toSign");

        phone.locator("#f-opinion").fill("够了");
        phone.locator("button[value=answered]").click();
        phone.locator("#questions .mark-pass").waitFor();
        page.reload();
        page.locator("[data-island=form] button.btn-primary").waitFor();
        assertThat(page.locator("#questions").innerText()).contains("够了");
        tick(page, "签收：");
        browser.send(page);
        assertThat(status(number)).isEqualTo("rectifying");
    }

    @Test
    void theAdministratorChangesARuleTriesItPublishesItAndPutsTheOldTableBack() {
        Page page = browser.as("sysadmin");
        browser.open(page, "/decisions");
        page.locator("main a:has-text('问题分办建议')").click();
        page.locator("button:has-text('修改规则')").click();
        page.waitForURL("**/draft");
        page.locator("main a:has-text('其他群众体育问题：五个工作日')").click();
        page.fill("#f-workingDays", "6");
        page.locator("button:has-text('保存到草稿')").click();
        page.waitForURL("**/draft");
        assertThat(page.locator("main").innerText()).contains("5 → 6");
        noSidewaysScrolling(page);

        page.locator("main a:has-text('试算')").click();
        page.waitForURL("**/preview");
        page.fill("#f-reason", "体育类多留一天");
        page.locator("main button:has-text('发布')").click();
        page.locator("dialog[open] .btn-primary").click();
        page.waitForURL("**/issue-triage");
        assertThat(page.locator("main").innerText()).contains("体育类多留一天");
        noSidewaysScrolling(page);

        page.locator("main tbody a:has-text('第 1 版')").click();
        page.fill("#f-reason", "试用结束");
        page.locator("button:has-text('恢复并生效')").click();
        page.locator("dialog[open] .btn-primary").click();
        page.waitForURL("**/issue-triage");
        assertThat(page.locator("main").innerText()).contains("恢复第 1 版");
    }

    /** The guide, reached as a newcomer does, on a page of this width. */
    private Page firstPage(String username, int width) {
        Page page = browser.newPage(width, width < 800 ? 844 : 900);
        browser.logIn(page, username);
        browser.open(page, "/");
        Locator way = page.locator(".guide-panel a[href='/guide']");
        if (way.count() > 0) {
            way.click();
        } else {
            browser.open(page, "/guide");
        }
        page.locator(".guide-steps").waitFor();
        noSidewaysScrolling(page);
        return page;
    }

    private static void step(Page page, String words) {
        page.locator(".guide-steps a:has-text('" + words + "')").first().click();
        page.locator("#inbox").waitFor();
    }

    private void openFromTheList(Page page, String view, String number) {
        browser.open(page, "/inbox?view=" + view + "&q=" + number);
        if (page.locator("main a[href*='/tasks/']").count() == 0) {
            browser.open(page, "/inbox?view=" + (view.equals("mine") ? "claimable" : "mine") + "&q=" + number);
        }
        page.locator("main a[href*='/tasks/']").first().click();
        page.locator("[data-island=form] button.btn-primary").waitFor();
    }

    private static void tick(Page page, String label) {
        page.locator("[data-island=form] label")
                .filter(new Locator.FilterOptions().setHasText(Pattern.compile("^\\s*" + label)))
                .first()
                .click();
    }

    private static void noSidewaysScrolling(Page page) {
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(page.viewportSize().width);
    }

    private String viewOf(String username, String number) {
        return client.as(username)
                        .get("/api/v1/tasks?view=mine&q=" + number)
                        .json()
                        .at("/items")
                        .isEmpty()
                ? "claimable"
                : "mine";
    }

    private String raise(String title) {
        Map<String, Object> issue = new HashMap<>(Map.of(
                "title", title,
                "description", "家长来电反映",
                "kind", "appeal",
                "source", "hotline",
                "category", "communication",
                "severity", "medium",
                "schoolCode", SCHOOL,
                "reporter", Map.of("name", "测某", "phone", "13900001234"),
                "confirmNotDuplicate", true));
        return client.as("office").post("/api/v1/issues", issue).text("/number");
    }

    private String assigned(String title) {
        String number = raise(title);
        complete(number, "triageIssue", Map.of("decision", "accept"));
        return number;
    }

    private String reported(String title) {
        String number = assigned(title);
        complete(number, "signForIssue", Map.of("decision", "sign"));
        complete(
                number,
                "rectifyIssue",
                Map.of(
                        "measures", "雨水管已疏通",
                        "result", "恢复正常",
                        "completedOn",
                                client.as("sysadmin")
                                        .get("/api/v1/rehearsal/clock")
                                        .text("/now")
                                        .substring(0, 10)));
        return number;
    }

    private String verified(String title) {
        String number = reported(title);
        complete(
                number,
                "verifyRectification",
                Map.of(
                        "decision", "pass",
                        "mode", "document",
                        "points", List.of(Map.of("point", "看过照片", "ok", true))));
        complete(number, "callReporter", Map.of("reached", true, "solved", true, "satisfaction", "satisfied"));
        return number;
    }

    private void complete(String number, String key, Map<String, Object> values) {
        JsonNode task = task(number, key);
        String username = task.at("/assignee/username").isString()
                ? task.at("/assignee/username").asString()
                : TestPosts.holderOf(task);
        String path = "/api/v1/tasks/" + task.at("/id").asString();
        int version =
                client.as(username).get(path + "/form").json().at("/version").asInt();
        assertThat(client.as(username)
                        .post(path + "/complete", Map.of("version", version, "values", values))
                        .status())
                .as("%s by %s", key, username)
                .isEqualTo(200);
    }

    private JsonNode task(String number, String key) {
        for (JsonNode task :
                client.as("chair").get("/api/v1/issues/" + number).json().at("/tasks")) {
            if (task.at("/key").asString().equals(key)) {
                return task;
            }
        }
        throw new AssertionError(number + " has no open task " + key);
    }

    private String status(String number) {
        return client.as("chair").get("/api/v1/issues/" + number).text("/status");
    }
}
