package org.manyi.campaign.web;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.manyi.campaign.Disclosure;
import org.manyi.document.OfficialPaper;
import org.manyi.document.OfficialPaper.Column;
import org.manyi.document.OfficialPaper.Table;
import org.manyi.document.Papers;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** The record of a plan's disclosure as an official paper. */
@Component
class DisclosurePapers {

    private final Papers papers;
    private final MessageSource messages;

    DisclosurePapers(Papers papers, MessageSource messages) {
        this.papers = papers;
        this.messages = messages;
    }

    /** The record as a table of what is known and what is not yet. */
    OfficialPaper of(Disclosure disclosure) {
        List<List<String>> rows = new ArrayList<>();
        row(rows, "index", disclosure.index());
        row(rows, "title", disclosure.title());
        row(rows, "documentNumber", disclosure.documentNumber());
        row(rows, "method", text("campaign.disclosure.method.active"));
        row(rows, "writtenOn", day(disclosure.writtenOn()));
        row(rows, "publishedOn", day(disclosure.publishedOn()));
        row(rows, "publishedWhere", disclosure.publishedWhere());
        row(rows, "publishedBy", disclosure.publishedBy());
        row(rows, "keywords", String.join(text("campaign.comma"), disclosure.keywords()));
        return OfficialPaper.of(
                text("campaign.disclosure.title"),
                List.of(new Table(
                        List.of(
                                new Column(text("campaign.disclosure.item"), 2),
                                new Column(text("campaign.disclosure.content"), 5)),
                        rows)));
    }

    private void row(List<List<String>> rows, String field, String value) {
        rows.add(List.of(
                text("campaign.disclosure.field." + field),
                value == null ? text("campaign.disclosure.unknown." + field) : value));
    }

    private String day(LocalDate day) {
        return day == null ? null : papers.day(day);
    }

    private String text(String key, Object... args) {
        return messages.getMessage(key, args, LocaleContextHolder.getLocale());
    }
}
