package org.manyi.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SmtpConnectionTests {

    private static final String ID = "<6f1c@manyi.example>";
    private static final String SUBJECT = "请签收：2026-WT-00042 第一小学 食堂卫生问题，并于 3 月 14 日（周六，补班）前整改完成";

    private ScriptedServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void aChineseLetterArrivesAsItWasWritten() throws Exception {
        GreenMail greenMail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP).dynamicPort());
        greenMail.start();
        try {
            Instant written = Instant.parse("2026-02-14T00:30:00Z");
            try (SmtpConnection connection =
                    SmtpConnection.open(to(greenMail.getSmtp().getPort()))) {
                assertThat(connection.send(letter("zhang@school.example", SUBJECT, written), "满意办"))
                        .isEqualTo(Delivery.TAKEN);
            }
            MimeMessage received = greenMail.getReceivedMessages()[0];
            assertThat(received.getSubject()).isEqualTo(SUBJECT);
            assertThat(received.getHeader("Message-ID")).containsExactly(ID);
            assertThat(received.getHeader("Auto-Submitted")).containsExactly("auto-generated");
            assertThat(received.getFrom()[0].toString()).contains("manyi@bureau.example");
            assertThat(((jakarta.mail.internet.InternetAddress) received.getFrom()[0]).getPersonal())
                    .isEqualTo("满意办");
            assertThat(received.getAllRecipients()).hasSize(1);
            assertThat(received.getSentDate()).isEqualTo(Date.from(written));
            MimeMultipart parts = (MimeMultipart) received.getContent();
            assertThat(parts.getContentType()).startsWith("multipart/alternative");
            assertThat(parts.getBodyPart(0).getContent().toString()).isEqualToNormalizingNewlines("您好，请签收。\n");
            assertThat(parts.getBodyPart(1).getContent().toString()).contains("<p>您好，请签收。</p>");
        } finally {
            greenMail.stop();
        }
    }

    @Test
    void aLetterThatTheServerRefusesIsRefusedForGood() throws Exception {
        server.answer("RCPT", "550 5.1.1 unknown user");
        assertThat(send()).isEqualTo(Delivery.refused(MailReason.REFUSED, 550));

        server.answer("RCPT", "250 ok");
        server.answer("MAIL", "553 sender not allowed");
        assertThat(send()).isEqualTo(Delivery.refused(MailReason.REFUSED, 553));

        server.answer("MAIL", "250 ok");
        server.answer(".", "554 looks like spam");
        assertThat(send()).isEqualTo(Delivery.refused(MailReason.REFUSED, 554));
    }

    @Test
    void aLetterThatTheServerCannotTakeNowIsTriedLater() throws Exception {
        server.answer("RCPT", "450 4.2.0 greylisted");
        assertThat(send()).isEqualTo(Delivery.later(450));

        server.answer("RCPT", "250 ok");
        server.answer("MAIL", "421 too busy");
        assertThat(send()).isEqualTo(Delivery.later(421));

        server.answer("MAIL", "250 ok");
        server.answer(".", "451 disk full");
        assertThat(send()).isEqualTo(Delivery.later(451));
    }

    @Test
    void oneBadAddressAmongOthersHurtsNobodyElse() throws Exception {
        server.answer("RCPT TO:<bad@", "550 unknown user");
        try (SmtpConnection connection = SmtpConnection.open(to(server.port()))) {
            assertThat(connection.send(letter("a@school.example"), "满意办")).isEqualTo(Delivery.TAKEN);
            assertThat(connection.send(letter("bad@school.example"), "满意办").result())
                    .isEqualTo(Delivery.Result.REFUSED);
            assertThat(connection.isOpen()).isTrue();
            assertThat(connection.send(letter("b@school.example"), "满意办")).isEqualTo(Delivery.TAKEN);
        }
        assertThat(server.letters()).hasSize(2);
    }

    @Test
    void aConnectionLostBeforeTheLetterLeftIsTriedAgain() throws Exception {
        server.answer("MAIL", ScriptedServer.HANG_UP);
        assertThat(send().result()).isEqualTo(Delivery.Result.LATER);

        server.answer("MAIL", "250 ok");
        server.answer("DATA", ScriptedServer.HANG_UP);
        assertThat(send().result()).isEqualTo(Delivery.Result.LATER);
        assertThat(server.letters()).isEmpty();
    }

    @Test
    void aConnectionLostAfterTheLetterLeftIsUncertain() throws Exception {
        server.answer(".", ScriptedServer.HANG_UP);

        assertThat(send()).isEqualTo(Delivery.uncertain());
        assertThat(server.letters()).hasSize(1);
    }

    @Test
    void aServerThatNeverComesToAnEndIsHungUpOn() throws Exception {
        server.answer("MAIL", ScriptedServer.TRICKLE);
        assertThat(send().result()).isEqualTo(Delivery.Result.LATER);

        server.answer("MAIL", "250 ok");
        server.answer(".", ScriptedServer.TRICKLE);
        assertThat(send().result()).isEqualTo(Delivery.Result.UNCERTAIN);
    }

    @Test
    void aServerThatCannotBeReachedIsToldFromALetterThatFailed() throws Exception {
        int closed;
        try (ServerSocket free = new ServerSocket(0)) {
            closed = free.getLocalPort();
        }
        unreachable(closed, SmtpSettings.Tls.AUTO, MailReason.UNREACHABLE);

        unreachable(server.port(), SmtpSettings.Tls.REQUIRED, MailReason.ENCRYPTION);

        server.answer("", ScriptedServer.TRICKLE);
        unreachable(server.port(), SmtpSettings.Tls.AUTO, MailReason.UNREACHABLE);
    }

    @Test
    void aWrongPasswordIsNoLettersFault() throws Exception {
        server.answer("EHLO", "250-scripted\r\n250 AUTH PLAIN");
        server.answer("AUTH", "535 wrong password");
        SmtpSettings settings = settings(server.port(), SmtpSettings.Tls.AUTO, "manyi", "wrong");

        assertThatThrownBy(() -> SmtpConnection.open(settings))
                .isInstanceOfSatisfying(
                        UnreachableException.class, e -> assertThat(e.reason()).isEqualTo(MailReason.LOGIN));
    }

    @Test
    void nothingInAnAddressOrSubjectMakesAnotherHeaderOrRecipient() throws Exception {
        try (SmtpConnection connection = SmtpConnection.open(to(server.port()))) {
            for (String address : new String[] {
                "a@b.cn,evil@x.cn",
                "a@b.cn\r\nBcc: evil@x.cn",
                "\"a\r\nRCPT TO:<evil@x.cn>\"@b.cn",
                "Somebody <a@b.cn>",
                "group:a@b.cn;",
                "a@b.cn>\r\nDATA",
                "张三@school.cn",
                "no address",
                ""
            }) {
                assertThat(connection.send(letter(address), "满意办"))
                        .as(address)
                        .isEqualTo(Delivery.refused(MailReason.ADDRESS, null));
            }
            connection.send(
                    letter("a@b.cn", "有事\r\nBcc: evil@x.cn\r\n\r\nbody", Instant.EPOCH), "满意办\r\nBcc: evil@x.cn");
        }
        assertThat(server.letters()).singleElement().satisfies(letter -> assertThat(
                        letter.lines().takeWhile(line -> !line.isEmpty()))
                .noneMatch(line -> line.toLowerCase().startsWith("bcc")));
    }

    private void unreachable(int port, SmtpSettings.Tls tls, MailReason reason) {
        assertThatThrownBy(() -> SmtpConnection.open(settings(port, tls, "", "")))
                .isInstanceOfSatisfying(
                        UnreachableException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private Delivery send() throws Exception {
        try (SmtpConnection connection = SmtpConnection.open(to(server.port()))) {
            return connection.send(letter("zhang@school.example"), "满意办");
        }
    }

    private static Letter letter(String address) {
        return letter(address, SUBJECT, Instant.parse("2026-02-14T00:30:00Z"));
    }

    private static Letter letter(String address, String subject, Instant written) {
        return new Letter(1, 1, address, "zh", "plain", null, subject, "您好，请签收。\n", "<p>您好，请签收。</p>", ID, written);
    }

    private static SmtpSettings to(int port) {
        return settings(port, SmtpSettings.Tls.AUTO, "", "");
    }

    private static SmtpSettings settings(int port, SmtpSettings.Tls tls, String user, String password) {
        return new SmtpSettings(
                "127.0.0.1",
                port,
                user,
                password,
                "manyi@bureau.example",
                tls,
                Duration.ofSeconds(2),
                Duration.ofMillis(800),
                Duration.ofMillis(600));
    }
}
