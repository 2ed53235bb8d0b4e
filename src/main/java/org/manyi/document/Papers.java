package org.manyi.document;

import java.time.LocalDate;

/** Lays out official papers, in the current language. */
public interface Papers {

    /** The media type of a Word file. */
    String DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    /**
     * A paper as a Word file (.docx). What people typed stands in it as text and nothing else: no field, no formula and no expression
     * is made of it, and characters that are no text or turn the direction of others are left out.
     *
     * @param paper never null
     */
    byte[] word(OfficialPaper paper);

    /** A day as papers write it: 2026年2月10日. */
    String day(LocalDate day);
}
