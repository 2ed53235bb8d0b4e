package org.manyi.notification;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The kinds of news. */
public enum NewsKind {
    /** A task that is a person's own: given to him, or handed over. */
    TASK(Delivery.ONCE),
    /** A task offered to a post, which any of its holders may take. */
    CLAIMABLE(Delivery.ONCE),
    /** What became of a case that a person has a part in. */
    CASE(Delivery.ONCE),
    /** Another day for a piece of the year's work. */
    DATES(Delivery.ONCE),
    /** A colleague asks for an opinion, answers one's own question, or takes his back. */
    OPINION(Delivery.ONCE),
    /** A remark that mentions the person. */
    MENTION(Delivery.ONCE),
    /** A remark on a task of one's own, or on a case on which one has remarked. */
    COMMENT(Delivery.DIGEST),
    /** Somebody who oversees a task presses for it; nobody can switch that off. */
    CHASE(null);

    /** How a person hears of a kind of news. */
    public enum Delivery {
        /** By a mail of its own, outside the quiet hours. */
        ONCE,
        /** In the mail of the next daily reminder. */
        DIGEST,
        /** By no mail; the notice in Manyi remains. */
        OFF;

        /** The name in the database, in forms and message keys; never null. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Delivery of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    private final Delivery usual;

    NewsKind(Delivery usual) {
        this.usual = usual;
    }

    /** The name in the database, in forms and message keys; never null. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How a person hears of it who has said nothing; never null. */
    public Delivery usual() {
        return usual == null ? Delivery.ONCE : usual;
    }

    /** The kinds that a person may choose for. */
    public static List<NewsKind> chosen() {
        return Stream.of(values()).filter(kind -> kind.usual != null).toList();
    }
}
