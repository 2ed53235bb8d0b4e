package org.manyi.security;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.manyi.shared.Texts;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of accounts and of their former passwords. */
@Repository
class AccountStore {

    /** Of an account {@code a}: no password was ever set, so nobody came in. */
    private static final String NEVER_USED =
            "a.active = true and a.role is null and a.password_hash is null and a.last_login_at is null"
                    + " and not exists (select 1 from account_password_history h where h.username = a.username)";

    /** How many values one {@code in (…)} takes, well below what both databases allow. */
    private static final int CHUNK = 1000;

    private static final String COLUMNS = """
            select a.username, a.name, a.phone, a.email, a.role, a.locale, a.active, a.password_hash, a.password_state,
                   a.password_changed_at, a.epoch, a.last_login_at,
                   (select count(*) from second_factor s where s.username = a.username and s.secret is not null) second_factors,
                   (select max(f.locked_until) from login_failure f where f.username = a.username) locked_until
            from account a
            """;

    private final JdbcClient jdbc;
    private final NamedParameterJdbcOperations batches;

    AccountStore(JdbcClient jdbc, NamedParameterJdbcOperations batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /** An account as the administrator's list shows it. */
    record Listed(AccountRow account, Instant lastLoginAt, Instant lockedUntil) {}

    Optional<AccountRow> find(String username) {
        return listed(username).map(Listed::account);
    }

    Optional<Listed> listed(String username) {
        return jdbc.sql(COLUMNS + "where a.username = :username")
                .param("username", username)
                .query(AccountStore::listed)
                .optional();
    }

    List<Listed> findAll(Collection<String> usernames) {
        List<Listed> found = new ArrayList<>();
        for (List<String> some : chunks(usernames)) {
            found.addAll(jdbc.sql(COLUMNS + "where a.username in (:usernames)")
                    .param("usernames", some)
                    .query(AccountStore::listed)
                    .list());
        }
        return found;
    }

    /** Accounts by username after {@code after}, whose username or name contains the text; both may be empty. */
    List<Listed> page(String text, String after, int limit) {
        return jdbc.sql(COLUMNS + """
                        where a.username > :after and (a.username like :like escape '!' or lower(a.name) like :like escape '!')
                        order by a.username
                        fetch first :limit rows only
                        """)
                .param("after", after)
                .param("like", containing(text))
                .param("limit", limit)
                .query(AccountStore::listed)
                .list();
    }

    /** How many accounts match the text, counted no further than {@code limit}. */
    long count(String text, int limit) {
        return jdbc.sql("""
                        select count(*) from (
                            select 1 from account a
                            where a.username like :like escape '!' or lower(a.name) like :like escape '!'
                            fetch first :limit rows only) matching
                        """)
                .param("like", containing(text))
                .param("limit", limit)
                .query(Long.class)
                .single();
    }

    boolean isEmpty() {
        return jdbc.sql("select username from account fetch first 1 rows only")
                .query(String.class)
                .optional()
                .isEmpty();
    }

    void insert(Collection<AccountRow> accounts, Instant now) {
        SqlParameterSource[] rows = accounts.stream()
                .map(account -> new MapSqlParameterSource()
                        .addValue("username", account.username())
                        .addValue("name", account.name())
                        .addValue("phone", account.phone())
                        .addValue("email", account.email())
                        .addValue(
                                "role",
                                account.role() == null ? null : account.role().name())
                        .addValue("locale", account.locale())
                        .addValue("active", account.active())
                        .addValue("hash", account.passwordHash())
                        .addValue("state", account.passwordState().name())
                        .addValue("changedAt", time(account.passwordChangedAt()))
                        .addValue("epoch", account.epoch())
                        .addValue("now", time(now)))
                .toArray(SqlParameterSource[]::new);
        batches.batchUpdate("""
                insert into account (username, name, phone, email, role, locale, active, password_hash, password_state,
                    password_changed_at, epoch, created_at)
                values (:username, :name, :phone, :email, :role, :locale, :active, :hash, :state, :changedAt, :epoch, :now)
                """, rows);
    }

    /** Those of these accounts that nobody ever could log in to. */
    Set<String> unused(Collection<String> usernames) {
        Set<String> unused = new TreeSet<>();
        for (String username : usernames) {
            unused.addAll(jdbc.sql("select a.username from account a where a.username = :username and " + NEVER_USED)
                    .param("username", username)
                    .query(String.class)
                    .list());
        }
        return unused;
    }

    /** Removes those of these accounts that nobody ever could log in to; returns which. */
    Set<String> removeUnused(Collection<String> usernames) {
        Set<String> removed = new TreeSet<>();
        for (String username : usernames) {
            int rows = jdbc.sql("delete from account a where a.username = :username and " + NEVER_USED)
                    .param("username", username)
                    .update();
            if (rows == 1) {
                removed.add(username);
            }
        }
        return removed;
    }

    /** False when there is no such account. */
    boolean describe(String username, String name, String phone, String email) {
        return jdbc.sql("update account set name = :name, phone = :phone, email = :email where username = :username")
                        .param("name", name)
                        .param("phone", phone)
                        .param("email", email)
                        .param("username", username)
                        .update()
                > 0;
    }

    void setLocale(String username, String locale) {
        jdbc.sql("update account set locale = :locale where username = :username")
                .param("locale", locale)
                .param("username", username)
                .update();
    }

    /** Closes or opens an account and ends what was open; false when it was so already. */
    boolean setActive(String username, boolean active) {
        return jdbc.sql(
                                "update account set active = :active, epoch = epoch + 1 where username = :username and active <> :active")
                        .param("active", active)
                        .param("username", username)
                        .update()
                > 0;
    }

    /** Changes the administrator's role, null for none, and ends what was open. */
    void setRole(String username, Role role) {
        jdbc.sql("update account set role = :role, epoch = epoch + 1 where username = :username")
                .param("role", role == null ? null : role.name())
                .param("username", username)
                .update();
    }

    /** Sets another password, keeps the former one in the history and ends what was open. */
    void setPassword(String username, String hash, PasswordState state, Instant now) {
        jdbc.sql("""
                        insert into account_password_history (username, password_hash, replaced_at)
                        select username, password_hash, :now from account where username = :username and password_hash is not null
                        """).param("now", time(now)).param("username", username).update();
        jdbc.sql("""
                        update account set password_hash = :hash, password_state = :state, password_changed_at = :now,
                            epoch = epoch + 1
                        where username = :username
                        """)
                .param("hash", hash)
                .param("state", state.name())
                .param("now", time(now))
                .param("username", username)
                .update();
    }

    /** Gives many accounts one password, without history: nobody chose the former ones. */
    void setPasswords(Collection<String> usernames, String hash, PasswordState state, Instant now) {
        for (List<String> some : chunks(usernames)) {
            jdbc.sql("""
                            update account set password_hash = :hash, password_state = :state, password_changed_at = :now,
                                epoch = epoch + 1
                            where username in (:usernames)
                            """)
                    .param("hash", hash)
                    .param("state", state.name())
                    .param("now", time(now))
                    .param("usernames", some)
                    .update();
        }
    }

    /** Ends what was open. */
    void raiseEpoch(String username) {
        jdbc.sql("update account set epoch = epoch + 1 where username = :username")
                .param("username", username)
                .update();
    }

    /** The three administrators' accounts that are open, by role and username. */
    List<Listed> administrators() {
        return jdbc.sql(COLUMNS + "where a.role is not null and a.active order by a.role, a.username")
                .query(AccountStore::listed)
                .list();
    }

    /** Replaces the hash of the same password by a newer kind, and notes the login. */
    void noteLogin(String username, String hash, Instant now) {
        jdbc.sql("update account set password_hash = :hash, last_login_at = :now where username = :username")
                .param("hash", hash)
                .param("now", time(now))
                .param("username", username)
                .update();
    }

    /** The hashes of the newest former passwords. */
    List<String> formerPasswords(String username, int limit) {
        return jdbc.sql("""
                        select password_hash from account_password_history where username = :username
                        order by id desc fetch first :limit rows only
                        """)
                .param("username", username)
                .param("limit", limit)
                .query(String.class)
                .list();
    }

    static OffsetDateTime time(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static String containing(String text) {
        return Texts.containing(text == null ? "" : text.toLowerCase(Locale.ROOT));
    }

    private static List<List<String>> chunks(Collection<String> values) {
        List<String> all = List.copyOf(values);
        List<List<String>> chunks = new ArrayList<>();
        for (int from = 0; from < all.size(); from += CHUNK) {
            chunks.add(all.subList(from, Math.min(from + CHUNK, all.size())));
        }
        return chunks;
    }

    private static Listed listed(ResultSet row, int number) throws SQLException {
        String role = row.getString("role");
        return new Listed(
                new AccountRow(
                        row.getString("username"),
                        row.getString("name"),
                        row.getString("phone"),
                        row.getString("email"),
                        role == null ? null : Role.valueOf(role),
                        row.getString("locale"),
                        row.getBoolean("active"),
                        row.getString("password_hash"),
                        PasswordState.valueOf(row.getString("password_state")),
                        instant(row, "password_changed_at"),
                        row.getInt("epoch"),
                        row.getInt("second_factors") > 0),
                instant(row, "last_login_at"),
                instant(row, "locked_until"));
    }
}
