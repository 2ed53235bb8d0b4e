package org.manyi.campaign.web;

import org.manyi.security.NavigationEntry;
import org.manyi.security.Role;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CampaignNavigation {

    private static final int ORDER = 30;

    @Bean
    NavigationEntry campaignsEntry() {
        return NavigationEntry.of("campaigns", "/campaigns", "campaign.nav", "list-check", ORDER, Role.CASE);
    }
}
