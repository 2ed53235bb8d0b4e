package org.manyi.mail;

import java.time.Instant;

/**
 * A mail as it is handed over.
 *
 * @param id of its row
 * @param attempts how often it was tried, this time included
 * @param address the recipient's, plain, never null
 * @param model what the template shows, as JSON; null for mails that were written when they were put into the outbox
 * @param text null as long as it is not written, and so is html
 */
record Letter(
        long id,
        int attempts,
        String address,
        String locale,
        String template,
        String model,
        String subject,
        String text,
        String html,
        String messageId,
        Instant createdAt) {

    boolean isWritten() {
        return text != null;
    }

    /** The same letter with its words. */
    Letter written(String words, String page) {
        return new Letter(id, attempts, address, locale, template, model, subject, words, page, messageId, createdAt);
    }
}
