package org.manyi.evidence;

import java.util.List;

/** The types of files that are taken in, each by its content. */
enum FileKind {
    JPEG("image/jpeg", "jpg", "jpeg", "jpe", "jfif"),
    PNG("image/png", "png"),
    WEBP("image/webp", "webp"),
    PDF("application/pdf", "pdf"),
    DOCX("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    PPTX("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"),
    DOC("application/msword", "doc"),
    XLS("application/vnd.ms-excel", "xls"),
    PPT("application/vnd.ms-powerpoint", "ppt");

    private final String mediaType;
    private final List<String> endings;

    FileKind(String mediaType, String... endings) {
        this.mediaType = mediaType;
        this.endings = List.of(endings);
    }

    String mediaType() {
        return mediaType;
    }

    /** The ending that a name gets when it has none. */
    String ending() {
        return endings.get(0);
    }

    boolean isImage() {
        return mediaType.startsWith("image/");
    }

    static boolean isImage(String mediaType) {
        return mediaType.equals(JPEG.mediaType) || mediaType.equals(PNG.mediaType) || mediaType.equals(WEBP.mediaType);
    }

    /** Whether a name with this ending may hold this content. */
    boolean fits(String ending) {
        return endings.contains(ending);
    }

    /** Whether the ending is one of an image's. */
    static boolean isImageEnding(String ending) {
        for (FileKind kind : values()) {
            if (kind.isImage() && kind.fits(ending)) {
                return true;
            }
        }
        return false;
    }
}
