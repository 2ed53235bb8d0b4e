package org.manyi.org;

/**
 * Which units somebody looks for.
 *
 * @param type never null; departments come with the bureau
 * @param kind a kind of institution, null for all
 * @param district the code of a school district, null for all
 * @param text contained in code, name, short or former name, case ignored; null for all
 * @param closed true for closed units only, false for active ones only
 * @param cursor where the page starts, null for the first
 * @param size 1 to 100
 */
public record UnitQuery(
        UnitType type, String kind, String district, String text, boolean closed, String cursor, int size) {}
