package org.manyi.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.manyi.ManyiTest;
import org.manyi.TestClient;
import org.manyi.TestDistrict;
import org.manyi.TestSession;
import org.springframework.beans.factory.annotation.Autowired;

/** A first day: what waits, and what one can do. */
@ManyiTest
class GuideTests {

    @Autowired
    TestClient client;

    @ParameterizedTest(name = "{0} reads that he can {1}")
    @CsvSource({
        "jijiao, 研判分办",
        "principal041, 签收问题",
        "leader1, 审批销号",
        "inspector1, 到校核查",
        "chair, 决定需要您定的事",
        "deputy1, 看各单位还有多少没办",
        "district1, 看各单位还有多少没办",
        "body1, 签领给岗位的任务",
        "protector, 看待办",
        "staff041, 登记自查发现的问题"
    })
    void everybodyReadsWhatHeCanDoAndEveryLinkOfItIsOpenToHim(String username, String what) {
        TestSession session = session(username);

        Document guide = page(session, "/guide");

        assertThat(guide.select(".guide-steps").text()).contains(what);
        assertThat(guide.html()).doesNotContain("??");
        for (Element link : guide.select(".guide-steps a, .guide-tasks a")) {
            assertThat(session.get(link.attr("href")).statusCode())
                    .as(link.attr("href"))
                    .isEqualTo(200);
        }
    }

    @Test
    void aNewcomerIsShownTheWayUntilHeKnowsIt() {
        TestSession session = session("staff042");
        assertThat(page(session, "/inbox").select(".guide-panel").text()).contains("第一次用满意办");

        assertThat(session.submit("/inbox", "/guide/read", Map.of()).statusCode())
                .isEqualTo(302);
        assertThat(session.submit("/inbox", "/guide/read", Map.of()).statusCode())
                .isEqualTo(302);

        assertThat(page(session, "/inbox").select(".guide-panel")).isEmpty();
        assertThat(page(session, "/guide").select("h1").text()).contains("您好");
        assertThat(page(session, "/guide").select("form[action=/guide/read]")).isEmpty();
    }

    private TestSession session(String username) {
        TestSession session = new TestSession(client.baseUrl());
        assertThat(session.login(username, TestDistrict.PASSWORD).statusCode()).isEqualTo(303);
        return session;
    }

    private static Document page(TestSession session, String path) {
        return Jsoup.parse(session.get(path).body());
    }
}
