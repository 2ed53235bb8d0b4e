package org.manyi.notification;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalTime;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.manyi.notification.NewsKind.Delivery;
import org.manyi.security.CurrentUser;
import org.manyi.shared.MovableClock;
import org.manyi.shared.ValidationException;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** How each person wants to hear of things. The reminders of a duty are not among them. */
@Service
public class Preferences {

    private static final int MINUTES = 60;

    private final JdbcClient jdbc;
    private final MovableClock clock;
    private final ApplicationEventPublisher events;

    Preferences(JdbcClient jdbc, MovableClock clock, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.events = events;
    }

    /**
     * What a person has chosen.
     *
     * @param deliveries for each of {@link NewsKind#chosen}, never null
     * @param quiet never null
     */
    public record Choice(Map<NewsKind, Delivery> deliveries, QuietHours quiet) {}

    /** What holds for the person, the usual where nothing was chosen. */
    public Choice of(CurrentUser user) {
        Map<NewsKind, Delivery> deliveries = new EnumMap<>(NewsKind.class);
        NewsKind.chosen()
                .forEach(kind -> deliveries.put(
                        kind, deliveries(kind, List.of(user.username())).getOrDefault(user.username(), kind.usual())));
        return new Choice(deliveries, quiet(List.of(user.username())).getOrDefault(user.username(), QuietHours.USUAL));
    }

    /**
     * Keeps what the person chose.
     *
     * @param choice whole; a kind that is missing stays as it is usually
     * @throws ValidationException with field {@code deliveries} for a kind that nobody may choose for
     */
    @Transactional
    public void choose(Choice choice, CurrentUser user) {
        if (!NewsKind.chosen().containsAll(choice.deliveries().keySet())) {
            throw ValidationException.of("deliveries", "unknown", "notification.problem.kind");
        }
        String me = user.username();
        jdbc.sql("delete from notification_preference where username = :me")
                .param("me", me)
                .update();
        jdbc.sql("delete from notification_quiet where username = :me")
                .param("me", me)
                .update();
        Map<String, Object> detail = new TreeMap<>();
        choice.deliveries().forEach((kind, delivery) -> {
            if (delivery != kind.usual()) {
                jdbc.sql(
                                "insert into notification_preference (username, kind, delivery) values (:me, :kind, :delivery)")
                        .param("me", me)
                        .param("kind", kind.code())
                        .param("delivery", delivery.code())
                        .update();
                detail.put(kind.code(), delivery.code());
            }
        });
        if (!choice.quiet().equals(QuietHours.USUAL)) {
            jdbc.sql("""
                            insert into notification_quiet (username, from_minute, until_minute, rest_days)
                            values (:me, :from, :until, :rest)
                            """)
                    .param("me", me)
                    .param("from", minute(choice.quiet().from()))
                    .param("until", minute(choice.quiet().until()))
                    .param("rest", choice.quiet().restDays())
                    .update();
        }
        events.publishEvent(new PreferencesChanged(
                clock.instant(),
                me,
                detail,
                choice.quiet().from() + "-" + choice.quiet().until(),
                choice.quiet().restDays()));
    }

    /** What these people chose for a kind, by username; nobody who has said nothing is named. */
    Map<String, Delivery> deliveries(NewsKind kind, Collection<String> usernames) {
        Map<String, Delivery> found = new HashMap<>();
        if (!usernames.isEmpty()) {
            jdbc.sql(
                            "select username, delivery from notification_preference where kind = :kind and username in (:people)")
                    .param("kind", kind.code())
                    .param("people", usernames)
                    .query(row -> {
                        found.put(row.getString("username"), Delivery.of(row.getString("delivery")));
                    });
        }
        return found;
    }

    /**
     * What these people chose for a kind and their quiet hours, by one question.
     *
     * @param deliveries as {@link #deliveries} answers
     * @param quiet as {@link #quiet} answers
     */
    record Chosen(Map<String, Delivery> deliveries, Map<String, QuietHours> quiet) {
        /** For news of which nobody may choose anything. */
        static final Chosen NOTHING = new Chosen(Map.of(), Map.of());
    }

    /** What these people chose for a kind; nobody who has said nothing is named. */
    Chosen chosen(NewsKind kind, Collection<String> usernames) {
        Chosen chosen = new Chosen(new HashMap<>(), new HashMap<>());
        if (!usernames.isEmpty()) {
            jdbc.sql("""
                            select p.username, p.delivery, null as from_minute, null as until_minute, null as rest_days
                              from notification_preference p where p.kind = :kind and p.username in (:people)
                            union all
                            select q.username, null, q.from_minute, q.until_minute, q.rest_days
                              from notification_quiet q where q.username in (:people)
                            """).param("kind", kind.code()).param("people", usernames).query(row -> {
                String username = row.getString("username");
                String delivery = row.getString("delivery");
                if (delivery == null) {
                    chosen.quiet().put(username, hours(row));
                } else {
                    chosen.deliveries().put(username, Delivery.of(delivery));
                }
            });
        }
        return chosen;
    }

    /** The quiet hours of these people by username; nobody who has said nothing is named. */
    Map<String, QuietHours> quiet(Collection<String> usernames) {
        Map<String, QuietHours> found = new HashMap<>();
        if (!usernames.isEmpty()) {
            jdbc.sql("select username, from_minute, until_minute, rest_days from notification_quiet"
                            + " where username in (:people)")
                    .param("people", usernames)
                    .query(row -> {
                        found.put(row.getString("username"), hours(row));
                    });
        }
        return found;
    }

    private static QuietHours hours(ResultSet row) throws SQLException {
        return new QuietHours(
                time(row.getInt("from_minute")), time(row.getInt("until_minute")), row.getBoolean("rest_days"));
    }

    private static int minute(LocalTime time) {
        return time.getHour() * MINUTES + time.getMinute();
    }

    private static LocalTime time(int minute) {
        return LocalTime.of(minute / MINUTES, minute % MINUTES);
    }
}
