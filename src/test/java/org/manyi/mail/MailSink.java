package org.manyi.mail;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.manyi.shared.MovableClock;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** A real mail server on this machine. Nothing is sent to it by itself: a test has what waits delivered, and reads it back. */
@Component
public class MailSink implements DisposableBean {

    private final MailRows rows;
    private final MailTemplates templates;
    private final MovableClock clock;
    private final JdbcClient jdbc;
    private GreenMail server;

    MailSink(MailRows rows, MailTemplates templates, MovableClock clock, JdbcClient jdbc) {
        this.rows = rows;
        this.templates = templates;
        this.clock = clock;
        this.jdbc = jdbc;
    }

    /** A mail as it arrived. */
    public record Received(String to, String subject, String text, String html) {}

    /** Removes all mails, sent and waiting. */
    public void empty() {
        jdbc.sql("delete from mail").update();
        if (server != null) {
            server.reset();
        }
    }

    /** Delivers everything that waits and may go by now; answers what has arrived by it. */
    public List<Received> deliver() {
        MailDelivery delivery = new MailDelivery(rows, templates, settings(), clock);
        long left = waiting();
        while (left > 0) {
            delivery.deliver();
            long now = waiting();
            if (now == left) {
                throw new AssertionError(left + " mails cannot be delivered");
            }
            left = now;
        }
        List<Received> arrived = new ArrayList<>();
        for (MimeMessage message : server().getReceivedMessages()) {
            arrived.add(read(message));
        }
        server().reset();
        return arrived;
    }

    private long waiting() {
        return jdbc.sql(
                        "select count(*) from mail where state = 'waiting' and (not_before is null or not_before <= :now)")
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
    }

    private static Received read(MimeMessage message) {
        try {
            MimeMultipart parts = (MimeMultipart) message.getContent();
            return new Received(
                    message.getAllRecipients()[0].toString(),
                    message.getSubject(),
                    parts.getBodyPart(0).getContent().toString().replace("\r\n", "\n"),
                    parts.getBodyPart(1).getContent().toString().replace("\r\n", "\n"));
        } catch (MessagingException e) {
            throw new AssertionError(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized GreenMail server() {
        if (server == null) {
            server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP).dynamicPort());
            server.start();
        }
        return server;
    }

    private SmtpSettings settings() {
        return new SmtpSettings(
                "127.0.0.1",
                server().getSmtp().getPort(),
                "",
                "",
                "manyi@bureau.example",
                SmtpSettings.Tls.AUTO,
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60));
    }

    @Override
    public void destroy() {
        if (server != null) {
            server.stop();
        }
    }
}
