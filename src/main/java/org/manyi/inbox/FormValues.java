package org.manyi.inbox;

import java.util.List;
import java.util.Map;

/**
 * What a form took.
 *
 * @param values by field key, sound by the schema; never null
 * @param lines the same as people read it, in the form's order; never null
 */
record FormValues(Map<String, Object> values, List<SubmittedLine> lines) {}
