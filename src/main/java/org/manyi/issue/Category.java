package org.manyi.issue;

/**
 * What an issue is about; categories are data.
 *
 * @param code unique, never null
 * @param name in the current language, never null
 * @param active false when no longer offered
 */
public record Category(String code, String name, boolean active) {}
