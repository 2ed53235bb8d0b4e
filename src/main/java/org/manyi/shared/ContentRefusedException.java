package org.manyi.shared;

/** A file or request body that is not taken in: too large, of the wrong type, or without room to keep it. Nothing was saved. */
public final class ContentRefusedException extends ProblemException {

    private ContentRefusedException(int status, String code, String messageKey, Object... args) {
        super(status, code, messageKey, args);
    }

    /** 413: larger than allowed; the text names the limit. */
    public static ContentRefusedException tooLarge(String messageKey, Object... args) {
        return new ContentRefusedException(413, "too-large", messageKey, args);
    }

    /** 415: of a type that is not allowed, or not what its name says; the text says what to send instead. */
    public static ContentRefusedException unsupported(String messageKey, Object... args) {
        return new ContentRefusedException(415, "unsupported-type", messageKey, args);
    }

    /** 507: the place where it would be kept is full or cannot be written. */
    public static ContentRefusedException storageFull(String messageKey, Object... args) {
        return new ContentRefusedException(507, "storage-full", messageKey, args);
    }
}
