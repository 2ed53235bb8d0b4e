package org.manyi;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.manyi.campaign.Year;
import org.springframework.beans.factory.annotation.Autowired;

/** A year as people see it through in a browser: drafted from the one before, returned once, decided, issued, filed, and ended. */
@BrowserTest
class YearInBrowserTests {

    @Autowired
    TestClient client;

    @Autowired
    Year year;

    private TestBrowser browser;

    @BeforeEach
    void openBrowser() {
        browser = new TestBrowser(client.baseUrl());
    }

    @AfterEach
    void closeBrowser() {
        browser.close();
        year.end();
    }

    @Test
    void theNextYearIsDrawnUpFromTheRunningOneAndSeenThroughToTheAward() {
        String running = year.running(plan -> {});
        String id = draftNext(running);
        submit(id);
        decide(id, "return", "请把家访的时间说清楚");
        Page author = browser.as("jijiao");
        browser.open(author, "/campaigns/" + id);
        assertThat(author.locator("main").innerText()).contains("请把家访的时间说清楚");
        submit(id);
        decide(id, "approve", "");
        year.at(id, 2, 11);
        issue(id);
        year.runJobs();

        String filing = id + ".fileSchoolPlan.S0001";
        file(filing, "本校今年的提升方案");
        check(filing, false);
        assertThat(year.work(filing)).isEqualTo("returned");
        file(filing, "补上盖章页");
        check(filing, true);

        Page chair = browser.as("chair");
        browser.open(chair, "/campaigns/" + id + "/schools?phase=february-planning");
        Locator row = chair.locator("tbody tr").filter(new Locator.FilterOptions().setHasText("第一小学"));
        assertThat(row.innerText()).contains("已完成");
        row.locator("a.cell-state").first().click();
        chair.waitForURL("**/works/**");
        assertThat(chair.locator("main").innerText()).contains("补上盖章页");

        year.doAll(id);
        for (int[] day :
                new int[][] {{3, 2}, {4, 20}, {6, 1}, {9, 1}, {10, 12}, {10, 26}, {11, 2}, {11, 9}, {12, 2}, {12, 7}}) {
            year.at(id, day[0], day[1]);
            year.doAll(id);
        }
        browser.open(chair, "/campaigns/" + id + "/timeline");
        assertThat(chair.locator(".time-phase").first().innerText()).contains("年初部署", "已完成");
        cityRank(id);
        for (int[] day : new int[][] {{12, 31}, {14, 26}, {15, 1}}) {
            year.at(id, day[0], day[1]);
            year.doAll(id);
        }
        browser.open(chair, "/campaigns/" + id + "/timeline");
        assertThat(chair.locator(".page-marks").innerText()).contains("已办结");
        assertThat(browser.complaints())
                .as("what pages complained of in the console")
                .isEmpty();
    }

    private String draftNext(String running) {
        Page page = browser.as("jijiao");
        browser.open(page, "/campaigns");
        page.locator("main a[href$='/campaigns/" + running + "']").first().click();
        page.waitForURL("**/campaigns/" + running);
        page.locator("form[action$='/roll-over'] input[name=year]").fill(String.valueOf(year.yearOf(running) + 1));
        page.locator("form[action$='/roll-over'] button").click();
        page.waitForURL(url -> url.matches(".*/campaigns/[0-9]{4}-ND-[0-9]+$") && !url.endsWith(running));
        return year.begun(page.url().replaceAll(".*/campaigns/", ""));
    }

    private void submit(String id) {
        Page page = browser.as("jijiao");
        browser.open(page, "/campaigns/" + id);
        page.locator("form[action$='/submit'] button").click();
        confirm(page);
        page.locator("form[action$='/recall'] button").waitFor();
    }

    private static void confirm(Page page) {
        page.locator("dialog[open] button.btn-primary, dialog[open] button.btn-danger")
                .click();
    }

    private void decide(String id, String decision, String reason) {
        Page page = browser.as("chair");
        browser.open(page, "/campaigns/" + id);
        page.check("input[name=decision][value=" + decision + "]");
        page.fill("#f-reason", reason);
        page.locator("form[action$='/decide'] button").click();
        page.locator("form[action$='/decide']")
                .waitFor(new Locator.WaitForOptions()
                        .setState(com.microsoft.playwright.options.WaitForSelectorState.DETACHED));
    }

    private void issue(String id) {
        Page page = browser.as("jijiao");
        browser.open(page, "/campaigns/" + id);
        page.fill("#f-documentNumber", "区教发 3 号");
        page.locator("form[action$='/start'] button").click();
        confirm(page);
        page.locator("form[action$='/start']")
                .waitFor(new Locator.WaitForOptions()
                        .setState(com.microsoft.playwright.options.WaitForSelectorState.DETACHED));
        assertThat(year.state(id)).isEqualTo("running");
    }

    private void file(String number, String report) {
        Page page = browser.openTask("principal001", number);
        page.locator("[data-island=form] textarea").fill(report);
        page.locator("[data-island=form] input[type=file]:not([capture])")
                .first()
                .setInputFiles(new FilePayload("盖章页.pdf", "application/pdf", PAPER));
        page.locator("[data-island=form] .files-size").first().waitFor();
        browser.send(page);
    }

    private static final byte[] PAPER =
            "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
                    .getBytes(StandardCharsets.US_ASCII);

    private void check(String number, boolean passes) {
        Page page = browser.openTask("jijiao", number);
        page.locator("[data-island=form] label")
                .filter(new Locator.FilterOptions().setHasText(Pattern.compile(passes ? "^\\s*通过" : "^\\s*退回")))
                .first()
                .click();
        if (!passes) {
            page.locator("[data-island=form] textarea:visible").fill("没有盖章页");
        }
        browser.send(page);
    }

    /** The city's rank as it comes in by the API: entered by one, confirmed by another. */
    private void cityRank(String id) {
        String results = id + ".receiveExternalResults";
        Map<String, Object> entry =
                Map.of("cityRank", 5, "publishedOn", year.yearOf(id) + "-12-01", "paper", "市教育局通报 8 号");
        assertThat(year.complete("jijiao", results, "enterExternalResults", entry)
                        .status())
                .isEqualTo(200);
        assertThat(year.complete("office", results, "confirmExternalResults", Map.of("decision", "confirm"))
                        .status())
                .isEqualTo(200);
    }
}
