package org.manyi.mail;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The mail server ({@code manyi.smtp.*}).
 *
 * @param host blank when there is none: mails then wait and are shown
 * @param port 465 speaks TLS from the start
 * @param user blank when the server asks for none
 * @param password with the user
 * @param from the sender's address, never null
 * @param tls never null
 * @param connectTimeout to reach it
 * @param readTimeout for each of its answers
 * @param deadline for one letter in all
 */
@ConfigurationProperties("manyi.smtp")
record SmtpSettings(
        @DefaultValue("") String host,
        @DefaultValue("25") int port,
        @DefaultValue("") String user,
        @DefaultValue("") String password,
        @DefaultValue("manyi@localhost") String from,
        @DefaultValue("auto") Tls tls,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("10s") Duration readTimeout,
        @DefaultValue("60s") Duration deadline) {

    private static final int IMPLICIT_TLS = 465;

    /** Whether letters travel encrypted. */
    enum Tls {
        /** Where the server offers it. */
        AUTO,
        /** Or not at all. */
        REQUIRED,
        /** Never; for a mail server on the same machine. */
        OFF
    }

    boolean isConfigured() {
        return !host.isBlank();
    }

    boolean isImplicitTls() {
        return port == IMPLICIT_TLS && tls != Tls.OFF;
    }
}
