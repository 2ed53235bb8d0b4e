package org.manyi.document;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/**
 * What an official paper says. Headings, attachments and pages are numbered when it is laid out, and the punctuation that goes with an
 * element (the colon after the addressees, the brackets of the note) is added then. Its words are in the language in which it is laid out.
 *
 * @param issuer the body in the red head (发文机关标志); null for a paper without a head, such as a draft
 * @param number the paper's number (发文字号), shown below the head or, without one, above the title; null when it has none
 * @param title never null
 * @param subtitle what stands in brackets below the title, such as who decided it and when; null for none
 * @param addressees to whom it goes (主送); null for nobody in particular
 * @param body in order, never null
 * @param attachments the names of what is attached, never null
 * @param signature the body that signs (署名); null for none
 * @param date the paper's day (成文日期); null for none
 * @param note a note such as how it is disclosed (附注); null for none
 * @param imprint who printed it and when; null for none
 */
public record OfficialPaper(
        String issuer,
        String number,
        String title,
        String subtitle,
        String addressees,
        List<Block> body,
        List<String> attachments,
        String signature,
        LocalDate date,
        String note,
        Imprint imprint) {

    /**
     * A paper.
     *
     * @throws NullPointerException when the title or a list is missing
     */
    public OfficialPaper {
        Objects.requireNonNull(title, "title");
        body = List.copyOf(body);
        attachments = List.copyOf(attachments);
    }

    /** A paper of a title and a body only. */
    public static OfficialPaper of(String title, List<Block> body) {
        return new OfficialPaper(null, null, title, null, null, body, List.of(), null, null, null, null);
    }

    /** A part of the body. */
    public sealed interface Block {}

    /**
     * A heading. Those of level 1 are counted through the paper, those of level 2 below each of level 1.
     *
     * @param level 1 (一、) or 2 (（一）)
     * @param text never null
     */
    public record Heading(int level, String text) implements Block {

        /**
         * A heading.
         *
         * @throws IllegalArgumentException when there is no such level
         */
        public Heading {
            if (level < 1 || level > 2) {
                throw new IllegalArgumentException("No heading of level " + level);
            }
            Objects.requireNonNull(text, "text");
        }
    }

    /**
     * A paragraph; a line break begins another.
     *
     * @param text never null
     */
    public record Paragraph(String text) implements Block {

        /** A paragraph. */
        public Paragraph {
            Objects.requireNonNull(text, "text");
        }
    }

    /**
     * A table, whose header is repeated on each page.
     *
     * @param columns never empty
     * @param rows texts, a cell for each column, null for a blank one
     */
    public record Table(List<Column> columns, List<List<String>> rows) implements Block {

        /**
         * A table.
         *
         * @throws IllegalArgumentException when it has no column, or a row has another number of cells
         */
        public Table {
            columns = List.copyOf(columns);
            int width = columns.size();
            if (width == 0 || rows.stream().anyMatch(row -> row.size() != width)) {
                throw new IllegalArgumentException("Not a table of " + width + " columns");
            }
        }
    }

    /**
     * A column of a table.
     *
     * @param name never null
     * @param share how wide it is beside the others, at least 1
     */
    public record Column(String name, int share) {

        /** A column. */
        public Column {
            Objects.requireNonNull(name, "name");
            if (share < 1) {
                throw new IllegalArgumentException("No column is " + share + " wide");
            }
        }
    }

    /**
     * The lines at a paper's end (版记).
     *
     * @param copies who gets a copy (抄送); null for nobody
     * @param by who printed it (印发机关), never null
     * @param on when (印发日期), never null
     */
    public record Imprint(String copies, String by, LocalDate on) {

        /** The lines at a paper's end. */
        public Imprint {
            Objects.requireNonNull(by, "by");
            Objects.requireNonNull(on, "on");
        }
    }
}
