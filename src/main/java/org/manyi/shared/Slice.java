package org.manyi.shared;

import java.util.List;
import java.util.function.Function;

/**
 * One page of a list in keyset order, in the contract's form.
 *
 * @param items the rows, never null, at most the size asked for
 * @param nextCursor where the next page starts, null on the last
 * @param count how many there are in all, never null
 */
public record Slice<T>(List<T> items, String nextCursor, Count count) {

    /** The size of a page when none is asked for. */
    public static final int DEFAULT_SIZE = 20;

    /** The largest page. */
    public static final int MAX_SIZE = 100;

    /**
     * Cuts a page from rows read with {@code limit size + 1}.
     *
     * @param rows at most {@code size + 1} rows in order, never null
     * @param size 1 to {@link #MAX_SIZE}
     * @param cursor writes the cursor that follows a row, never null
     */
    public static <T> Slice<T> of(List<T> rows, int size, Function<T, Cursor> cursor, Count count) {
        if (rows.size() <= size) {
            return new Slice<>(List.copyOf(rows), null, count);
        }
        List<T> page = List.copyOf(rows.subList(0, size));
        return new Slice<>(page, cursor.apply(page.get(size - 1)).encode(), count);
    }

    /** The same page with each row changed. */
    public <R> Slice<R> map(Function<? super T, ? extends R> change) {
        return new Slice<>(items.stream().<R>map(change).toList(), nextCursor, count);
    }

    /**
     * A valid page size.
     *
     * @param asked null for the default
     * @return 1 to {@link #MAX_SIZE}
     * @throws ValidationException when outside
     */
    public static int size(Integer asked) {
        if (asked == null) {
            return DEFAULT_SIZE;
        }
        if (asked < 1 || asked > MAX_SIZE) {
            throw ValidationException.of("size", "range", "shared.problem.size", MAX_SIZE);
        }
        return asked;
    }
}
