package org.manyi.inbox;

import org.manyi.shared.CaseEvent;

/** Somebody did something with a task; published in the same transaction. */
public sealed interface TaskEvent extends CaseEvent
        permits TaskClaimed,
                TaskUnclaimed,
                TaskAssigned,
                TaskTakenOver,
                TaskCompleted,
                TaskCommented,
                QuestionAsked,
                QuestionEnded {

    /** The task; never null. */
    TaskRef task();

    @Override
    default String caseNumber() {
        return task().caseNumber();
    }

    @Override
    default String objectType() {
        return "task";
    }

    @Override
    default java.util.Map<String, Object> detail() {
        return java.util.Map.of("task", task().id(), "key", task().key());
    }
}
