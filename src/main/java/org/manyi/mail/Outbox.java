package org.manyi.mail;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Mails waiting to be sent: put down in the transaction that causes them, written and sent after it. */
public interface Outbox {

    /**
     * One mail to one person.
     *
     * @param uniqueKey a second mail with the same key is not written ({@code digest:2026-02-14:principal001}); at most 200
     *     characters, never null
     * @param username whose mail it is, never null; address and language are the account's
     * @param template the mail template's name under {@code templates/mail/}, a constant of ours, never null; {@code
     *     <name>.subject.txt} is the line of the subject, {@code <name>.txt} the text, {@code <name>.html} shows the same
     * @param caseNumber the case it is about, null for a digest
     * @param topic what {@link #withdraw} finds it by, such as a task's id; at most 64 characters, null when it is never taken back
     * @param model what the template shows, never null, no reporter's data; it is kept as JSON, for the words are written when the mail
     *     is handed over, and what a value says by itself is said in the recipient's language; {@code baseUrl} is added
     * @param worth how long it is worth sending, from now; null as long as delivery is tried
     * @param notBefore business time before which it waits because its recipient is not to be disturbed; null when it goes at once
     */
    record NewMail(
            String uniqueKey,
            String username,
            String template,
            String caseNumber,
            String topic,
            Map<String, Object> model,
            Duration worth,
            Instant notBefore) {

        /** A mail that goes at once. */
        public NewMail(
                String uniqueKey,
                String username,
                String template,
                String caseNumber,
                String topic,
                Map<String, Object> model,
                Duration worth) {
            this(uniqueKey, username, template, caseNumber, topic, model, worth, null);
        }
    }

    /**
     * Writes mails in the caller's transaction; those whose key exists are left out, people without an address get none.
     *
     * @return how many were written
     * @throws org.springframework.transaction.IllegalTransactionStateException outside a transaction
     */
    int enqueue(List<NewMail> mails);

    /**
     * Takes back, in the caller's transaction, the mails of a topic that are not under way yet, because what they ask for is done.
     *
     * @param topic never null; an unknown one does nothing
     */
    void withdraw(String topic);

    /**
     * Does work whose mails, as far as this thread writes them, are kept for show and never sent; for the demonstration's loader.
     *
     * @return what the work returned
     */
    <T> T suppressing(Supplier<T> work);
}
