package org.manyi.mail;

/** The mail server cannot be reached or does not let us in; no letter was at stake. */
class UnreachableException extends Exception {

    private final MailReason reason;

    UnreachableException(MailReason reason, Exception cause) {
        super(reason.code(), cause);
        this.reason = reason;
    }

    MailReason reason() {
        return reason;
    }
}
