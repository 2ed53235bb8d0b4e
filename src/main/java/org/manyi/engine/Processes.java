package org.manyi.engine;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The engine as rooms use it: starting, moving and looking at process instances. All calls join the caller's transaction. */
public interface Processes {

    /**
     * Starts an instance; write the case's row first.
     *
     * @param processKey never null
     * @param businessKey the case's number, never null
     * @param variables ids, flags and ISO dates only, never null
     * @return the instance's id
     */
    String start(String processKey, String businessKey, Map<String, Object> variables);

    /**
     * Starts an instance at one of its elements, for a case that has come so far elsewhere.
     *
     * @param activityId the element that comes first; nothing before it happens, never null
     * @return the instance's id
     */
    String startAt(String processKey, String activityId, String businessKey, Map<String, Object> variables);

    /**
     * Ends whatever runs for a case, without anything that its diagrams do at an end; open tasks are withdrawn.
     *
     * @param reason kept in the engine's history, in code, never null
     */
    void endAll(String businessKey, String reason);

    /**
     * Starts an instance at its message start event.
     *
     * @param message the event record's simple name, never null
     */
    String startByMessage(String message, String businessKey, Map<String, Object> variables);

    /**
     * Tells the one waiting instance of the case.
     *
     * @param message the event record's simple name, never null
     * @throws org.manyi.shared.ConflictException not-active when nothing waits for it
     */
    void correlate(String message, String businessKey, Map<String, Object> variables);

    /**
     * Tells the instances of the case that wait for it, which may be none.
     *
     * @param message the event record's simple name, never null
     * @return whether one waited
     */
    boolean tell(String message, String businessKey);

    /**
     * Lets the one live instance of the case go on somewhere else: all that it is doing ends, called processes included.
     *
     * @param activityId the element before which it goes on, never null
     * @param kept what goes on beside it undisturbed, by element; never null
     * @throws org.manyi.shared.ConflictException not-active when no instance lives
     */
    void move(String processKey, String businessKey, String activityId, Set<String> kept);

    /** Ends the live instances of a process of the case where they stand; there may be none. */
    void stop(String processKey, String businessKey);

    /** Whether an instance of the case waits for a message; one of an earlier version may not know it. */
    boolean waitsFor(String message, String businessKey);

    /** Completes a user task; only the inbox's gate calls this. */
    void completeTask(String taskId, Map<String, Object> variables);

    /** Sets or, with null, clears a task's assignee; only the inbox calls this. */
    void assignTask(String taskId, String username);

    /** Adds the candidate posts and the due date to a task that has just arisen; only the inbox calls this. */
    void offerTask(String taskId, List<String> posts, Instant due);

    /**
     * A text that the instance of a task was started with; it tells apart several tasks of one key and case.
     *
     * @param name the variable's name, never null
     * @return null when the instance has no such variable
     */
    String taskVariable(String taskId, String name);

    /** The deployed form of a task as form-js JSON; never null. */
    String taskForm(String taskId);

    /** The name of a task's definition as drawn, in Chinese; never null. */
    String taskName(String processKey, String taskKey);

    /** Moves the pending timers of an activity in all live instances of the case to another instant. */
    void moveTimer(String businessKey, String activityId, Instant to);

    /**
     * The diagram of the process that a case is or was in, with where it stands.
     *
     * @param processKey the process, never null
     * @param name as drawn, in Chinese
     * @param xml the definition's BPMN
     * @param active the ids of elements with a token, never null
     * @param done the ids of elements passed, never null
     */
    record LiveDiagram(String processKey, String name, String xml, List<String> active, List<String> done) {}

    /** The diagrams of a case, the called processes after their caller, newest instance of each only. */
    List<LiveDiagram> diagrams(String businessKey);
}
