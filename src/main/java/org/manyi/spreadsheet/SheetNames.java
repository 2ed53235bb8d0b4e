package org.manyi.spreadsheet;

/** Names of sheets as messages may hold them. */
final class SheetNames {

    /** As long as a sheet's name may be. */
    private static final int LONGEST = 31;

    private SheetNames() {}

    /** The name without what nobody sees, at most 31 characters; {@code null} is written as such. */
    static String of(String written) {
        String name = CellText.clean(String.valueOf(written));
        return name.length() > LONGEST ? name.substring(0, LONGEST) : name;
    }
}
