package org.manyi.security;

/**
 * A post that a person holds.
 *
 * @param key the post's key, such as {@code school:S0001:principal}; never null
 * @param unitCode the unit it belongs to, such as {@code S0001}; never null
 * @param unitName the unit's name as shown; never null
 * @param role the post's part in the unit: {@code chair}, {@code deputy-schools}, {@code child-protection}, {@code leader},
 *     {@code staff}, {@code head}, {@code principal}, {@code inspector}, {@code liaison}; never null
 * @param substitute true when held for somebody on leave
 */
public record HeldPost(String key, String unitCode, String unitName, String role, boolean substitute) {}
