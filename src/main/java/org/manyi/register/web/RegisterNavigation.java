package org.manyi.register.web;

import java.util.EnumSet;
import org.manyi.security.NavigationEntry;
import org.manyi.security.Role;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RegisterNavigation {

    private static final int ORDER = 40;

    @Bean
    NavigationEntry registersEntry() {
        return NavigationEntry.of(
                "registers",
                "/registers",
                "register.nav",
                "file-text",
                ORDER,
                EnumSet.of(Role.CHAIR, Role.DEPUTY, Role.LEADER, Role.DEPARTMENT, Role.DISTRICT, Role.SCHOOL));
    }
}
