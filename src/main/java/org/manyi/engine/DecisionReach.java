package org.manyi.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.manyi.engine.DecisionSubject.Column;
import org.manyi.engine.DecisionSubject.Option;

/**
 * Finds the rules that rules before them leave nothing. Codes that no rule tells apart are looked at once, so that all that can be
 * given is a few thousand combinations at most.
 */
final class DecisionReach {

    private static final int MOST_COMBINATIONS = 500_000;

    private final DecisionTable table;
    private final List<BitSet[]> classes = new ArrayList<>();

    DecisionReach(DecisionTable table, List<Column> columns) {
        this.table = table;
        for (Column column : columns) {
            // A code that only a rule knows may be given again.
            Stream<String> codes = Stream.concat(
                    column.options().stream().map(Option::code),
                    table.rules().stream()
                            .flatMap(rule -> rule.conditions().getOrDefault(column.name(), List.of()).stream()));
            classes.add(
                    codes.map(code -> rulesFor(column.name(), code)).distinct().toArray(BitSet[]::new));
        }
    }

    private BitSet rulesFor(String column, String code) {
        BitSet rules = new BitSet();
        for (int i = 0; i < table.rules().size(); i++) {
            List<String> codes = table.rules().get(i).conditions().get(column);
            if (codes == null || codes.contains(code)) {
                rules.set(i);
            }
        }
        return rules;
    }

    /** By rule that is never the first to hold, the numbers of those before it that are, where it would hold; in order of the rules. */
    Map<String, List<Integer>> covered() {
        int size = table.rules().size();
        BitSet[] winners = new BitSet[size];
        Arrays.setAll(winners, i -> new BitSet());
        BitSet reached = new BitSet();
        long combinations = classes.stream().mapToLong(codes -> codes.length).reduce(1, Math::multiplyExact);
        if (combinations <= MOST_COMBINATIONS) {
            BitSet all = new BitSet();
            all.set(0, size);
            walk(0, all, reached, winners);
        } else {
            reached.set(0, size);
        }
        Map<String, List<Integer>> covered = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            if (!reached.get(i)) {
                covered.put(
                        table.rules().get(i).id(),
                        winners[i].stream().map(before -> before + 1).boxed().toList());
            }
        }
        return covered;
    }

    private void walk(int column, BitSet holding, BitSet reached, BitSet[] winners) {
        if (holding.isEmpty()) {
            return;
        }
        if (column == classes.size()) {
            int first = holding.nextSetBit(0);
            reached.set(first);
            holding.stream().skip(1).forEach(later -> winners[later].set(first));
            return;
        }
        for (BitSet rules : classes.get(column)) {
            BitSet further = (BitSet) holding.clone();
            further.and(rules);
            walk(column + 1, further, reached, winners);
        }
    }
}
