package org.manyi;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.manyi.shared.MovableClock;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** The main job as people do it: in a browser, each at a page of his own. */
@BrowserTest
class LoopInBrowserTests {

    private static final String REPORTER = "郝某晴";

    @Autowired
    TestClient client;

    @Autowired
    TestTime time;

    private TestBrowser browser;

    @BeforeEach
    void openBrowser() {
        browser = new TestBrowser(client.baseUrl());
    }

    @AfterEach
    void closeBrowser() {
        browser.close();
        time.reset();
    }

    @Test
    void anIssueIsCarriedThroughEveryStepToClosureAndTheCheckAfterIt() {
        String number = raise();

        Page contact = browser.openTask("office", number);
        tick(contact, "联系上了");
        browser.send(contact);

        Page triage = browser.openTask("jijiao", number);
        tick(triage, "受理：");
        browser.send(triage);

        Page returned = browser.openTask("principal001", number);
        tick(returned, "退回：");
        returned.getByLabel("退回理由").fill("这一段路由街道管理，请裁定由谁牵头");
        browser.send(returned);

        Page decide = browser.openTask("jijiao", number);
        select(decide, "由谁整改", "第一小学");
        decide.getByLabel("裁定理由").fill("校门口秩序由学校牵头，街道配合");
        browser.send(decide);

        Page sign = browser.openTask("principal001", number);
        tick(sign, "签收：");
        browser.send(sign);

        askForTime(number);
        Page extension = browser.openTask("jijiao", number);
        tick(extension, "同意：");
        extension.getByLabel("延长几个工作日").fill("3");
        browser.send(extension);
        assertThat(status(number)).isEqualTo("rectifying");

        rectify(number);
        verify(number, false);
        assertThat(round(number)).isEqualTo(2);
        rectify(number);
        verify(number, true);
        call(number, false);
        assertThat(round(number)).isEqualTo(3);
        rectify(number);
        verify(number, true);
        call(number, true);

        Page approve = browser.openTask(TestPosts.holderOf(task(number, "approveClosure")), number);
        tick(approve, "同意：");
        browser.send(approve);
        assertThat(status(number)).isEqualTo("closed");

        OffsetDateTime now = OffsetDateTime.parse(
                client.as("sysadmin").get("/api/v1/rehearsal/clock").text("/now"));
        client.as("sysadmin")
                .post("/api/v1/rehearsal/clock", Map.of("to", now.plusDays(29).toString()));
        Page recurrence = browser.openTask("jijiao", number);
        tick(recurrence, "没有复发");
        browser.send(recurrence);
        assertThat(status(number)).isEqualTo("closed");

        Page chair = browser.as("chair");
        browser.open(chair, "/issues/" + number);
        assertThat(chair.locator("main").innerText()).contains("已销号").doesNotContain(REPORTER);
        assertThat(browser.complaints())
                .as("what pages complained of in the console")
                .isEmpty();
    }

    @Test
    void whatIsTypedOnOneDeviceIsGoneOnWithOnAnother() {
        String number = raise();
        Page desk = browser.openTask("jijiao", number);
        tick(desk, "不予受理");
        desk.locator("[data-island=form] textarea:visible").fill("路上接着写");
        desk.locator(".form-kept:has-text('换一台设备')").waitFor();

        try (TestBrowser phone = new TestBrowser(client.baseUrl())) {
            Page page = phone.openTask("jijiao", number);
            assertThat(page.locator("[data-island=form] textarea:visible").inputValue())
                    .isEqualTo("路上接着写");
            assertThat(page.locator(".form-notes").innerText()).contains("已恢复");
            page.getByText("清空，从头填写").click();
            page.locator("dialog button:has-text('清空')").click();
            page.waitForCondition(() -> page.locator(".form-notes").innerText().isEmpty());
            assertThat(phone.complaints()).isEmpty();
        }
        assertThat(client.as("jijiao")
                        .get("/api/v1/tasks/"
                                + task(number, "triageIssue").at("/id").asString() + "/form")
                        .json()
                        .at("/draft")
                        .isNull())
                .isTrue();
    }

    @Test
    void whatWasTypedIsKeptWhenSomebodyElseWasFaster() {
        String number = raise();
        Page slow = browser.openTask("jijiao", number);
        tick(slow, "不予受理");
        Locator reason = slow.locator("[data-island=form] textarea:visible");
        reason.fill("这些字不能丢");

        String task = task(number, "triageIssue").at("/id").asString();
        int version = client.as("jijiao")
                .get("/api/v1/tasks/" + task + "/form")
                .json()
                .at("/version")
                .asInt();
        assertThat(client.as("jijiao")
                        .post(
                                "/api/v1/tasks/" + task + "/complete",
                                Map.of("version", version, "values", Map.of("decision", "accept")))
                        .status())
                .isEqualTo(200);

        slow.locator("[data-island=form] button.btn-primary").click();
        Locator notice = slow.getByRole(AriaRole.ALERT).first();
        notice.waitFor();
        assertThat(slow.locator("main").innerText()).contains("没有重复提交");
        assertThat(slow.locator("main").innerText() + reason.inputValue()).contains("这些字不能丢");
    }

