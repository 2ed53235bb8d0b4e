package org.manyi.inbox;

import java.util.List;
import org.manyi.org.PostReleased;
import org.manyi.org.UnitChanged;
import org.manyi.org.UnitType;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Keeps the inbox true to the organisation, in the transaction that changes it: tasks follow the post, not the person. */
@Component
class OrganisationNews {

    private final TaskBook book;
    private final TaskDesk desk;
    private final Questions questions;
    private final TaskArrivals arrivals;

    OrganisationNews(TaskBook book, TaskDesk desk, Questions questions, TaskArrivals arrivals) {
        this.book = book;
        this.desk = desk;
        this.questions = questions;
        this.arrivals = arrivals;
    }

    /** What somebody has through a post that he gave up goes back to the post, whoever holds it now; what he was asked through it, he is asked no more. */
    @EventListener
    void on(PostReleased news) {
        List<TaskRow> held = book.openAssigned(news.username(), news.postKey());
        held.forEach(task -> desk.release(task, news.username(), news.actor()));
        questions.releaseUnseen(news.username());
    }

    /** A school that is called or placed otherwise is found so from now on. */
    @EventListener
    void on(UnitChanged news) {
        if (news.after().type() == UnitType.SCHOOL) {
            book.openOfSchool(news.after().code()).forEach(arrivals::locate);
        }
    }
}
