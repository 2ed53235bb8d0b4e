package org.manyi.mail;

import java.time.Instant;

/**
 * A mail as the system administrator sees it: whether it arrived, not what it says.
 *
 * @param id of its row
 * @param createdAt business time, never null
 * @param recipient the name, or the username where the account has gone; never null
 * @param username never null
 * @param address masked, never null
 * @param subject holds a case's number at most, never null
 * @param state never null
 * @param reason why it is not sent, or not yet; null otherwise
 * @param replyCode the mail server's, null when it gave none
 * @param uncertain whether it may have arrived twice, or not at all
 * @param attempts how often it was tried
 * @param nextAttemptAt when it is tried again by the business clock, as far as its state is waiting; null otherwise
 * @param sentAt business time, null until sent
 * @param resendable whether an administrator may have it sent again
 */
public record MailItem(
        long id,
        Instant createdAt,
        String recipient,
        String username,
        String address,
        String subject,
        MailState state,
        MailReason reason,
        Integer replyCode,
        boolean uncertain,
        int attempts,
        Instant nextAttemptAt,
        Instant sentAt,
        boolean resendable) {}
