package org.manyi.inbox;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What was said about a task: a remark, the reason of a hand over, a question to a colleague or what became of it.
 *
 * @param taskId never null
 * @param taskName the step's name in the current language, never null
 * @param act the code of an {@link Act}, never null
 * @param author who said it; of a question that lapsed, who was asked; never null
 * @param assignee to whom the task was handed over, or who was asked; null for a plain remark and for answers
 * @param text never null; empty where nothing was said
 * @param mentions whom a remark mentions, never null
 * @param at never null
 */
public record TaskComment(
        String taskId,
        String taskName,
        String act,
        TaskItem.PersonRef author,
        TaskItem.PersonRef assignee,
        String text,
        List<TaskItem.PersonRef> mentions,
        OffsetDateTime at) {

    /** What the author did by it. */
    public enum Act {
        /** Remarked. */
        SAID("said"),
        /** Handed the task over. */
        ASSIGNED("assigned"),
        /** Took over as a substitute. */
        TAKEN_OVER("takenOver"),
        /** Asked a colleague. */
        ASKED("asked"),
        /** Gave an opinion. */
        ANSWERED("answered"),
        /** Said why he gives none. */
        DECLINED("declined"),
        /** Took the question back. */
        RECALLED("recalled"),
        /** Was asked no more. */
        LAPSED("lapsed");

        private final String code;

        Act(String code) {
            this.code = code;
        }

        /** The name in the contract and the tail of the message key {@code inbox.comment.<code>}; never null. */
        public String code() {
            return code;
        }

        static Act of(Question.State ended) {
            return valueOf(ended.name());
        }
    }

    /**
     * A stretch of the text.
     *
     * @param mention whether it is the name of somebody mentioned, with its {@code @}
     */
    public record Piece(String text, boolean mention) {}

    /**
     * The text with the names of those mentioned told from the rest. Only people who are stored as mentioned are looked for, so that an
     * {@code @} before anybody else's name, or in an address, is text as any other.
     */
    public List<Piece> pieces() {
        List<Piece> pieces = new ArrayList<>();
        int from = 0;
        if (!mentions.isEmpty()) {
            Matcher found = names().matcher(text);
            while (found.find()) {
                if (found.start() > from) {
                    pieces.add(new Piece(text.substring(from, found.start()), false));
                }
                pieces.add(new Piece(found.group(), true));
                from = found.end();
            }
        }
        if (from < text.length()) {
            pieces.add(new Piece(text.substring(from), false));
        }
        return pieces;
    }

    /** The names of those whom the remark told without naming them in its text. */
    public List<String> alsoTold() {
        return mentions.stream()
                .map(TaskItem.PersonRef::name)
                .filter(name -> !text.contains('@' + name))
                .toList();
    }

    /** The longest name first, for one may begin like another. */
    private Pattern names() {
        return Pattern.compile(mentions.stream()
                .map(TaskItem.PersonRef::name)
                .sorted(Comparator.comparing(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|", "@(?:", ")")));
    }
}
