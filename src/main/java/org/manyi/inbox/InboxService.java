package org.manyi.inbox;

import java.io.InputStream;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.manyi.calendar.Due;
import org.manyi.engine.Processes;
import org.manyi.evidence.Attachment;
import org.manyi.evidence.EvidenceStore;
import org.manyi.evidence.StoredFile;
import org.manyi.org.Organisation;
import org.manyi.security.CurrentUser;
import org.manyi.shared.ConflictException;
import org.manyi.shared.Count;
import org.manyi.shared.ForbiddenException;
import org.manyi.shared.MovableClock;
import org.manyi.shared.Slice;
import org.manyi.shared.Texts;
import org.manyi.shared.ValidationException;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The inbox's face: reads here, changes at the desk and through the gate. */
@Service
class InboxService implements Inbox {

    private static final int REMARK_LIMIT = 2000;
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<List<SubmittedLine>> LINES = new TypeReference<>() {};
    private static final TypeReference<Map<String, Object>> VALUES = new TypeReference<>() {};

    private final TaskBook book;
    private final TaskLists lists;
    private final TaskItems items;
    private final TaskRights rights;
    private final TaskDesk desk;
    private final CompletionGate gate;
    private final TaskComments comments;
    private final CasePeople people;
    private final FormSchemas schemas;
    private final Drafts drafts;
    private final TaskHandlers handlers;
    private final CaseAccessBook access;
    private final Races races;
    private final EvidenceStore evidence;
    private final Organisation organisation;
    private final Processes processes;
    private final MovableClock clock;
    private final ApplicationEventPublisher events;

    InboxService(
            TaskBook book,
            TaskLists lists,
            TaskItems items,
            TaskRights rights,
            TaskDesk desk,
            CompletionGate gate,
            TaskComments comments,
            CasePeople people,
            FormSchemas schemas,
            Drafts drafts,
            TaskHandlers handlers,
            CaseAccessBook access,
            Races races,
            EvidenceStore evidence,
            Organisation organisation,
            Processes processes,
            MovableClock clock,
            ApplicationEventPublisher events) {
        this.book = book;
        this.lists = lists;
        this.items = items;
        this.rights = rights;
        this.desk = desk;
        this.gate = gate;
        this.comments = comments;
        this.people = people;
        this.schemas = schemas;
        this.drafts = drafts;
        this.handlers = handlers;
        this.access = access;
        this.races = races;
        this.evidence = evidence;
        this.organisation = organisation;
        this.processes = processes;
        this.clock = clock;
        this.events = events;
    }

    @Override
    @Transactional(readOnly = true)
    public Slice<TaskItem> list(TaskQuery query, CurrentUser user, Count counted) {
        Slice<TaskRow> page = lists.page(query, user, counted);
        return new Slice<>(items.of(page.items(), user), page.nextCursor(), page.count());
    }

    @Override
    @Transactional(readOnly = true)
    public Map<TaskQuery.View, Count> counts(TaskQuery query, CurrentUser user) {
        Map<TaskQuery.View, Count> counts = new EnumMap<>(TaskQuery.View.class);
        for (TaskQuery.View view : TaskQuery.View.values()) {
            counts.put(view, lists.count(query.in(view), user));
        }
        return counts;
    }

    @Override
    @Transactional(readOnly = true)
    public Count count(TaskQuery query, CurrentUser user) {
        return lists.count(query, user);
    }

    @Override
    @Transactional(readOnly = true)
    public Count countMine(CurrentUser user) {
        return lists.count(TaskQuery.all(TaskQuery.View.MINE), user);
    }

    @Override
    public List<String> processes() {
        return handlers.processes();
    }

    @Override
    @Transactional(readOnly = true)
    public List<TaskItem.UnitRef> schools(CurrentUser user) {
        return lists.schools(user);
    }

    @Override
    @Transactional(readOnly = true)
    public TaskItem find(String taskId, CurrentUser user) {
        return exact(desk.require(taskId, user), user);
    }

