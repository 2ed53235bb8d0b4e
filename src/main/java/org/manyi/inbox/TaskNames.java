package org.manyi.inbox;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.manyi.engine.Processes;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** What a step is called: the message {@code task.<key>} in the current language, else what the diagram calls it. */
@Component
class TaskNames {

    private final MessageSource messages;
    private final Processes processes;
    private final Map<String, String> drawn = new ConcurrentHashMap<>();

    TaskNames(MessageSource messages, Processes processes) {
        this.messages = messages;
        this.processes = processes;
    }

    String task(String process, String key) {
        String name = messages.getMessage("task." + key, null, null, LocaleContextHolder.getLocale());
        return name != null
                ? name
                : drawn.computeIfAbsent(process + '/' + key, path -> processes.taskName(process, key));
    }
}
