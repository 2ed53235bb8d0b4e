package org.manyi;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.TimeoutError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A browser with several people at it, each with cookies of his own; what the pages complain of in the console is kept. */
final class TestBrowser implements AutoCloseable {

    private static final int DESK_WIDTH = 1440;
    private static final int DESK_HEIGHT = 900;

    private final Playwright playwright;
    private final Browser browser;
    private final String baseUrl;
    private final Map<String, Page> pages = new HashMap<>();
    private final List<String> complaints = new ArrayList<>();

    TestBrowser(String baseUrl) {
        this.baseUrl = baseUrl;
        this.playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        this.browser = playwright
                .chromium()
                .launch(new LaunchOptions()
                        .setExecutablePath(BrowserTest.Available.executable().orElseThrow())
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
    }

    /** The person's page, logged in through the login page at the first use. */
    Page as(String username) {
        return pages.computeIfAbsent(username, name -> {
            Page page = newPage(DESK_WIDTH, DESK_HEIGHT);
            logIn(page, name);
            return page;
        });
    }

    /** A page of a width of its own, of nobody. */
    Page newPage(int width, int height) {
        BrowserContext context = browser.newContext(
                new Browser.NewContextOptions().setLocale("zh-CN").setViewportSize(width, height));
        Page page = context.newPage();
        page.setDefaultTimeout(20_000);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().contains("the server responded with a status of 4")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(error -> complaints.add(error));
        return page;
    }

    /** Logs a person in by the login form. */
    void logIn(Page page, String username) {
        page.navigate(baseUrl + "/login");
        page.fill("#username", username);
        page.fill("#password", TestDistrict.PASSWORD);
        page.click("form button[type=submit]");
        page.waitForURL(url -> !url.contains("/login"));
    }

    /** Opens a path of the server. */
    void open(Page page, String path) {
        page.navigate(baseUrl + path);
    }

    /** Finds a person's task of a case in the inbox, mine first, and opens it. */
    Page openTask(String username, String number) {
        Page page = as(username);
        for (String view : List.of("mine", "claimable")) {
            open(page, "/inbox?view=" + view + "&q=" + number);
            Locator row = page.locator("main a[href*='/tasks/']").first();
            if (row.count() > 0) {
                row.click();
                page.waitForURL("**/tasks/**");
                page.locator("[data-island=form] button.btn-primary").waitFor();
                return page;
            }
        }
        throw new AssertionError(username + " has no task of " + number);
    }

    /** Sends the form of the open task and waits until it is taken. */
    void send(Page page) {
        page.locator("[data-island=form] button.btn-primary").click();
        try {
            page.waitForURL(url -> !url.contains("/tasks/"));
        } catch (TimeoutError e) {
            Path picture = Path.of("target", "browser", "refused.png");
            page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(picture));
            throw new AssertionError("The form was not taken, see " + picture, e);
        }
    }

    /** Everything that pages complained of in the console, answers of refusals left out. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
