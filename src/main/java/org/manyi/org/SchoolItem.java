package org.manyi.org;

/**
 * A school as the API lists it.
 *
 * @param code never null
 * @param name never null
 * @param shortName never null, the name where there is no shorter one
 * @param kind the code of its kind, such as {@code primary}; never null
 * @param district the code of its school district, null when it is directly under the bureau
 */
public record SchoolItem(String code, String name, String shortName, String kind, String district) {}
