package org.manyi.issue.process;

import org.manyi.inbox.Urgency;
import org.manyi.issue.Rectification;

/**
 * What the decision table proposes.
 *
 * @param unit the unit to lead, never null
 * @param rectification null for a consultation
 * @param note the rule's code, null when it names none
 */
record Suggestion(
        String department, String unit, Rectification rectification, int workingDays, Urgency urgency, String note) {}
