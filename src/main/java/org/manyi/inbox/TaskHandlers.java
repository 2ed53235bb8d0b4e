package org.manyi.inbox;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/** The handlers of the rooms of cases, by process; looked up late, for they themselves use the inbox. */
@Component
class TaskHandlers {

    private final SingletonSupplier<Map<String, TaskHandler>> byProcess;

    TaskHandlers(ObjectProvider<TaskHandler> handlers) {
        this.byProcess = SingletonSupplier.of(
                () -> handlers.stream().collect(Collectors.toMap(TaskHandler::process, Function.identity())));
    }

    /** The keys of all processes that a room answers for, in order. */
    List<String> processes() {
        return byProcess.obtain().keySet().stream().sorted().toList();
    }

    /**
     * The handler of a process.
     *
     * @throws IllegalStateException when no room answers for it
     */
    TaskHandler of(String process) {
        TaskHandler handler = byProcess.obtain().get(process);
        if (handler == null) {
            throw new IllegalStateException("No room answers for the tasks of " + process);
        }
        return handler;
    }
}
