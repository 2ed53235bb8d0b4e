package org.manyi.engine;

/**
 * A user task has arisen in the engine; published inside its transaction.
 *
 * @param taskId never null
 * @param taskKey never null
 * @param processKey the process definition's key, never null
 * @param businessKey the case's number, of the instance or of the one that called it; never null
 * @param processInstanceId never null
 */
public record EngineTaskCreated(
        String taskId, String taskKey, String processKey, String businessKey, String processInstanceId) {}
