package org.manyi.mail;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.manyi.shared.MovableClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Hands waiting mails to the mail server, outside any transaction. Every node does; a mail is one node's at a time.
 */
@Component
class MailDelivery {

    private static final Logger log = LoggerFactory.getLogger(MailDelivery.class);

    /** A batch that takes longer gives the rest back, well before another node would take it over. */
    private static final Duration LONGEST_BATCH = Duration.ofSeconds(45);

    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final MailRows rows;
    private final MailTemplates templates;
    private final SmtpSettings smtp;
    private final MovableClock clock;
    private volatile boolean stopping;
    private boolean away;
    private Instant notBefore = Instant.MIN;

    MailDelivery(MailRows rows, MailTemplates templates, SmtpSettings smtp, MovableClock clock) {
        this.rows = rows;
        this.templates = templates;
        this.smtp = smtp;
        this.clock = clock;
    }

    /** Sends one batch; while the mail server is away, one try every ten seconds. */
    @Scheduled(fixedDelayString = "${manyi.mail.poll:PT1S}", initialDelayString = "${manyi.mail.poll:PT1S}")
    void poll() {
        if (smtp.isConfigured() && !stopping && !systemNow().isBefore(notBefore)) {
            rows.takeOver();
            if (!deliver()) {
                notBefore = systemNow().plus(PAUSE);
            }
        }
    }

    @EventListener(ContextClosedEvent.class)
    void stop() {
        stopping = true;
    }

    /**
     * Sends one batch.
     *
     * @return false when the mail server could not be reached
     */
    boolean deliver() {
        List<Letter> letters = rows.take();
        if (letters.isEmpty()) {
            return true;
        }
        Iterator<Letter> left = letters.iterator();
        SmtpConnection connection = null;
        try {
            Instant end = systemNow().plus(LONGEST_BATCH);
            connection = SmtpConnection.open(smtp);
            if (away) {
                // Each waits for a time of its own; now that the server is back, the oldest go first.
                away = false;
                rows.waitNoLonger();
                left.forEachRemaining(rows::release);
                return true;
            }
            while (left.hasNext() && !stopping && systemNow().isBefore(end)) {
                if (!connection.isOpen()) {
                    connection.close();
                    connection = SmtpConnection.open(smtp);
                }
                deliver(left.next(), connection);
            }
            left.forEachRemaining(rows::release);
            return true;
        } catch (UnreachableException e) {
            log.warn("The mail server does not take mails: {}", e.reason().code());
            log.debug("The mail server does not take mails", e);
            away = true;
            left.forEachRemaining(letter -> rows.postpone(letter, e.reason()));
            return false;
        } finally {
            if (connection != null) {
                connection.close();
            }
        }
    }

    private void deliver(Letter taken, SmtpConnection connection) {
        Letter letter;
        try {
            letter = taken.isWritten() ? taken : templates.write(taken);
        } catch (RuntimeException e) {
            log.error("Mail {} cannot be written", taken.id(), e);
            rows.finish(taken, Delivery.refused(MailReason.UNWRITABLE, null));
            return;
        }
        if (rows.begin(letter)) {
            Delivery delivery = connection.send(letter, templates.senderName(Locale.forLanguageTag(letter.locale())));
            rows.finish(letter, delivery);
            if (delivery.result() != Delivery.Result.TAKEN) {
                log.info(
                        "Mail {} not delivered: {} {}",
                        letter.id(),
                        delivery.reason().code(),
                        delivery.replyCode());
            }
        }
    }

    private Instant systemNow() {
        return clock.system().instant();
    }
}
