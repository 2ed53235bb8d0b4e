package org.manyi.issue.process;

import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** The title that stands for a protected matter wherever somebody might read along. */
@Component
class ProtectedTitle {

    private final MessageSource messages;

    ProtectedTitle(MessageSource messages) {
        this.messages = messages;
    }

    /** In Chinese whoever asks, for it is kept with the task. */
    String text() {
        return messages.getMessage("issue.protected.title", null, Locale.SIMPLIFIED_CHINESE);
    }
}
