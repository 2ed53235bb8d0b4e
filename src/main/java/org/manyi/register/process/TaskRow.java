package org.manyi.register.process;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.manyi.register.TaskState;

/**
 * Something that a meeting gave to do, as it is kept.
 *
 * @param department that gave it
 * @param returns how often it came back
 */
record TaskRow(
        String number,
        String meeting,
        String meetingTitle,
        String department,
        String unit,
        String unitName,
        String what,
        LocalDate namedDay,
        LocalDate dueOn,
        boolean provisional,
        TaskState state,
        Instant givenAt,
        String report,
        List<String> files,
        String handedInBy,
        Instant handedInAt,
        boolean late,
        int returns,
        String returnedReason) {}
