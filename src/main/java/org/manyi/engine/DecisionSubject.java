package org.manyi.engine;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.manyi.security.CurrentUser;

/** What a room knows of a decision table that it asks: its columns with the codes there are, and what was asked of it so far. */
public interface DecisionSubject {

    /** The decision's id, such as {@code issue-triage}; never null. */
    String key();

    /** The key of the table's name on the pages, never null. */
    String nameKey();

    /** The columns of what is given, in the order in which they are shown; never null. */
    List<Column> conditions();

    /** The columns of what is decided; never null. */
    List<Column> outputs();

    /**
     * A column.
     *
     * @param name the variable's name, never null
     * @param labelKey the key of its label, never null
     * @param options the codes there are, those no longer offered last; empty for a whole number; never null
     * @param most the highest number that may be given, from 1; 0 where there are options
     */
    record Column(String name, String labelKey, List<Option> options, int most) {

        /** Whether a whole number stands here. */
        public boolean isNumber() {
            return most > 0;
        }

        /** The code's option; empty where it is unknown. */
        public Optional<Option> option(String code) {
            return options.stream().filter(option -> option.code().equals(code)).findFirst();
        }

        /** The code's label; the code where it is unknown, and for numbers. */
        public String label(String code) {
            return option(code).map(Option::label).orElse(code);
        }
    }

    /**
     * A code.
     *
     * @param label in the current language, never null
     * @param offered false for what is retired: it may be asked for, but not decided
     */
    record Option(String code, String label, boolean offered) {}

    /**
     * Cases that look the same to the table.
     *
     * @param inputs a code by column, never null
     * @param count at least 1
     */
    record Tally(Map<String, String> inputs, int count) {}

    /**
     * A case that was asked about.
     *
     * @param number its number, null where the reader may not see the case
     * @param href its page, null likewise
     * @param inputs a code by column, never null
     */
    record Example(String number, String href, Instant at, Map<String, String> inputs) {}

    /** All cases since then, counted by what the table would be given; never null. */
    List<Tally> tally(Instant since);

    /**
     * The newest cases since then of those that are wanted.
     *
     * @param wanted by what the table would be given, never null
     * @param skip how many of them to pass over
     * @param most how many to answer at most
     * @param reader who may not see every case, never null
     */
    List<Example> examples(
            Instant since, Predicate<Map<String, String>> wanted, int skip, int most, CurrentUser reader);

    /** Whether what the table says in this column is of any account for such a case. */
    boolean counts(Map<String, String> inputs, String output);
}
