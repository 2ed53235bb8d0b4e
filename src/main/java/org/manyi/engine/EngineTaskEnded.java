package org.manyi.engine;

/**
 * A user task has ended in the engine; published inside its transaction.
 *
 * @param taskId never null
 * @param businessKey the case's number, never null
 * @param completed true when somebody completed it, false when the process withdrew it
 */
public record EngineTaskEnded(String taskId, String businessKey, boolean completed) {}
