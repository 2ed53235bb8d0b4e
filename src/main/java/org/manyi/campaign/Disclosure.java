package org.manyi.campaign;

import java.time.LocalDate;
import java.util.List;

/**
 * The record of an issued plan's disclosure (公开信息备案, S0-35). A plan is always disclosed on the bureau's own initiative (主动公开).
 *
 * @param index the index number (索引号), see {@link Disclosures}; never null
 * @param title the plan's title, never null
 * @param documentNumber the paper's number (文号), null when it has none
 * @param writtenOn the paper's day (成文日期): the day of the decision, or of the issue where that was earlier; never null
 * @param publishedOn since when it is public (公开日期): the day of the issue; null when it was not said where
 * @param publishedWhere where it was made public, null when it was not yet
 * @param publishedBy the issuing body (发布机构), never null
 * @param keywords never null
 */
public record Disclosure(
        String index,
        String title,
        String documentNumber,
        LocalDate writtenOn,
        LocalDate publishedOn,
        String publishedWhere,
        String publishedBy,
        List<String> keywords) {}
