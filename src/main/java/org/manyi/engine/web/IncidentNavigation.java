package org.manyi.engine.web;

import java.util.Set;
import org.manyi.security.NavigationEntry;
import org.manyi.security.Role;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class IncidentNavigation {

    private static final int ORDER = 75;

    @Bean
    NavigationEntry incidentsEntry() {
        return NavigationEntry.of(
                "incidents", "/incidents", "engine.nav.incidents", "alert-triangle", ORDER, Set.of(Role.SYSADMIN));
    }

    @Bean
    NavigationEntry definitionsEntry() {
        return NavigationEntry.of(
                "definitions",
                "/definitions",
                "engine.nav.definitions",
                "list-check",
                ORDER - 1,
                Set.of(Role.SYSADMIN));
    }

    @Bean
    NavigationEntry decisionsEntry() {
        return NavigationEntry.of(
                "decisions",
                "/decisions",
                "engine.decisions",
                "filter",
                ORDER - 3,
                Set.of(Role.SYSADMIN, Role.CHAIR, Role.DEPUTY));
    }
}
