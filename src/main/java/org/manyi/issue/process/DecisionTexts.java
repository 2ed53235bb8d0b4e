package org.manyi.issue.process;

import java.util.List;
import org.manyi.inbox.TaskHandler.Option;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Decisions that a form offers to some and not to others, in the reader's language. */
@Component
class DecisionTexts {

    private final MessageSource messages;

    DecisionTexts(MessageSource messages) {
        this.messages = messages;
    }

    /** The values with the texts whose keys begin so. */
    List<Option> options(String prefix, List<String> values) {
        return values.stream()
                .map(value ->
                        new Option(value, messages.getMessage(prefix + value, null, LocaleContextHolder.getLocale())))
                .toList();
    }
}
