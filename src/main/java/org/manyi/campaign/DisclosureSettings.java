package org.manyi.campaign;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What a disclosure's record says beside the plan ({@code manyi.disclosure.*}).
 *
 * @param bodyCode the issuing body's code in index numbers, such as its unified social credit code; blank for its code in the organisation
 * @param category the category in index numbers, never null
 * @param keywords of every plan, never null
 */
@ConfigurationProperties("manyi.disclosure")
record DisclosureSettings(String bodyCode, String category, List<String> keywords) {}
