package org.manyi.org;

import java.time.LocalDate;

/**
 * One post that somebody looks after for a holder on leave.
 *
 * @param id by which it is ended
 * @param postKey never null
 * @param postName as shown, never null
 * @param absent the username of who is on leave, never null
 * @param absentName as shown, never null
 * @param substitute the username of who stands in, never null
 * @param substituteName as shown, never null
 * @param from the first day, never null
 * @param lastDay the last day, never null
 */
public record Substitution(
        long id,
        String postKey,
        String postName,
        String absent,
        String absentName,
        String substitute,
        String substituteName,
        LocalDate from,
        LocalDate lastDay) {}
