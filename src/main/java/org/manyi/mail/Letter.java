package org.manyi.mail;

import java.time.Instant;

/**
 * A mail as it is handed over.
 *
 * @param id of its row
 * @param attempts how often it was tried, this time included
 * @param address the recipient's, plain, never null
 */
record Letter(
        long id,
        int attempts,
        String address,
        String locale,
        String subject,
        String text,
        String html,
        String messageId,
        Instant createdAt) {}
