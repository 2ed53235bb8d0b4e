package org.manyi.inbox;

import java.util.List;
import org.manyi.calendar.Due;

/**
 * To whom a task goes, by when, and how it is shown; asked once, when the task arises.
 *
 * @param posts the candidate posts, never null; empty sends it to the fallback post {@code dept:office:head}
 * @param due by when, never null: every task has a due rule
 * @param title the case's title as shown to these posts, never null
 * @param schoolCode the school the case is about, null when none
 * @param urgency never null
 * @param round the round of rectification, null outside rounds
 */
public record TaskOffer(List<String> posts, Due due, String title, String schoolCode, Urgency urgency, Integer round) {}
