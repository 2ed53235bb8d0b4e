package org.manyi.org;

import java.util.List;

/**
 * A unit as the page lists it.
 *
 * @param unit never null
 * @param kindName its kind in the current language, null but for schools
 * @param parentName the short name of its school district, null when there is none
 * @param formerName the former name by which a search found it, null otherwise
 * @param inCharge the names of who holds the post in charge today, never null
 */
public record UnitItem(Unit unit, String kindName, String parentName, String formerName, List<String> inCharge) {}
