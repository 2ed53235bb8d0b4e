package org.manyi.inbox;

/**
 * A task of a running process.
 *
 * @param id the engine's id, never null
 * @param key the task's key, such as {@code rectifyIssue}; never null
 * @param process the process's key, never null
 * @param caseNumber the case's natural number, never null
 */
public record TaskRef(String id, String key, String process, String caseNumber) {}
