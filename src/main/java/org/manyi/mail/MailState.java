package org.manyi.mail;

import java.util.Locale;

/** Where a mail stands. */
public enum MailState {
    /** To be sent, or to be tried again. */
    WAITING,
    /** A node is handing it to the mail server. */
    SENDING,
    /** The mail server has taken it. */
    SENT,
    /** Given up; the reason is shown. */
    FAILED,
    /** Twice nobody can tell whether the mail server took it. */
    UNCERTAIN,
    /** Kept for show, never to be sent by itself. */
    SUPPRESSED;

    /** The name in the database, in URLs and message keys; never null. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static MailState of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
