package org.manyi.spreadsheet.web;

import java.util.Set;
import org.manyi.security.NavigationEntry;
import org.manyi.security.Role;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ImportNavigation {

    private static final int ORDER = 65;

    @Bean
    NavigationEntry importsEntry() {
        return NavigationEntry.of(
                "imports",
                "/imports",
                "spreadsheet.nav",
                "file-spreadsheet",
                ORDER,
                Set.of(Role.SYSADMIN, Role.SECADMIN));
    }
}
