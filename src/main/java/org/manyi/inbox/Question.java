package org.manyi.inbox;

import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What the holder of a task asked a colleague, and what came of it.
 *
 * @param taskId never null
 * @param asker who asked, though another may hold the task by now; never null
 * @param colleague who was asked, never null
 * @param question never null
 * @param askedAt never null
 * @param state the code of a {@link State}, never null
 * @param answer the opinion, or why there is none; null while open and where nobody said
 * @param endedBy who answered, declined or recalled; null while open and where it lapsed by itself
 * @param endedAt null while open
 */
public record Question(
        String taskId,
        TaskItem.PersonRef asker,
        TaskItem.PersonRef colleague,
        String question,
        OffsetDateTime askedAt,
        String state,
        String answer,
        TaskItem.PersonRef endedBy,
        OffsetDateTime endedAt) {

    /** Whether an opinion is still waited for; templates call it. */
    public boolean open() {
        return state.equals(State.OPEN.code());
    }

    /** Where a question stands. */
    public enum State {
        /** The colleague is yet to say something. */
        OPEN,
        /** The colleague gave an opinion. */
        ANSWERED,
        /** The colleague said why he gives none. */
        DECLINED,
        /** The holder of the task no longer asks. */
        RECALLED,
        /** The task is over, or the colleague can no longer answer. */
        LAPSED;

        /** The name in the database, in the contract and in message keys; never null. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The state of this name, empty for none and for null. */
        public static Optional<State> of(String code) {
            return Arrays.stream(values())
                    .filter(state -> state.code().equals(code))
                    .findFirst();
        }
    }
}
