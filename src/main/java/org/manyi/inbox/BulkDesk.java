package org.manyi.inbox;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.manyi.security.CurrentUser;
import org.manyi.shared.ConflictException;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.ProblemException;
import org.manyi.shared.ValidationException;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Service;

/** Carries out one by one what was chosen together; never in a transaction of its own, so that one refusal undoes nothing. */
@Service
class BulkDesk implements BulkTasks {

    private static final String DECISION = "decision";

    private final Inbox inbox;
    private final TaskHandlers handlers;
    private final MessageSource messages;

    BulkDesk(Inbox inbox, TaskHandlers handlers, MessageSource messages) {
        this.inbox = inbox;
        this.handlers = handlers;
        this.messages = messages;
    }

    @Override
    public List<Candidate> prepare(Action action, List<Item> items, CurrentUser user) {
        List<Candidate> candidates = new ArrayList<>();
        for (Item item : checked(items)) {
            try {
                candidates.add(candidate(action, item, user));
            } catch (NotFoundException e) {
                // Taken out of the person's sight since the list was shown: not even its title is his to read now.
            }
        }
        return candidates;
    }

    private Candidate candidate(Action action, Item item, CurrentUser user) {
        TaskItem task = inbox.find(item.id(), user);
        TaskHandler.Bulk bulk = handlers.of(task.process()).bulk(task.key());
        String problem = null;
        if (task.doneAt() != null || task.version() != item.version()) {
            problem = text("inbox.bulk.changed");
        } else if (action == Action.COMPLETE && bulk == null) {
            problem = text("inbox.bulk.single");
        } else if (!task.actions().contains(word(action))) {
            problem = text("inbox.bulk.notYours");
        }
        boolean decided = action == Action.COMPLETE && problem == null;
        Object decision = bulk == null ? null : bulk.values().get(DECISION);
        return new Candidate(
                task,
                decided ? inbox.detail(item.id(), user).view() : null,
                decided && decision != null ? decision.toString() : null,
                problem);
    }

    @Override
    public List<TaskItem.PersonRef> assignees(List<Candidate> candidates, CurrentUser user) {
        Map<String, TaskItem.PersonRef> people = new LinkedHashMap<>();
        candidates.stream()
                .filter(candidate -> candidate.problem() == null)
                .flatMap(candidate -> inbox.assignees(candidate.item().id(), user).stream())
                .forEach(person -> people.put(person.username(), person));
        return people.values().stream()
                .sorted(Comparator.comparing(TaskItem.PersonRef::name).thenComparing(TaskItem.PersonRef::username))
                .toList();
    }

    @Override
    public List<Result> carryOut(Action action, List<Item> items, String username, String remark, CurrentUser user) {
        List<Item> chosen = checked(items);
        if (action == Action.ASSIGN) {
            if (username == null || username.isBlank()) {
                throw ValidationException.of("username", "required", "shared.field.required");
            }
            Remarks.checked("reason", remark, 2, 500);
        }
        return chosen.stream()
                .map(item -> carryOut(action, item, username, remark, user))
                .toList();
    }

    private Result carryOut(Action action, Item item, String username, String remark, CurrentUser user) {
        TaskItem task = null;
        try {
            task = inbox.find(item.id(), user);
            if (task.doneAt() != null) {
                throw ConflictException.of(ConflictException.Reason.NOT_ACTIVE);
            }
            if (task.version() != item.version()) {
                throw ConflictException.of(ConflictException.Reason.STALE_VERSION);
            }
            switch (action) {
                case CLAIM -> inbox.claim(item.id(), user);
                case ASSIGN -> inbox.assign(item.id(), username, remark, user);
                case COMPLETE -> complete(task, remark, user);
            }
            return result(item, task, Outcome.DONE, null);
        } catch (NotFoundException e) {
            return result(item, null, Outcome.GONE, text("inbox.bulk.unseen"));
        } catch (ConflictException e) {
            boolean changed = !e.code().equals(ConflictException.Reason.QUESTION_OPEN.code());
            return result(item, task, changed ? Outcome.GONE : Outcome.REFUSED, words(e));
        } catch (ProblemException e) {
            return result(item, task, Outcome.REFUSED, words(e));
        }
    }

    private void complete(TaskItem task, String remark, CurrentUser user) {
        TaskHandler.Bulk bulk = handlers.of(task.process()).bulk(task.key());
        if (bulk == null) {
            throw ValidationException.of("action", "single", "inbox.bulk.single");
        }
        Map<String, Object> values = new HashMap<>(bulk.values());
        if (bulk.remarkField() != null && remark != null && !remark.isBlank()) {
            values.put(bulk.remarkField(), remark);
        }
        inbox.complete(task.id(), task.version(), values, user);
    }

    /** Each task once, however often it was sent. */
    private static List<Item> checked(List<Item> items) {
        Map<String, Item> distinct = new LinkedHashMap<>();
        items.forEach(item -> distinct.putIfAbsent(item.id(), item));
        if (distinct.isEmpty() || items.size() > MOST) {
            throw ValidationException.of("items", "range", "inbox.bulk.range", MOST);
        }
        return List.copyOf(distinct.values());
    }

    private static String word(Action action) {
        return switch (action) {
            case CLAIM -> "claim";
            case ASSIGN -> "assign";
            case COMPLETE -> "complete";
        };
    }

    private static Result result(Item item, TaskItem task, Outcome outcome, String problem) {
        return new Result(
                item.id(),
                task == null ? null : task.caseNumber(),
                task == null ? null : task.title(),
                task == null || task.school() == null ? null : task.school().name(),
                outcome,
                problem);
    }

    private String words(ProblemException refusal) {
        if (refusal.fields().isEmpty()) {
            return messages.getMessage(refusal.messageKey(), refusal.args(), LocaleContextHolder.getLocale());
        }
        FieldProblem first = refusal.fields().get(0);
        return messages.getMessage(first.messageKey(), first.args().toArray(), LocaleContextHolder.getLocale());
    }

    private String text(String key) {
        return messages.getMessage(key, null, LocaleContextHolder.getLocale());
    }
}
