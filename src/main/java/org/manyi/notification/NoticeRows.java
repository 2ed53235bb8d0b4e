package org.manyi.notification;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.manyi.notification.Notices.NewNotice;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The writing side of the table {@code notification_notice}. */
@Repository
class NoticeRows {

    private final JdbcClient jdbc;
    private final NamedParameterJdbcOperations batches;

    NoticeRows(JdbcClient jdbc, NamedParameterJdbcOperations batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /** Which of these people were told of this before. */
    Set<String> told(String key, Collection<String> people) {
        return people.isEmpty()
                ? Set.of()
                : new HashSet<>(jdbc.sql("select username from notification_notice where unique_key in (:keys)")
                        .param(
                                "keys",
                                people.stream()
                                        .map(person -> key + ":" + person)
                                        .toList())
                        .query(String.class)
                        .list());
    }

    void insert(Collection<NewNotice> notices, Instant now) {
        batches.batchUpdate(
                """
                insert into notification_notice (unique_key, username, kind, words, case_number, task_id, task_key, title, school_code,
                    detail, path, secret, channel, created_at)
                values (:key, :username, :kind, :words, :caseNumber, :taskId, :taskKey, :title, :school, :detail, :path, :secret,
                    :channel, :now)
                """,
                notices.stream()
                        .map(notice -> new MapSqlParameterSource()
                                .addValue("key", notice.key())
                                .addValue("username", notice.username())
                                .addValue("kind", notice.kind().code())
                                .addValue("words", notice.told().words())
                                .addValue("caseNumber", notice.told().caseNumber())
                                .addValue("taskId", notice.told().taskId())
                                .addValue("taskKey", notice.told().taskKey())
                                .addValue(
                                        "title",
                                        notice.told().secret()
                                                ? null
                                                : notice.told().title())
                                .addValue("school", notice.told().schoolCode())
                                .addValue("detail", notice.told().detail())
                                .addValue("path", notice.told().path())
                                .addValue("secret", notice.told().secret())
                                .addValue("channel", notice.channel().code())
                                .addValue("now", now.atOffset(ZoneOffset.UTC)))
                        .toArray(MapSqlParameterSource[]::new));
    }

    /** Nothing is left to do about a task: what was said of it counts as read, and what was to be said is dropped. */
    void over(String taskId, Instant now) {
        jdbc.sql("""
                        update notification_notice set read_at = coalesce(read_at, :now),
                            channel = case when channel = 'digest' then 'dropped' else channel end
                        where task_id = :task and (read_at is null or channel = 'digest')
                        """)
                .param("task", taskId)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** What these people are to hear with the daily reminder, the oldest first. */
    Map<String, List<Notices.Kept>> waiting(Collection<String> people) {
        return jdbc
                .sql(Notices.SELECT + " where n.channel = 'digest' and n.username in (:people) order by n.id")
                .param("people", people)
                .query(Notices::kept)
                .list()
                .stream()
                .collect(java.util.stream.Collectors.groupingBy(Notices.Kept::username));
    }

    /** The daily reminder has said it. */
    void digested(Collection<String> people) {
        jdbc.sql(
                        "update notification_notice set channel = 'digested' where channel = 'digest' and username in (:people)")
                .param("people", people)
                .update();
    }

    /** Removes what was written before then, the oldest first; answers how many. */
    @Transactional
    public int removeBefore(Instant before, int limit) {
        return jdbc.sql("""
                        delete from notification_notice where id in (
                            select id from notification_notice where created_at < :before order by id fetch first :n rows only)
                        """)
                .param("before", before.atOffset(ZoneOffset.UTC))
                .param("n", limit)
                .update();
    }
}
