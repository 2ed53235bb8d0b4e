package org.manyi.inbox.web;

import java.nio.charset.StandardCharsets;
import org.manyi.inbox.CalendarFeeds;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Where calendar programs fetch a person's deadlines, nobody being logged in. */
@Controller
class CalendarFeedDoor {

    private static final MediaType CALENDAR = new MediaType("text", "calendar", StandardCharsets.UTF_8);

    private final CalendarFeeds feeds;

    CalendarFeedDoor(CalendarFeeds feeds) {
        this.feeds = feeds;
    }

    /** A refusal has no body: it is the same for whatever reason, and no page that would set cookies. */
    @GetMapping("/calendar/{token}.ics")
    ResponseEntity<byte[]> fetch(@PathVariable String token) {
        return feeds.read(token)
                .map(content -> ResponseEntity.ok()
                        .contentType(CALENDAR)
                        // Kept by nobody between, and asked for anew each time: a right that is taken away is gone.
                        .cacheControl(CacheControl.noCache().cachePrivate())
                        .eTag("W/\"" + content.tag() + "\"")
                        .header(
                                HttpHeaders.CONTENT_DISPOSITION,
                                ContentDisposition.inline()
                                        .filename("manyi.ics")
                                        .build()
                                        .toString())
                        .body(content.text().getBytes(StandardCharsets.UTF_8)))
                .orElseGet(() -> ResponseEntity.notFound().build());
    }
}
