package org.manyi.notification;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.manyi.calendar.DateTexts;
import org.manyi.campaign.DatesMoved;
import org.manyi.campaign.DatesMoved.Moved;
import org.manyi.notification.Teller.Message;
import org.manyi.notification.Teller.Told;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells those whose works have other days since a running plan was changed: one mail a person, doer and change, of all of them. */
@Component
class DateMails {

    private final Teller teller;
    private final Hearers hearers;
    private final DateTexts dates;

    DateMails(Teller teller, Hearers hearers, DateTexts dates) {
        this.teller = teller;
        this.hearers = hearers;
        this.dates = dates;
    }

    @EventListener
    void on(DatesMoved news) {
        Map<String, List<Moved>> byPerson = new TreeMap<>();
        for (Moved moved : news.moved()) {
            Set<String> people = new HashSet<>(hearers.of(moved.number()).holders(moved.posts()));
            people.forEach(person -> byPerson.merge(person, List.of(moved), DateMails::both));
        }
        byPerson.forEach((person, moved) -> teller.tell(message(news, moved), Set.of(person)));
    }

    private static List<Moved> both(List<Moved> one, List<Moved> other) {
        List<Moved> all = new ArrayList<>(one);
        all.addAll(other);
        return all;
    }

    private Message message(DatesMoved news, List<Moved> moved) {
        Map<String, Object> model = new HashMap<>();
        model.put("title", news.title());
        model.put("reason", news.reason());
        model.put("count", moved.size());
        model.put("lines", moved.stream().map(this::line).toList());
        String key = "dates:%s:%d:%s".formatted(news.campaign(), news.planVersion(), news.doer());
        String path = moved.size() == 1 ? "/works/" + moved.get(0).number() : "/inbox";
        Told told = new Told("dates", news.campaign(), null, null, news.title(), null, null, path, false);
        return new Message(key, NewsKind.DATES, "dates", model, false, told);
    }

    private Map<String, Object> line(Moved moved) {
        return Map.of(
                "name", moved.name(),
                "from", SpokenDue.ofDay(moved.from(), dates),
                "to", SpokenDue.ofDay(moved.to(), dates),
                "path", "/works/" + moved.number());
    }
}
