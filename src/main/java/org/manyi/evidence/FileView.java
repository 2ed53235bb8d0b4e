package org.manyi.evidence;

import java.util.List;

/**
 * A file as the pages' list of evidence shows it.
 *
 * @param id a UUID, never null
 * @param name for people, never null
 * @param image whether it can be shown as a picture
 * @param note what is known of where and when, null for nothing
 */
public record FileView(String id, String name, boolean image, String note) {

    /** A file with a note; null for none. */
    public static FileView of(Attachment file, String note) {
        return new FileView(file.id(), file.name(), file.type().startsWith("image/"), note);
    }

    /** Files without notes, in their order; never null. */
    public static List<FileView> of(List<Attachment> files) {
        return files.stream().map(file -> of(file, null)).toList();
    }
}
