package org.manyi.mail;

import java.util.List;

/** Mails waiting to be sent: written in the transaction that causes them, sent after it. */
public interface Outbox {

    /**
     * One mail to one person.
     *
     * @param uniqueKey a second mail with the same key is not written ({@code digest:2026-02-14:principal001}); at most 200
     *     characters, never null
     * @param username whose mail it is, never null; address and language are the account's
     * @param template the mail template's name under {@code templates/mail/}, a constant of ours, never null
     * @param caseNumber the case it is about, null for a digest
     * @param model what the template shows, never null, no reporter's data
     */
    record NewMail(
            String uniqueKey,
            String username,
            String template,
            String caseNumber,
            java.util.Map<String, Object> model) {}

    /**
     * Writes mails in the caller's transaction; those whose key exists are left out, people without an address get none.
     *
     * @return how many were written
     */
    int enqueue(List<NewMail> mails);
}