    /** Not a read-only transaction: a room may keep in it who has read a confidential case. */
    @Override
    @Transactional
    public TaskDetail detail(String taskId, CurrentUser user) {
        TaskRow task = desk.require(taskId, user);
        TaskItem item = exact(task, user);
        List<SubmittedLine> submitted =
                rights.takesPart(task, item.candidatePosts(), user) ? submitted(task) : List.of();
        return new TaskDetail(
                item,
                task.due(),
                item.candidatePosts().stream().map(organisation::postName).toList(),
                handlers.of(task.process()).view(task.caseNumber(), user),
                comments.of(task.caseNumber()),
                task.doneBy() == null
                        ? null
                        : items.people(Set.of(task.doneBy())).get(task.doneBy()),
                task.state() == TaskRow.State.WITHDRAWN,
                submitted,
                files(submitted));
    }

    @Override
    @Transactional(readOnly = true)
    public List<TaskItem> tasksOf(String caseNumber, CurrentUser user) {
        return access.visible(user, caseNumber) ? items.of(book.openOf(caseNumber), user) : List.of();
    }

    @Override
    @Transactional(readOnly = true)
    public TaskForm form(String taskId, CurrentUser user) {
        TaskRow task = requirePart(taskId, user);
        FormSchema schema = schemas.of(task);
        TaskHandler handler = handlers.of(task.process());
        Map<String, Object> data = new LinkedHashMap<>();
        Map<String, Object> offered = handler.formData(task.ref(), user);
        schema.keys().stream().sorted().filter(offered::containsKey).forEach(key -> data.put(key, offered.get(key)));
        data.putAll(FormSchemas.choices(schema, handler.options(task.ref(), user)));
        Drafts.Draft kept = drafts.find(taskId, user.username()).orElse(null);
        Map<String, Object> draft = kept == null ? null : JSON.readValue(kept.typed(), VALUES);
        DraftNote note = kept == null ? null : note(taskId, kept);
        return new TaskForm(task.version(), schemas.shown(schema, task.key()), data, draft, note);
    }

    /** The open task, in which the person has a part. */
    private TaskRow requirePart(String taskId, CurrentUser user) {
        TaskRow task = desk.require(taskId, user);
        if (!rights.takesPart(task, book.candidates(taskId), user)) {
            throw new ForbiddenException("inbox.problem.notCandidate");
        }
        if (!task.open()) {
            throw ConflictException.of(ConflictException.Reason.NOT_ACTIVE);
        }
        return task;
    }

    private DraftNote note(String taskId, Drafts.Draft kept) {
        return new DraftNote(
                kept.savedAt().atZone(MovableClock.ZONE).toOffsetDateTime(),
                kept.version(),
                evidence.of(TaskEvidence.TYPE, taskId).stream()
                        .filter(file -> kept.typed().contains(file.id()))
                        .map(StoredFile::of)
                        .toList());
    }

    @Override
    public OffsetDateTime keepDraft(String taskId, int version, Map<String, Object> values, CurrentUser user) {
        return races.settle(taskId, () -> {
            TaskRow task = requirePart(taskId, user);
            Map<String, Object> known = new LinkedHashMap<>(values == null ? Map.of() : values);
            known.keySet().retainAll(schemas.of(task).keys());
            String typed = JSON.writeValueAsString(known);
            if (typed.length() > Drafts.LONGEST || !Texts.storable(typed)) {
                throw ValidationException.of("values", "too-long", "inbox.problem.draft", Drafts.LONGEST);
            }
            Instant now = clock.instant();
            drafts.save(taskId, user.username(), new Drafts.Draft(version, typed, now));
            return now.atZone(MovableClock.ZONE).toOffsetDateTime();
        });
    }

    @Override
    @Transactional
    public void dropDraft(String taskId, CurrentUser user) {
        desk.require(taskId, user);
        drafts.drop(taskId, user.username());
    }

    @Override
    public TaskItem claim(String taskId, CurrentUser user) {
        return races.settle(taskId, () -> {
            desk.claim(taskId, user);
            return find(taskId, user);
        });
    }

    @Override
    public TaskItem unclaim(String taskId, CurrentUser user) {
        return races.settle(taskId, () -> {
            desk.unclaim(taskId, user);
            return find(taskId, user);
        });
    }

    @Override
    public TaskItem assign(String taskId, String username, String reason, CurrentUser user) {
        return races.settle(taskId, () -> {
            desk.assign(taskId, username, reason, user);
            return find(taskId, user);
        });
    }

