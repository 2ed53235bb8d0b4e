package org.manyi.mail;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.manyi.security.Accounts;
import org.manyi.security.CurrentUser;
import org.manyi.shared.ConflictException;
import org.manyi.shared.ConflictException.Reason;
import org.manyi.shared.Count;
import org.manyi.shared.Cursor;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.PersonalData;
import org.manyi.shared.Slice;
import org.manyi.shared.ValidationException;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What became of the mails, for the system administrator, who may have one sent again. */
@Service
public class MailLog {

    private final JdbcClient jdbc;
    private final Accounts accounts;
    private final PersonalData personalData;
    private final SmtpSettings smtp;
    private final MovableClock clock;
    private final ApplicationEventPublisher events;

    MailLog(
            JdbcClient jdbc,
            Accounts accounts,
            PersonalData personalData,
            SmtpSettings smtp,
            MovableClock clock,
            ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.personalData = personalData;
        this.smtp = smtp;
        this.clock = clock;
        this.events = events;
    }

    /** Whether there is a mail server; without one mails wait. */
    public boolean hasServer() {
        return smtp.isConfigured();
    }

    /**
     * A page of mails, newest first.
     *
     * @param state null for all
     * @param about a case number or a username, null for all
     * @param cursor null for the first page
     * @param size 1 to 100
     */
    public Slice<MailItem> list(MailState state, String about, String cursor, int size) {
        Filter filter = new Filter(state, about);
        List<MailItem> rows = jdbc.sql("""
                        select id, created_at, username, address, subject, state, reason, reply_code, uncertain, attempts,
                            next_attempt_at, sent_at
                        from mail where id < :before
                        """ + filter.sql() + " order by id desc fetch first :n rows only")
                .params(filter.params())
                .param("before", before(cursor))
                .param("n", size + 1)
                .query(this::item)
                .list();
        return named(Slice.of(rows, size, item -> Cursor.of(item.id()), count(filter)));
    }

    /** How many mails there are in each state, capped. */
    public Map<MailState, Count> counts() {
        Map<MailState, Count> counts = new EnumMap<>(MailState.class);
        for (MailState state : MailState.values()) {
            counts.put(state, count(new Filter(state, null)));
        }
        return counts;
    }

    /**
     * Has a mail that did not arrive sent again, to the address that the account has now.
     *
     * @throws NotFoundException when there is no such mail
     * @throws ConflictException not-active when it is under way, was sent, is kept for show, or the account has no address
     */
    @Transactional
    public void resend(long id, CurrentUser user) {
        String username = jdbc.sql("select username from mail where id = :id")
                .param("id", id)
                .query(String.class)
                .optional()
                .orElseThrow(NotFoundException::new);
        String address = accounts.find(username)
                .filter(Accounts.Account::active)
                .map(Accounts.Account::email)
                .filter(Addresses::isSound)
                .orElseThrow(() -> new ConflictException(Reason.NOT_ACTIVE, "mail.resend.noAddress"));
        int changed = jdbc.sql("""
                        update mail set state = 'waiting', reason = null, reply_code = null, attempts = 0, first_attempt_at = null,
                            stale_at = null, next_attempt_at = :now, address = :address
                        where id = :id and (state in ('failed', 'uncertain') or state = 'suppressed' and reason = :limit)
                        """)
                .param("id", id)
                .param("now", clock.system().instant().atOffset(ZoneOffset.UTC))
                .param("address", personalData.encrypt(address))
                .param("limit", MailReason.DAILY_LIMIT.code())
                .update();
        if (changed == 0) {
            throw new ConflictException(Reason.NOT_ACTIVE, "mail.resend.notNeeded");
        }
        events.publishEvent(new MailResent(clock.instant(), user.username(), String.valueOf(id)));
    }

    /** What the list is filtered by; null where it is not. */
    private record Filter(MailState state, String about) {

        String sql() {
            return (state == null ? "" : " and state = :state")
                    + (about == null ? "" : " and (username = :about or case_number = :about)");
        }

        Map<String, Object> params() {
            Map<String, Object> params = new HashMap<>();
            if (state != null) {
                params.put("state", state.code());
            }
            if (about != null) {
                params.put("about", about);
            }
            return params;
        }
    }

    private Count count(Filter filter) {
        return Count.ofLimited(jdbc.sql("select count(*) from (select id from mail where id > 0" + filter.sql()
                        + " fetch first :n rows only) as found")
                .params(filter.params())
                .param("n", Count.CAP + 1)
                .query(Long.class)
                .single());
    }

    private Slice<MailItem> named(Slice<MailItem> page) {
        Set<String> usernames = new HashSet<>();
        page.items().forEach(item -> usernames.add(item.username()));
        Map<String, String> names = accounts.names(usernames);
        return page.map(item -> new MailItem(
                item.id(),
                item.createdAt(),
                names.getOrDefault(item.username(), item.username()),
                item.username(),
                item.address(),
                item.subject(),
                item.state(),
                item.reason(),
                item.replyCode(),
                item.uncertain(),
                item.attempts(),
                item.nextAttemptAt(),
                item.sentAt(),
                item.resendable()));
    }

    private MailItem item(ResultSet rs, int number) throws SQLException {
        MailState state = MailState.of(rs.getString("state"));
        MailReason reason = MailReason.of(rs.getString("reason"));
        return new MailItem(
                rs.getLong("id"),
                instant(rs, "created_at"),
                rs.getString("username"),
                rs.getString("username"),
                masked(rs.getString("address")),
                rs.getString("subject"),
                state,
                reason,
                rs.getObject("reply_code", Integer.class),
                rs.getBoolean("uncertain"),
                rs.getInt("attempts"),
                state == MailState.WAITING && rs.getInt("attempts") > 0
                        ? instant(rs, "next_attempt_at").plus(clock.offset())
                        : null,
                instant(rs, "sent_at"),
                state == MailState.FAILED || state == MailState.UNCERTAIN || reason == MailReason.DAILY_LIMIT);
    }

    private static Instant instant(ResultSet rs, String column) throws SQLException {
        Timestamp value = rs.getTimestamp(column);
        return value == null ? null : value.toInstant();
    }

    private String masked(String address) {
        try {
            return Addresses.mask(personalData.decrypt(address));
        } catch (IllegalStateException e) {
            // Written under another key; the mail is refused when its turn comes, and the page shows it.
            return "***";
        }
    }

    private static long before(String cursor) {
        Cursor from = Cursor.decode(cursor, 1);
        try {
            return from == null ? Long.MAX_VALUE : Long.parseLong(from.parts().get(0));
        } catch (NumberFormatException e) {
            throw ValidationException.of("cursor", "malformed", "shared.problem.cursor");
        }
    }
}
