package org.manyi.mail;

/**
 * What came of handing a letter over.
 *
 * @param result never null
 * @param reason null when it was taken
 * @param replyCode the mail server's, null when it did not answer
 */
record Delivery(Result result, MailReason reason, Integer replyCode) {

    enum Result {
        TAKEN,
        LATER,
        REFUSED,
        UNCERTAIN
    }

    static final Delivery TAKEN = new Delivery(Result.TAKEN, null, null);

    static Delivery later(Integer replyCode) {
        return new Delivery(Result.LATER, replyCode == null ? MailReason.UNREACHABLE : MailReason.LATER, replyCode);
    }

    static Delivery refused(MailReason reason, Integer replyCode) {
        return new Delivery(Result.REFUSED, reason, replyCode);
    }

    static Delivery uncertain() {
        return new Delivery(Result.UNCERTAIN, MailReason.LOST, null);
    }
}
