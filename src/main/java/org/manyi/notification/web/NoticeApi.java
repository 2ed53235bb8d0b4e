package org.manyi.notification.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.OffsetDateTime;
import java.util.Locale;
import org.manyi.notification.Notices;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.MovableClock;
import org.manyi.shared.Slice;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** One's own notices by API. */
@RestController
@RequestMapping("/api/v1/notices")
@Tag(name = "Notices")
class NoticeApi {

    private final Notices notices;
    private final NoticeTexts texts;
    private final CurrentUsers users;

    NoticeApi(Notices notices, NoticeTexts texts, CurrentUsers users) {
        this.notices = notices;
        this.texts = texts;
        this.users = users;
    }

    /**
     * A notice.
     *
     * @param caseNumber null of a protected matter, and so is title
     * @param way by which way it reached the person besides, or why it did not, in words
     */
    record Notice(
            long id,
            String kind,
            String text,
            String caseNumber,
            String title,
            String path,
            OffsetDateTime at,
            boolean read,
            String way) {}

    /** How many were marked. */
    record Read(int read) {}

    @Operation(summary = "What I was told, the newest first")
    @GetMapping
    Slice<Notice> list(
            @Parameter(description = "only what I have not read") @RequestParam(defaultValue = "false") boolean unread,
            @Parameter(description = "1 to 100", example = "20") @RequestParam(required = false) Integer size,
            @Parameter(description = "nextCursor of the page before") @RequestParam(required = false) String cursor,
            Locale locale) {
        return notices.list(unread, cursor, Slice.size(size), users.require())
                .map(notice -> new Notice(
                        notice.id(),
                        notice.kind(),
                        texts.text(notice, locale),
                        notice.secret() ? null : notice.caseNumber(),
                        notice.title(),
                        notice.path(),
                        notice.at().atZone(MovableClock.ZONE).toOffsetDateTime(),
                        notice.read(),
                        texts.way(notice, locale)));
    }

    @Operation(summary = "Mark one as read")
    @PostMapping("/{id}/read")
    Read read(@PathVariable long id) {
        notices.read(id, users.require());
        return new Read(1);
    }

    @Operation(summary = "Mark all as read")
    @PostMapping("/read")
    Read readAll() {
        return new Read(notices.readAll(users.require()));
    }
}