    @Test
    void aPrincipalSignsWithAThumbOnAPhone() {
        String number = raise();
        String task = task(number, "triageIssue").at("/id").asString();
        int version = client.as("jijiao")
                .get("/api/v1/tasks/" + task + "/form")
                .json()
                .at("/version")
                .asInt();
        client.as("jijiao")
                .post(
                        "/api/v1/tasks/" + task + "/complete",
                        Map.of("version", version, "values", Map.of("decision", "accept")));

        Page phone = browser.newPage(390, 844);
        browser.logIn(phone, "principal001");
        browser.open(phone, "/inbox?view=claimable&q=" + number);
        assertThat((Integer) phone.evaluate("document.documentElement.scrollWidth"))
                .as("nothing scrolls sideways")
                .isLessThanOrEqualTo(390);
        phone.locator("main a[href*='/tasks/']").first().click();
        phone.locator("[data-island=form] button.btn-primary").waitFor();
        assertThat((Integer) phone.evaluate("document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(390);
        tick(phone, "签收：");
        browser.send(phone);
        assertThat(status(number)).isEqualTo("rectifying");
    }

    private String raise() {
        Page page = browser.as("office");
        browser.open(page, "/issues/new");
        page.selectOption("#f-schoolCode", "S0001");
        page.fill("#f-title", "放学时校门口双排停车行人被挤到路中间");
        page.fill("#f-description", "每天下午放学后半小时最严重");
        page.selectOption("#f-category", "communication");
        page.selectOption("#f-source", "hotline");
        page.check("input[name=kind][value=appeal]");
        page.check("input[name=severity][value=medium]");
        page.fill("#f-reporterName", REPORTER);
        page.fill("#f-reporterPhone", "13900009999");
        page.locator("main form[action$='/issues'] button[type=submit]").click();
        page.waitForLoadState();
        Locator another = page.locator("#f-confirmNotDuplicate");
        if (another.count() > 0) {
            another.check();
            page.locator("main form[action$='/issues'] button[type=submit]").click();
        }
        page.waitForURL("**/issues/*-WT-*");
        return page.url().replaceAll(".*/issues/([0-9]+-WT-[0-9]+).*", "$1");
    }

    private void askForTime(String number) {
        Page page = browser.as("principal001");
        browser.open(page, "/issues/" + number);
        page.locator("#extension > summary").click();
        page.locator("#extension input[name=workingDays]").fill("3");
        page.locator("#extension textarea[name=reason]").fill("等候区的护栏后天才能到货");
        page.locator("#extension button[type=submit]").click();
        page.waitForLoadState();
        assertThat(status(number)).isEqualTo("extensionReview");
    }

    private void rectify(String number) {
        Page page = browser.openTask("principal001", number);
        page.getByLabel("整改措施").fill("错峰放学，设家长等候区");
        page.getByLabel("整改结果").fill("连续一周通行有序");
        page.locator("[data-island=form] input[type=date]")
                .fill(LocalDate.now(MovableClock.ZONE).toString());
        Locator choosers = page.locator("[data-island=form] input[type=file]:not([capture])");
        choosers.nth(0).setInputFiles(photo("整改前.png", 1));
        choosers.nth(1).setInputFiles(photo("整改后.png", 2));
        // The size stands beside a file once it is stored.
        page.locator("[data-island=form] .files-size").nth(1).waitFor();
        browser.send(page);
        assertThat(status(number)).isEqualTo("verifying");
    }

    private void verify(String number, boolean passed) {
        Page page = browser.openTask(TestPosts.holderOf(task(number, "verifyRectification")), number);
        tick(page, passed ? "通过：" : "不通过：");
        tick(page, "现场核查");
        page.getByLabel("核查内容").first().fill("等候区已启用");
        if (passed) {
            tick(page, "已到位");
        } else {
            tick(page, "改得不全");
        }
        browser.send(page);
    }

    private void call(String number, boolean satisfied) {
        Page page = browser.openTask("office", number);
        tick(page, "打通了");
        tick(page, satisfied ? "解决了" : "没有解决");
        tick(page, satisfied ? "满意" : "不满意");
        browser.send(page);
    }

    /** Ticks the choice whose label begins so. */
    private static void tick(Page page, String label) {
        page.locator("[data-island=form] label")
                .filter(new Locator.FilterOptions().setHasText(java.util.regex.Pattern.compile("^\\s*" + label)))
                .first()
                .click();
    }

    private static void select(Page page, String label, String option) {
        Locator search = page.getByLabel(label).first();
        search.click();
        search.fill(option);
        page.locator(".fjs-dropdownlist-item")
                .filter(new Locator.FilterOptions().setHasText(option))
                .first()
                .click();
    }

    private static FilePayload photo(String name, int shade) {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            var image = new java.awt.image.BufferedImage(80, 60, java.awt.image.BufferedImage.TYPE_INT_RGB);
            image.setRGB(shade, 0, 0xffffff);
            ImageIO.write(image, "png", out);
            return new FilePayload(name, "image/png", out.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode task(String number, String key) {
        for (JsonNode task : issue(number).at("/tasks")) {
            if (task.at("/key").asString().equals(key)) {
                return task;
            }
        }
        throw new AssertionError(number + " has no open task " + key);
    }

    private String status(String number) {
        return issue(number).at("/status").asString();
    }

    private int round(String number) {
        return issue(number).at("/round").asInt();
    }

    private JsonNode issue(String number) {
        return client.as("chair").get("/api/v1/issues/" + number).json();
    }
}
