package org.manyi.engine;

import java.util.List;
import java.util.Map;

/** Decision tables (DMN). */
public interface Decisions {

    /**
     * Evaluates the version of a decision that is in force, whatever else the engine holds.
     *
     * @param decisionKey the decision's id, such as {@code issue-triage}; never null
     * @param inputs by input variable, codes and numbers only; never null
     * @return the outputs of every rule that matched, in order; never null
     */
    List<Map<String, Object>> evaluate(String decisionKey, Map<String, Object> inputs);
}
