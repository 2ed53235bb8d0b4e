package org.manyi.campaign;

/**
 * A difference between two versions of a plan.
 *
 * @param part the list that the element is of, such as {@code nodes}, or the field itself for the plan's own; never null
 * @param element the element's name, null for the plan's own fields
 * @param field the field that differs, null when the whole element was added or taken away
 * @param before as written, null when it was not there
 * @param after as written, null when it is no more
 */
public record PlanChange(String part, String element, String field, String before, String after) {}
