package org.manyi.issue.process;

import java.util.List;
import org.manyi.inbox.Urgency;
import org.manyi.issue.Rectification;

/**
 * What triage decided.
 *
 * @param unit null for a consultation
 * @param rectification null for a consultation
 * @param reportMonths every how many months a long-term matter is reported on, null for the setting and for others
 * @param terms never null
 */
record Assignment(
        String department,
        String unit,
        List<String> coUnits,
        Rectification rectification,
        int workingDays,
        Integer reportMonths,
        Urgency urgency,
        Terms terms) {}
