package org.manyi.security.web;

import java.util.Set;
import org.manyi.security.NavigationEntry;
import org.manyi.security.Role;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SecurityNavigation {

    @Bean
    NavigationEntry accountsEntry() {
        return NavigationEntry.of(
                "accounts", "/accounts", "security.accounts", "shield-lock", 80, Set.of(Role.SECADMIN));
    }

    @Bean
    NavigationEntry administratorsEntry() {
        return NavigationEntry.of(
                "administrators",
                "/administrators",
                "security.administrators.nav",
                "shield-lock",
                80,
                Set.of(Role.SYSADMIN));
    }
}
