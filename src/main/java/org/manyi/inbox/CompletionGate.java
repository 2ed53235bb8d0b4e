package org.manyi.inbox;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.manyi.engine.Processes;
import org.manyi.evidence.Attachment;
import org.manyi.evidence.EvidenceStore;
import org.manyi.security.CurrentUser;
import org.manyi.shared.ConflictException;
import org.manyi.shared.MovableClock;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one gate through which a task is completed. What each step may rely on is what the steps before it have established,
 * so their order is the rule.
 */
@Component
class CompletionGate {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final TaskDesk desk;
    private final TaskBook book;
    private final TaskRights rights;
    private final TaskHandlers handlers;
    private final FormSchemas schemas;
    private final EvidenceStore evidence;
    private final QuestionBook questions;
    private final Processes processes;
    private final MovableClock clock;
    private final ApplicationEventPublisher events;

    CompletionGate(
            TaskDesk desk,
            TaskBook book,
            TaskRights rights,
            TaskHandlers handlers,
            FormSchemas schemas,
            EvidenceStore evidence,
            QuestionBook questions,
            Processes processes,
            MovableClock clock,
            ApplicationEventPublisher events) {
        this.desk = desk;
        this.book = book;
        this.rights = rights;
        this.handlers = handlers;
        this.schemas = schemas;
        this.evidence = evidence;
        this.questions = questions;
        this.processes = processes;
        this.clock = clock;
        this.events = events;
    }

    /**
     * Completes a task in the caller's transaction.
     *
     * @param withdraw whether a colleague who was asked and has not answered need not answer any more
     */
    TaskRef complete(String taskId, int version, Map<String, Object> values, boolean withdraw, CurrentUser user) {
        TaskRow task = desk.lockOpen(taskId, user);
        if (task.version() != version) {
            throw ConflictException.of(ConflictException.Reason.STALE_VERSION);
        }
        desk.requireOwn(task, user);
        TaskHandler handler = handlers.of(task.process());
        rights.checkAssignee(task, book.candidates(taskId), user);
        Supplier<Set<String>> files = SingletonSupplier.of(() -> knownFiles(task));
        Supplier<Map<String, List<TaskHandler.Option>>> options =
                SingletonSupplier.of(() -> handler.options(task.ref(), user));
        FormValues taken =
                schemas.of(task).take(values, options, id -> files.get().contains(id));
        TaskSubmission submission = new TaskSubmission(task.ref(), user, taken.values());
        handler.check(submission);
        questions.beforeCompletion(task, withdraw, user);
        Map<String, Object> variables = handler.complete(submission);
        end(task, taken.lines(), variables, user);
        return task.ref();
    }

    /** Ends a task whose matter is written, in the inbox and then in the engine. */
    void end(TaskRow task, List<SubmittedLine> lines, Map<String, Object> variables, CurrentUser user) {
        // Before the engine hears of it, whose news of the ended task then finds nothing left to do.
        book.end(task.id(), TaskRow.State.DONE, user.username(), clock.instant(), JSON.writeValueAsString(lines));
        processes.completeTask(task.id(), variables);
        events.publishEvent(new TaskCompleted(clock.instant(), user.username(), task.ref()));
    }

    private Set<String> knownFiles(TaskRow task) {
        Set<String> ids = new HashSet<>();
        for (List<Attachment> files :
                List.of(evidence.of(TaskEvidence.TYPE, task.id()), evidence.of(CaseEvidence.TYPE, task.caseNumber()))) {
            files.forEach(file -> ids.add(file.id()));
        }
        return ids;
    }
}
