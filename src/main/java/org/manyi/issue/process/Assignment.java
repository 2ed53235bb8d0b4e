package org.manyi.issue.process;

import java.util.List;
import org.manyi.inbox.Urgency;
import org.manyi.issue.Rectification;

/**
 * What triage decided.
 *
 * @param unit null for a consultation
 * @param rectification null for a consultation
 * @param terms never null
 */
record Assignment(
        String department,
        String unit,
        List<String> coUnits,
        Rectification rectification,
        int workingDays,
        Urgency urgency,
        Terms terms) {}
