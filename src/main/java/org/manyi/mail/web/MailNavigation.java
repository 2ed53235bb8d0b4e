package org.manyi.mail.web;

import java.util.Set;
import org.manyi.security.NavigationEntry;
import org.manyi.security.Role;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class MailNavigation {

    private static final int ORDER = 70;

    @Bean
    NavigationEntry mailsEntry() {
        return NavigationEntry.of("mails", "/mails", "mail.nav", "mail", ORDER, Set.of(Role.SYSADMIN));
    }
}
