package org.manyi.mail;

import java.util.Locale;

/** Why a mail is not sent, or not yet. */
public enum MailReason {
    /** The mail server cannot be reached. */
    UNREACHABLE,
    /** The mail server does not accept our user or password. */
    LOGIN,
    /** The mail server's certificate or encryption is not acceptable. */
    ENCRYPTION,
    /** The mail server asks to try again later (4xx). */
    LATER,
    /** The mail server refuses (5xx). */
    REFUSED,
    /** The connection was lost after the letter was handed over and before the answer. */
    LOST,
    /** The node stopped while it was handing the letter over. */
    INTERRUPTED,
    /** Tried for a day without success. */
    EXPIRED,
    /** Its template cannot show what it is to say. */
    UNWRITABLE,
    /** The address is not one. */
    ADDRESS,
    /** The recipient has had as many mails today as one may have. */
    DAILY_LIMIT,
    /** Waits because its recipient is not to be disturbed now. */
    QUIET,
    /** What it asks for was done before it was sent. */
    WITHDRAWN,
    /** Too late to be of use. */
    STALE,
    /** Written by the demonstration's loader. */
    DEMONSTRATION;

    /** The name in the database and message keys; never null. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static MailReason of(String code) {
        return code == null ? null : valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
