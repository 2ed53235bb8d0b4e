package org.manyi.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.mail.Outbox.NewMail;
import org.manyi.security.CurrentUsers;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.context.WebApplicationContext;

/** The page behind the front door, which has tests of its own. */
@ManyiTest
class MailPagesTests {

    @Autowired
    WebApplicationContext context;

    @Autowired
    CurrentUsers users;

    @Autowired
    Outbox outbox;

    @Autowired
    MailSink sink;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transactions;

    private MockMvc mvc;

    @BeforeEach
    void start() {
        sink.empty();
        mvc = MockMvcBuilders.webAppContextSetup(context).build();
    }

    @AfterEach
    void stop() {
        sink.empty();
    }

    @Test
    void theAdministratorSeesWhatBecameOfEveryMailAndNotWhatItSays() throws Exception {
        write("waiting", "refused", "sent");
        fail("refused");
        jdbc.sql("update mail set state = 'sent', sent_at = created_at where unique_key = 'sent'")
                .update();

        String page = page("/mails");

        assertThat(page)
                .contains("主题 waiting", "等待发送", "未送达", "邮件服务器拒收，请核对收件地址", "（答复 550）", "已送交", "j***@")
                .contains("没有设置邮件服务器")
                .doesNotContain("正文机密", "jijiao@");
        assertThat(page.split("/resend\"", -1))
                .as("only what failed is offered to be sent again")
                .hasSize(2);
    }

    @Test
    void aSearchForWhatIsNoTextIsNotOurFault() {
        assertThat(perform(get("/mails").param("q", "a\u0000b")).getResponse().getStatus())
                .isIn(200, 400);
    }

    @Test
    void statesAndSearchStandInTheAddressAndOutliveTheNextPage() throws Exception {
        write(IntStream.range(0, 60).mapToObj(i -> "m" + i).toArray(String[]::new));

        assertThat(page("/mails?state=failed")).contains("没有邮件");
        assertThat(page("/mails?state=waiting&q=jijiao"))
                .contains("主题 m59")
                .doesNotContain("主题 m9<")
                .contains("/mails?cursor=", "q=jijiao&amp;state=waiting");
        assertThat(page("/mails?q=nobody")).contains("没有邮件");
        assertThat(page("/mails?state=nonsense")).contains("主题 m59");
    }

    @Test
    void whatFailedIsSentAgainAndTheListStaysWhereItWas() throws Exception {
        write("refused");
        fail("refused");
        long id = jdbc.sql("select id from mail").query(Long.class).single();

        MvcResult answer = perform(
                post("/mails/" + id + "/resend").param("state", "failed").param("q", "jijiao"));

        assertThat(answer.getResponse().getRedirectedUrl()).isEqualTo("/mails?q=jijiao&state=failed");
        assertThat(answer.getFlashMap().get("flash")).isEqualTo("已排队，稍后发送。");
        assertThat(jdbc.sql("select state from mail").query(String.class).single())
                .isEqualTo("waiting");
        assertThat(perform(post("/mails/" + id + "/resend")).getResponse().getStatus())
                .isEqualTo(409);
    }

    private void write(String... keys) {
        transactions.executeWithoutResult(status -> outbox.enqueue(List.of(keys).stream()
                .map(key -> new NewMail(
                        key,
                        "jijiao",
                        "plain",
                        "2026-WT-00042",
                        null,
                        Map.of("title", "主题 " + key, "body", "正文机密"),
                        null))
                .toList()));
    }

    private void fail(String key) {
        jdbc.sql("update mail set state = 'failed', reason = 'refused', reply_code = 550 where unique_key = :key")
                .param("key", key)
                .update();
    }

    private String page(String path) throws Exception {
        MvcResult result = perform(get(path));
        assertThat(result.getResponse().getStatus()).isEqualTo(200);
        return result.getResponse().getContentAsString(StandardCharsets.UTF_8);
    }

    private MvcResult perform(MockHttpServletRequestBuilder request) {
        return users.runAs("sysadmin", () -> {
            try {
                return mvc.perform(request.locale(java.util.Locale.SIMPLIFIED_CHINESE))
                        .andReturn();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }
}
