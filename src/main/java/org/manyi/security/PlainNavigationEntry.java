package org.manyi.security;

import java.util.Set;

/** A navigation entry that counts nothing. */
record PlainNavigationEntry(String key, String href, String messageKey, String icon, int order, Set<Role> roles)
        implements NavigationEntry {}
