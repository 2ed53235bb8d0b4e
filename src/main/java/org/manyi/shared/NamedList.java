package org.manyi.shared;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A short list of names that an administrator keeps: each entry has a code that stays, a name in both languages, a place among the others,
 * and is offered or retired. What it is a list of, and where it is kept, its owner knows.
 *
 * @param all in their order, those offered first; never null
 */
public record NamedList<E extends NamedList.Entry>(List<E> all) {

    /** One of the list. */
    public interface Entry {

        /** What it is known by for good; never null. */
        String code();

        /** Its name in Chinese, of which there is one only; never null. */
        String nameZh();

        /** False when it is given to nothing further. */
        boolean active();
    }

    /**
     * The entry of this code.
     *
     * @throws NotFoundException when there is none
     */
    public E find(String code) {
        return all.stream()
                .filter(entry -> entry.code().equals(code))
                .findFirst()
                .orElseThrow(NotFoundException::new);
    }

    /** Whether another entry than the one of this code bears this Chinese name. */
    public boolean isTaken(String nameZh, String code) {
        return all.stream()
                .anyMatch(entry -> !entry.code().equals(code) && entry.nameZh().equals(nameZh));
    }

    /** Whether no more than one is offered. */
    public boolean hasOneOffered() {
        return all.stream().filter(Entry::active).count() == 1;
    }

    /**
     * The codes in their order once this one has gone a place towards the front; empty where it is the first of those offered, or of those
     * retired.
     *
     * @throws NotFoundException when there is none of this code
     */
    public List<String> movedUp(String code) {
        int at = all.indexOf(find(code));
        if (at == 0 || all.get(at - 1).active() != all.get(at).active()) {
            return List.of();
        }
        List<String> order = new ArrayList<>(all.stream().map(Entry::code).toList());
        Collections.swap(order, at - 1, at);
        return order;
    }

    /**
     * A name as it was typed, without blanks around it; what is wrong with it joins the problems.
     *
     * @param typed null for nothing
     * @param longest in characters
     * @return never null
     */
    public static String name(String field, String typed, int longest, List<FieldProblem> problems) {
        String name = typed == null ? "" : typed.strip();
        if (name.isEmpty()) {
            problems.add(FieldProblem.of(field, "required", "shared.field.required"));
        } else if (name.length() > longest) {
            problems.add(FieldProblem.of(field, "tooLong", "shared.field.tooLong", longest));
        } else if (!Texts.storable(name)) {
            problems.add(FieldProblem.of(field, "unknown", "shared.field.unknown"));
        }
        return name;
    }
}
