package org.manyi.inbox;

/**
 * Somebody who may see a case and has to do with it, or works beside the one who looks.
 *
 * @param username never null
 * @param name never null
 * @param unit the short names of the units of the posts held today, never null; empty for a person without a post
 */
public record Colleague(String username, String name, String unit) {}
