package org.manyi.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.manyi.engine.DecisionTable.Rule;
import org.manyi.engine.DecisionTables.Change;
import org.manyi.engine.DecisionTables.Difference;

/** In which rules two tables differ. */
final class DecisionComparison {

    private final List<Rule> before;
    private final List<Rule> after;

    DecisionComparison(DecisionTable before, DecisionTable after) {
        this.before = before.rules();
        this.after = after.rules();
    }

    /** By place in the later table; those that are gone last. */
    List<Difference> differences() {
        List<String> placesBefore = before.stream().map(Rule::id).toList();
        List<String> placesAfter = after.stream().map(Rule::id).toList();
        Set<String> inOrder = longestInOrder(
                placesBefore,
                placesAfter.stream().filter(placesBefore::contains).toList());
        List<Difference> differences = new ArrayList<>();
        for (int i = 0; i < after.size(); i++) {
            Rule rule = after.get(i);
            int at = placesBefore.indexOf(rule.id());
            if (at < 0) {
                differences.add(new Difference(Change.ADDED, null, rule, 0, i + 1));
                continue;
            }
            if (!rule.equals(before.get(at))) {
                differences.add(new Difference(Change.CHANGED, before.get(at), rule, at + 1, i + 1));
            }
            if (!inOrder.contains(rule.id())) {
                differences.add(new Difference(Change.MOVED, before.get(at), rule, at + 1, i + 1));
            }
        }
        for (int i = 0; i < before.size(); i++) {
            if (!placesAfter.contains(before.get(i).id())) {
                differences.add(new Difference(Change.REMOVED, before.get(i), null, i + 1, 0));
            }
        }
        return differences;
    }

    /** The most rules that stand in the same order as before: all others were moved past them. */
    private static Set<String> longestInOrder(List<String> placesBefore, List<String> common) {
        int size = common.size();
        int[] length = new int[size];
        int[] previous = new int[size];
        int best = -1;
        for (int i = 0; i < size; i++) {
            length[i] = 1;
            previous[i] = -1;
            for (int j = 0; j < i; j++) {
                if (placesBefore.indexOf(common.get(j)) < placesBefore.indexOf(common.get(i))
                        && length[j] + 1 > length[i]) {
                    length[i] = length[j] + 1;
                    previous[i] = j;
                }
            }
            if (best < 0 || length[i] > length[best]) {
                best = i;
            }
        }
        Set<String> kept = new HashSet<>();
        for (int i = best; i >= 0; i = previous[i]) {
            kept.add(common.get(i));
        }
        return kept;
    }
}
