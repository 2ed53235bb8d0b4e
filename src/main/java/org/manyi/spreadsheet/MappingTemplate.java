package org.manyi.spreadsheet;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What the columns of a form stand for, kept under a name, so that whoever gets the same form again need not choose anew.
 *
 * @param id never null
 * @param kind the kind of import that it is for, never null
 * @param name for people, unique within the kind, never null
 * @param owner the username of who saved it, never null
 * @param savedAt when it was saved last, never null
 * @param headers what each header stands for, each header once; never null
 * @param sheets what was decided about sheets and hidden rows, by the sheets' names; never null
 */
public record MappingTemplate(
        UUID id,
        String kind,
        String name,
        String owner,
        Instant savedAt,
        List<Header> headers,
        List<SheetChoice> sheets) {

    /** Takes nothing for none. */
    public MappingTemplate {
        headers = headers == null ? List.of() : List.copyOf(headers);
        sheets = sheets == null ? List.of() : List.copyOf(sheets);
    }

    /**
     * A header.
     *
     * @param text as the form has it, never null
     * @param field what it stands for, null when its column is left out
     */
    public record Header(String text, String field) {}

    /**
     * What was decided about a sheet.
     *
     * @param name never null
     * @param leftOut whether it is not read
     * @param withoutHidden whether its hidden rows are left out
     */
    public record SheetChoice(String name, boolean leftOut, boolean withoutHidden) {}

    /** The headers of the sheets that a mapping reads; of two that people cannot tell apart the one that stands for something. */
    static List<Header> headersOf(Mapping mapping) {
        Map<String, Header> headers = new LinkedHashMap<>();
        mapping.sheets().stream()
                .filter(Mapping.Sheet::isRead)
                .flatMap(sheet -> sheet.columns().stream())
                .forEach(column -> headers.merge(
                        FormWords.header(column.header()),
                        new Header(column.header(), column.field()),
                        (first, next) -> first.field() == null ? next : first));
        return List.copyOf(headers.values());
    }

    /** What a mapping decides about its sheets that have headers. */
    static List<SheetChoice> sheetsOf(Mapping mapping) {
        return mapping.sheets().stream()
                .filter(Mapping.Sheet::hasHeaders)
                .map(sheet -> new SheetChoice(sheet.name(), sheet.leftOut(), sheet.withoutHidden()))
                .toList();
    }

    /** The headers that stand for something and are on no sheet that this template would read of the file; empty when it fits. */
    List<String> missingIn(Mapping file) {
        Set<String> present = decided(file).headers();
        return headers.stream()
                .filter(header -> header.field() != null && !present.contains(FormWords.header(header.text())))
                .map(Header::text)
                .toList();
    }

    /**
     * A file's columns by this template. A header that it does not know keeps what it stood for, unless its sheet has another column for
     * that now; a sheet that it does not know is read or left out as before.
     *
     * @param fields the kind's fields
     */
    Mapping applyTo(Mapping file, Set<String> fields) {
        Map<String, String> known = new HashMap<>();
        headers.forEach(header -> known.put(FormWords.header(header.text()), header.field()));
        Mapping decided = decided(file);
        Map<String, String> chosen = new HashMap<>();
        for (int number = 0; number < decided.sheets().size(); number++) {
            Map<String, String> firstOf = new HashMap<>();
            for (Mapping.Found column : decided.sheets().get(number).columns()) {
                String field = known.get(FormWords.header(column.header()));
                if (field != null) {
                    firstOf.putIfAbsent(field, column.letter());
                }
            }
            for (Mapping.Found column : decided.sheets().get(number).columns()) {
                String field = known.getOrDefault(FormWords.header(column.header()), column.field());
                if (field != null
                        && firstOf.getOrDefault(field, column.letter()).equals(column.letter())) {
                    chosen.put(number + "." + column.letter(), field);
                }
            }
        }
        return decided.choose(chosen, fields);
    }

    /** The file with this template's decisions about its sheets, the columns as they were. */
    private Mapping decided(Mapping file) {
        Map<String, SheetChoice> choices =
                sheets.stream().collect(Collectors.toMap(SheetChoice::name, choice -> choice, (first, next) -> first));
        return new Mapping(file.sheets().stream()
                .map(sheet -> {
                    SheetChoice choice = choices.get(sheet.name());
                    return choice == null ? sheet : sheet.decided(choice.leftOut(), choice.withoutHidden());
                })
                .toList());
    }
}
