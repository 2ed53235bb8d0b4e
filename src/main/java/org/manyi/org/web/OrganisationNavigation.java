package org.manyi.org.web;

import java.util.EnumSet;
import org.manyi.security.NavigationEntry;
import org.manyi.security.Role;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The organisation's place in the navigation, for everybody; what the list shows differs. */
@Configuration(proxyBeanMethods = false)
class OrganisationNavigation {

    @Bean
    NavigationEntry organisationEntry() {
        return NavigationEntry.of("org", "/org", "org.nav", "building-community", 60, EnumSet.allOf(Role.class));
    }
}
