package org.manyi.mail;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How mails are delivered ({@code manyi.mail.*}).
 *
 * @param batch how many mails one node hands over at a time; with {@code manyi.mail.poll} this is the rate
 * @param dailyLimit the most mails one person gets a day
 * @param firstWait the wait after the first failure, doubled with each further one
 * @param longestWait the longest wait after the mail server's own refusals
 * @param longestOutage the longest wait while the mail server cannot be reached, short so that a backlog goes soon after its return
 * @param giveUpAfter how long delivery is tried
 * @param takeOverAfter when a mail of a node that stopped is taken over
 * @param keepFor how long, by the business clock, a mail that is done with is kept; at least half a year (domain rule E10)
 */
@ConfigurationProperties("manyi.mail")
record MailSettings(
        @DefaultValue("60") int batch,
        @DefaultValue("100") int dailyLimit,
        @DefaultValue("10s") Duration firstWait,
        @DefaultValue("1h") Duration longestWait,
        @DefaultValue("5m") Duration longestOutage,
        @DefaultValue("24h") Duration giveUpAfter,
        @DefaultValue("2m") Duration takeOverAfter,
        @DefaultValue("190d") Duration keepFor) {

    /** How long to wait after the given number of failures. */
    Duration waitAfter(int attempts, Duration longest) {
        Duration wait = firstWait.multipliedBy(1L << Math.min(attempts - 1, 20));
        return wait.compareTo(longest) < 0 ? wait : longest;
    }
}
