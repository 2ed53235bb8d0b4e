package org.manyi.issue.web;

import java.util.Set;
import org.manyi.security.NavigationEntry;
import org.manyi.security.Role;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class IssueNavigation {

    @Bean
    NavigationEntry issuesEntry() {
        return NavigationEntry.of("issues", "/issues", "issue.nav", "clipboard-list", 20, Role.CASE);
    }

    @Bean
    NavigationEntry categoriesEntry() {
        return NavigationEntry.of(
                "categories", "/categories", "issue.categories", "clipboard-list", 73, Set.of(Role.SYSADMIN));
    }
}