    @Override
    public Completed complete(
            String taskId, int version, Map<String, Object> values, boolean withdrawQuestion, CurrentUser user) {
        return races.settle(taskId, () -> {
            TaskRef task = gate.complete(taskId, version, values, withdrawQuestion, user);
            return new Completed(
                    task.caseNumber(),
                    handlers.of(task.process()).caseStatus(task.caseNumber()),
                    tasksOf(task.caseNumber(), user));
        });
    }

    @Override
    @Transactional
    public TaskComment comment(String taskId, String text, CurrentUser user) {
        return comment(taskId, text, null, user);
    }

    @Override
    @Transactional
    public TaskComment comment(String taskId, String text, Collection<String> mentions, CurrentUser user) {
        String remark = Remarks.checked("text", text, 1, REMARK_LIMIT);
        TaskRow task = desk.require(taskId, user);
        Set<String> told = people.mentionable(mentions, task.caseNumber(), user);
        long id = comments.add(task.ref(), user.username(), null, remark, clock.instant());
        comments.mention(id, told);
        events.publishEvent(new TaskCommented(clock.instant(), user.username(), task.ref(), told));
        List<TaskComment> all = comments.of(task.caseNumber());
        return all.get(all.size() - 1);
    }

    @Override
    @Transactional(readOnly = true)
    public List<TaskComment> comments(String caseNumber, CurrentUser user) {
        access.require(user, caseNumber);
        return comments.of(caseNumber);
    }

    @Override
    public Attachment attach(String taskId, String name, InputStream bytes, CurrentUser user) {
        TaskRow task = desk.require(taskId, user);
        if (!task.open()) {
            throw ConflictException.of(ConflictException.Reason.NOT_ACTIVE);
        }
        desk.requireOwn(task, user);
        return evidence.store(TaskEvidence.TYPE, taskId, name, bytes, user);
    }

    @Override
    @Transactional(readOnly = true)
    public List<TaskItem.PersonRef> assignees(String taskId, CurrentUser user) {
        return desk.assignees(desk.require(taskId, user), user);
    }

    @Override
    @Transactional(readOnly = true)
    public List<Processes.LiveDiagram> diagrams(String caseNumber, CurrentUser user) {
        access.require(user, caseNumber);
        return processes.diagrams(caseNumber);
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void reschedule(String caseNumber, String taskKey, Due due) {
        access.lock(caseNumber);
        book.openOf(caseNumber).stream()
                .filter(task -> task.key().equals(taskKey))
                .forEach(task -> {
                    book.reschedule(task.id(), due);
                    processes.offerTask(task.id(), List.of(), TaskRow.overdueFrom(due));
                });
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void settle(String caseNumber, String taskKey, Map<String, Object> variables, CurrentUser user) {
        access.lock(caseNumber);
        TaskRow task = book.openOf(caseNumber).stream()
                .filter(open -> open.key().equals(taskKey))
                .findFirst()
                .orElseThrow(() -> ConflictException.of(ConflictException.Reason.NOT_ACTIVE));
        gate.end(task, List.of(), variables, user);
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void press(String caseNumber, Urgency urgency) {
        access.lock(caseNumber);
        book.setUrgency(caseNumber, urgency);
    }

    /** The item of one task, whose actions also heed the case's own rules, which a list does not ask row by row. */
    private TaskItem exact(TaskRow task, CurrentUser user) {
        TaskItem item = items.of(task, user);
        return item.actions().contains("claim") && rights.barred(task, item.candidatePosts(), user)
                        || item.actions().contains("complete") && rights.barred(task, item.candidatePosts(), user)
                ? item.withActions(
                        item.actions().stream().filter("assign"::equals).toList())
                : item;
    }

    private List<SubmittedLine> submitted(TaskRow task) {
        return book.submitted(task.id()).map(json -> JSON.readValue(json, LINES)).orElse(List.of()).stream()
                .map(line -> schemas.shown(line, task.key()))
                .toList();
    }

    private Map<String, Attachment> files(Collection<SubmittedLine> lines) {
        Set<String> ids = lines.stream()
                .filter(line -> line.kind() == SubmittedLine.Kind.FILES)
                .flatMap(line -> line.values().stream())
                .collect(Collectors.toSet());
        Map<String, Attachment> files = new HashMap<>();
        evidence.findAll(ids).forEach(file -> files.put(file.id(), file));
        return files;
    }
}
