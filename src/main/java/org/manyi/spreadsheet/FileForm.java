package org.manyi.spreadsheet;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.manyi.evidence.SafeName;
import org.manyi.shared.ContentRefusedException;
import org.manyi.shared.ValidationException;

/** The forms of file that are read, told apart by their content; a name that says otherwise is refused with what to do. */
enum FileForm {
    XLSX,
    XLS,
    CSV;

    private static final int HEAD = 4096;
    private static final byte[] OLE = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0};
    private static final byte[] ZIP = {'P', 'K', 3, 4};
    private static final byte[] EMPTY_ZIP = {'P', 'K', 5, 6};

    /** How a workbook of before 1993 begins: the record of its beginning, by version. */
    private static final byte BIFF = 9;

    private static final Set<Byte> OLD_BIFF = Set.of((byte) 0, (byte) 2, (byte) 4);

    /** WPS writes the same form under a name of its own. */
    private static final String WPS = "et";

    private static final Set<String> MACRO_ENDINGS = Set.of("xlsm", "xltm", "xlam");

    /**
     * What the bytes are.
     *
     * @param name as the person knows the file
     * @throws ContentRefusedException when they are of another kind, or the name says another
     * @throws ValidationException when there are none
     */
    static FileForm of(String name, byte[] bytes) {
        if (bytes.length == 0) {
            throw ValidationException.of("file", "empty", "spreadsheet.file.empty");
        }
        String ending = SafeName.ending(name);
        FileForm form = sniff(ending, bytes);
        if (!form.name().toLowerCase(Locale.ROOT).equals(ending) && !(form == XLS && ending.equals(WPS))) {
            throw ContentRefusedException.unsupported(
                    "spreadsheet.file.ending", form.name().toLowerCase(Locale.ROOT));
        }
        return form;
    }

    private static FileForm sniff(String ending, byte[] bytes) {
        if (startsWith(bytes, OLE)) {
            if (contains(bytes, "EncryptedPackage".getBytes(StandardCharsets.UTF_16LE))) {
                throw ContentRefusedException.unsupported("spreadsheet.file.encrypted");
            }
            return XLS;
        }
        if (bytes.length > 2 && bytes[0] == BIFF && OLD_BIFF.contains(bytes[1])) {
            throw ContentRefusedException.unsupported("spreadsheet.file.tooOld");
        }
        if (startsWith(bytes, ZIP) || startsWith(bytes, EMPTY_ZIP)) {
            if (MACRO_ENDINGS.contains(ending)) {
                throw ContentRefusedException.unsupported("spreadsheet.file.macros");
            }
            return XLSX;
        }
        String head = CsvText.head(bytes, HEAD);
        if (head.isEmpty()) {
            throw ContentRefusedException.unsupported("spreadsheet.file.notASpreadsheet");
        }
        if (head.stripLeading().startsWith("<")) {
            throw ContentRefusedException.unsupported("spreadsheet.file.html");
        }
        return CSV;
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        if (bytes.length < prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if (bytes[i] != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean contains(byte[] bytes, byte[] part) {
        for (int at = 0; at <= bytes.length - part.length; at++) {
            int same = 0;
            while (same < part.length && bytes[at + same] == part[same]) {
                same++;
            }
            if (same == part.length) {
                return true;
            }
        }
        return false;
    }
}
