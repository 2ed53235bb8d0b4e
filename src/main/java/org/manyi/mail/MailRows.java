package org.manyi.mail;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.manyi.shared.MovableClock;
import org.manyi.shared.PersonalData;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The table {@code mail}. Waits follow the machine's time, what people are shown the business clock. */
@Repository
class MailRows {

    private final JdbcClient jdbc;
    private final NamedParameterJdbcOperations batches;
    private final PersonalData personalData;
    private final MailSettings settings;
    private final MovableClock clock;

    MailRows(
            JdbcClient jdbc,
            NamedParameterJdbcOperations batches,
            PersonalData personalData,
            MailSettings settings,
            MovableClock clock) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.personalData = personalData;
        this.settings = settings;
        this.clock = clock;
    }

    /** A mail about to be written. */
    record NewRow(
            String uniqueKey,
            String username,
            String address,
            String locale,
            String template,
            String caseNumber,
            String topic,
            MailTemplates.Draft draft,
            String messageId,
            MailState state,
            MailReason reason,
            Duration worth,
            Instant notBefore) {}

    /**
     * What was written before.
     *
     * @param keys which of the keys asked for are there
     * @param today how many mails each of the people asked for was written today, by username; nobody who was written none
     */
    record Before(Set<String> keys, Map<String, Integer> today) {}

    /** What was written before of these keys and, today, to these people; neither may be empty. */
    Before before(Collection<String> uniqueKeys, Collection<String> usernames) {
        Before before = new Before(new HashSet<>(), new HashMap<>());
        jdbc.sql("""
                        select unique_key, null as username, 1 as n from mail where unique_key in (:keys)
                        union all
                        select null, username, count(*) from mail
                        where username in (:usernames) and created_at >= :midnight
                        group by username
                        """)
                .param("keys", uniqueKeys)
                .param("usernames", usernames)
                .param(
                        "midnight",
                        offset(clock.today().atStartOfDay(MovableClock.ZONE).toInstant()))
                .query(rs -> {
                    String key = rs.getString("unique_key");
                    if (key == null) {
                        before.today().put(rs.getString("username"), rs.getInt("n"));
                    } else {
                        before.keys().add(key);
                    }
                });
        return before;
    }

    void insert(List<NewRow> rows) {
        Instant now = clock.system().instant();
        MapSqlParameterSource[] parameters = rows.stream()
                .map(row -> new MapSqlParameterSource()
                        .addValue("uniqueKey", row.uniqueKey())
                        .addValue("username", row.username())
                        .addValue("address", personalData.encrypt(row.address()))
                        .addValue("locale", row.locale())
                        .addValue("template", row.template())
                        .addValue("caseNumber", row.caseNumber())
                        .addValue("topic", row.topic())
                        .addValue("subject", row.draft().subject())
                        .addValue("model", row.draft().model())
                        .addValue("messageId", row.messageId())
                        .addValue("createdAt", offset(clock.instant()))
                        .addValue("state", row.state().code())
                        .addValue(
                                "reason",
                                row.reason() == null ? null : row.reason().code())
                        .addValue("next", offset(now))
                        .addValue("notBefore", row.notBefore() == null ? null : offset(row.notBefore()))
                        .addValue("stale", row.worth() == null ? null : offset(now.plus(row.worth()))))
                .toArray(MapSqlParameterSource[]::new);
        batches.batchUpdate("""
                insert into mail (unique_key, username, address, locale, template, case_number, topic, subject, model,
                    message_id, created_at, state, reason, uncertain, attempts, next_attempt_at, stale_at, not_before)
                values (:uniqueKey, :username, :address, :locale, :template, :caseNumber, :topic, :subject, :model,
                    :messageId, :createdAt, :state, :reason, false, 0, :next, :stale, :notBefore)
                """, parameters);
    }

    void withdraw(String topic) {
        jdbc.sql("""
                        update mail set state = 'suppressed', reason = :reason
                        where topic = :topic and state = 'waiting' and uncertain = false
                        """)
                .param("topic", topic)
                .param("reason", MailReason.WITHDRAWN.code())
                .update();
    }

    /** Marks the oldest mails whose time has come as this node's and answers them; what is too late is put aside. */
    @Transactional
    public List<Letter> take() {
        OffsetDateTime now = now();
        List<Long> ids = jdbc.sql("""
                        select id from mail where state = 'waiting' and next_attempt_at <= :now
                            and (not_before is null or not_before <= :business)
                        order by id fetch first :n rows only for update skip locked
                        """)
                .param("now", now)
                .param("business", offset(clock.instant()))
                .param("n", settings.batch())
                .query(Long.class)
                .list();
        if (ids.isEmpty()) {
            return List.of();
        }
        jdbc.sql("""
                        update mail set state = 'suppressed', reason = :stale
                        where id in (:ids) and stale_at < :now and uncertain = false
                        """)
                .param("ids", ids)
                .param("now", now)
                .param("stale", MailReason.STALE.code())
                .update();
        jdbc.sql("""
                        update mail set state = 'sending', taken_at = :now, begun_at = null, attempts = attempts + 1,
                            first_attempt_at = coalesce(first_attempt_at, :now)
                        where id in (:ids) and state = 'waiting'
                        """).param("ids", ids).param("now", now).update();
        return jdbc.sql("select * from mail where id in (:ids) and state = 'sending' order by id")
                .param("ids", ids)
                .query((rs, n) -> letter(rs))
                .list();
    }

    /**
     * Records, before the first byte leaves, that this letter is being handed over and what it says, so that another try says the same;
     * false when another node has taken it over.
     */
    @Transactional
    public boolean begin(Letter letter) {
        return jdbc.sql("""
                                update mail set begun_at = :now, text_body = :text, html_body = :html
                                where id = :id and state = 'sending' and attempts = :attempts and begun_at is null
                                """)
                        .param("id", letter.id())
                        .param("attempts", letter.attempts())
                        .param("text", letter.text())
                        .param("html", letter.html())
                        .param("now", now())
                        .update()
                == 1;
    }

    /** Gives a letter back as if it had not been taken. */
    @Transactional
    public void release(Letter letter) {
        jdbc.sql("""
                        update mail set state = 'waiting', attempts = attempts - 1
                        where id = :id and state = 'sending' and attempts = :attempts
                        """)
                .param("id", letter.id())
                .param("attempts", letter.attempts())
                .update();
    }

    /** Gives a letter back because the mail server cannot be reached. */
    @Transactional
    public void postpone(Letter letter, MailReason reason) {
        waitOrGiveUp(letter, reason, null, settings.waitAfter(letter.attempts(), settings.longestOutage()));
    }

    /** Ends the waits for a mail server that could not be reached. */
    @Transactional
    public void waitNoLonger() {
        jdbc.sql("""
                        update mail set next_attempt_at = :now
                        where state = 'waiting' and next_attempt_at > :now and reason in (:reasons)
                        """)
                .param("now", now())
                .param(
                        "reasons",
                        List.of(MailReason.UNREACHABLE.code(), MailReason.LOGIN.code(), MailReason.ENCRYPTION.code()))
                .update();
    }

    /** Writes down what came of a letter. */
    @Transactional
    public void finish(Letter letter, Delivery delivery) {
        switch (delivery.result()) {
            case TAKEN ->
                update(letter, "state = 'sent', reason = null, reply_code = null, sent_at = :business", Map.of());
            case LATER ->
                waitOrGiveUp(
                        letter,
                        delivery.reason(),
                        delivery.replyCode(),
                        settings.waitAfter(letter.attempts(), settings.longestWait()));
            case REFUSED -> fail(letter, delivery.reason(), delivery.replyCode());
            case UNCERTAIN ->
                update(
                        letter,
                        """
                        state = case when uncertain then 'uncertain' else 'waiting' end, uncertain = true,
                        reason = :reason, next_attempt_at = :next
                        """,
                        Map.of("reason", delivery.reason().code(), "next", now().plus(settings.firstWait())));
        }
    }

    /**
     * Takes over what nodes that stopped left behind. A letter that was being handed over may have arrived: it goes out once more with
     * the same Message-ID and stays marked.
     */
    @Transactional
    public void takeOver() {
        OffsetDateTime before = now().minus(settings.takeOverAfter());
        String left = " where state = 'sending' and coalesce(begun_at, taken_at) < :before";
        jdbc.sql("update mail set state = 'uncertain', reason = :reason" + left
                        + " and begun_at is not null and uncertain = true")
                .param("reason", MailReason.INTERRUPTED.code())
                .param("before", before)
                .update();
        jdbc.sql("update mail set state = 'waiting', reason = :reason, uncertain = true, next_attempt_at = :now" + left
                        + " and begun_at is not null")
                .param("reason", MailReason.INTERRUPTED.code())
                .param("now", now())
                .param("before", before)
                .update();
        jdbc.sql("update mail set state = 'waiting', attempts = attempts - 1" + left)
                .param("before", before)
                .update();
    }

    /** Removes mails that are done with and were written before then, the oldest first; answers how many. */
    @Transactional
    public int removeBefore(Instant before, int limit) {
        return jdbc.sql("""
                        delete from mail where id in (
                            select id from mail where created_at < :before and state not in ('waiting', 'sending')
                            order by id fetch first :n rows only)
                        """).param("before", offset(before)).param("n", limit).update();
    }

    private void waitOrGiveUp(Letter letter, MailReason reason, Integer replyCode, Duration wait) {
        OffsetDateTime now = now();
        Map<String, Object> values = new HashMap<>();
        values.put("reason", reason.code());
        values.put("code", replyCode);
        values.put("next", now.plus(wait));
        values.put("tooLong", now.minus(settings.giveUpAfter()));
        values.put("expired", MailReason.EXPIRED.code());
        update(letter, """
                state = case when first_attempt_at < :tooLong then 'failed' else 'waiting' end,
                reason = case when first_attempt_at < :tooLong then :expired else :reason end,
                reply_code = :code, next_attempt_at = :next
                """, values);
    }

    private void fail(Letter letter, MailReason reason, Integer replyCode) {
        Map<String, Object> values = new HashMap<>();
        values.put("reason", reason.code());
        values.put("code", replyCode);
        update(letter, "state = 'failed', reason = :reason, reply_code = :code", values);
    }

    private void update(Letter letter, String set, Map<String, Object> values) {
        MapSqlParameterSource parameters = new MapSqlParameterSource(values)
                .addValue("id", letter.id())
                .addValue("attempts", letter.attempts())
                .addValue("business", offset(clock.instant()));
        batches.update(
                "update mail set " + set + " where id = :id and state = 'sending' and attempts = :attempts",
                parameters);
    }

    private Letter letter(ResultSet rs) throws SQLException {
        return new Letter(
                rs.getLong("id"),
                rs.getInt("attempts"),
                address(rs.getString("address")),
                rs.getString("locale"),
                rs.getString("template"),
                rs.getString("model"),
                rs.getString("subject"),
                rs.getString("text_body"),
                rs.getString("html_body"),
                rs.getString("message_id"),
                rs.getTimestamp("created_at").toInstant());
    }

    private String address(String sealed) {
        try {
            return personalData.decrypt(sealed);
        } catch (IllegalStateException e) {
            // Written under another key. No address is none that can be sent to, and the mail fails without holding up
            // the others.
            return "";
        }
    }

    private OffsetDateTime now() {
        return offset(clock.system().instant());
    }

    private static OffsetDateTime offset(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
