package org.manyi.engine;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The processes as they are deployed: which versions there are and how many instances run in each. Never what a case is about. */
public interface Definitions {

    /**
     * One version of a process.
     *
     * @param key the process, never null
     * @param name as drawn, in Chinese; the key where the diagram names none
     * @param version counted from 1
     * @param deployedAt by the business clock, never null
     * @param source the file in the program that it came from, never null
     * @param running how many instances are in it now
     * @param incidents how many of their steps have failed for good
     */
    record Version(
            String key, String name, int version, Instant deployedAt, String source, int running, int incidents) {}

    /**
     * A process.
     *
     * @param newest the version in which new instances start, never null
     * @param versions how many there are
     * @param running how many instances are in any of them
     * @param incidents how many of their steps have failed for good
     */
    record Process(Version newest, int versions, int running, int incidents) {}

    /**
     * A version as the page draws it.
     *
     * @param xml the BPMN, never null
     * @param active the ids of the elements at which an instance stands, never null
     * @param done always empty: a definition has no history
     * @param counts how many instances stand at an element, never null
     */
    record Picture(String xml, List<String> active, List<String> done, Map<String, Integer> counts) {}

    /** Every process, by key; never null. */
    List<Process> processes();

    /**
     * The versions of a process, newest first.
     *
     * @throws org.manyi.shared.NotFoundException when there is no such process
     */
    List<Version> versions(String key);

    /**
     * A version's diagram, with how many instances stand where.
     *
     * @throws org.manyi.shared.NotFoundException when there is no such version
     */
    Picture picture(String key, int version);
}
