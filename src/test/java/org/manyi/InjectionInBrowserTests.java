package org.manyi;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@BrowserTest
class InjectionInBrowserTests {

    @Autowired
    TestClient client;

    private TestBrowser browser;

    @BeforeEach
    void openBrowser() {
        browser = new TestBrowser(client.baseUrl());
    }

    @AfterEach
    void closeBrowser() {
        browser.close();
    }

    @Test
    void markUpThatIsTypedIsTextInEveryPageThatShowsIt() {
        List<String> numbers = InjectionCorpus.all().stream()
                .filter(typed -> typed.contains("window.canary") && typed.length() <= 100 && typed.indexOf(0) < 0)
                .map(this::raise)
                .toList();
        assertThat(numbers).hasSizeGreaterThan(30);
        List<String> ran = new ArrayList<>();
        Page page = browser.as("office");
        page.onDialog(dialog -> {
            ran.add(dialog.message());
            dialog.dismiss();
        });
        String last = numbers.get(numbers.size() - 1);

        for (String path : List.of(
                "/inbox?q=" + last,
                "/inbox?view=supervised&q=" + last,
                "/issues?q=" + last,
                "/issues/board?q=" + last,
                "/issues?q=canary",
                "/issues/" + last)) {
            browser.open(page, path);
            assertThat(page.content()).as(path).contains("canary");
            assertThat(page.evaluate("() => window.canary === undefined"))
                    .as(path)
                    .isEqualTo(true);
        }
        for (String number : numbers.subList(0, 5)) {
            Page task = browser.openTask("office", number);
            assertThat(task.evaluate("() => window.canary === undefined")).isEqualTo(true);
        }

        assertThat(ran).isEmpty();
        assertThat(browser.complaints()).isEmpty();
    }

    private String raise(String typed) {
        TestClient.Answer raised = client.as("office")
                .post(
                        "/api/v1/issues",
                        Map.of(
                                "title", typed,
                                "description", typed,
                                "kind", "appeal",
                                "source", "hotline",
                                "category", "food",
                                "severity", "low",
                                "schoolCode", "S0004",
                                "confirmNotDuplicate", true,
                                "reporter", Map.of("name", "孙某", "phone", "13900000009")));
        assertThat(raised.status()).as(typed + " " + raised.body()).isEqualTo(201);
        return raised.text("/number");
    }
}
