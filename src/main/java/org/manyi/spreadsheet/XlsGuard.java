package org.manyi.spreadsheet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.manyi.shared.ContentRefusedException;

/**
 * Looks through the records of an old workbook before a library makes objects of them: only their heads are read. The numbers are
 * those of MS-XLS 2.3.
 */
final class XlsGuard {

    private static final int BEGINNING = 0x0809;
    private static final int ENCRYPTION = 0x002F;
    private static final int SHEET = 0x0085;
    private static final int SHARED_TEXTS = 0x00FC;
    private static final int VERSION_OF_1997 = 0x0600;
    private static final int WORKSHEET = 0;
    private static final int MACRO_SHEET = 1;
    private static final int MODULE = 6;
    private static final int HEAD = 4;

    private final ReadLimits limits;

    XlsGuard(ReadLimits limits) {
        this.limits = limits;
    }

    /**
     * A sheet as the workbook lists it.
     *
     * @param position where its records begin
     * @param worksheet whether it holds cells; otherwise a chart
     */
    record Sheet(String name, boolean hidden, boolean worksheet, int position) {}

    /**
     * The sheets of a workbook that may be opened, as their records follow each other.
     *
     * @throws ContentRefusedException when it is older than 1997, encrypted, holds macros or is too large unpacked
     * @throws IOException when it is damaged
     */
    List<Sheet> check(byte[] workbook) throws IOException {
        ByteBuffer records = ByteBuffer.wrap(workbook).order(ByteOrder.LITTLE_ENDIAN);
        List<Sheet> sheets = new ArrayList<>();
        boolean first = true;
        while (records.remaining() >= HEAD) {
            int type = Short.toUnsignedInt(records.getShort());
            int length = Short.toUnsignedInt(records.getShort());
            if (type == 0) {
                break;
            }
            if (length > records.remaining() || first && (type != BEGINNING || length < 2)) {
                throw new IOException("A record of " + length + " bytes");
            }
            ByteBuffer record = records.slice(records.position(), length).order(ByteOrder.LITTLE_ENDIAN);
            if (first && Short.toUnsignedInt(record.getShort()) != VERSION_OF_1997) {
                throw ContentRefusedException.unsupported("spreadsheet.file.tooOld");
            }
            first = false;
            switch (type) {
                case ENCRYPTION -> throw ContentRefusedException.unsupported("spreadsheet.file.encrypted");
                case SHEET -> sheets.add(sheet(record));
                case SHARED_TEXTS -> checkTexts(record);
                default -> {}
            }
            records.position(records.position() + length);
        }
        sheets.sort(Comparator.comparingInt(Sheet::position));
        return sheets;
    }

    /** How many texts there are is what the library believes, whether they are there or not. */
    private void checkTexts(ByteBuffer record) {
        if (Integer.toUnsignedLong(record.getInt(Integer.BYTES)) > limits.texts()) {
            throw ContentRefusedException.tooLarge("spreadsheet.file.tooLargeUnpacked");
        }
    }

    private static Sheet sheet(ByteBuffer record) {
        int position = record.getInt();
        boolean hidden = (record.get() & 3) != 0;
        int kind = record.get();
        if (kind == MACRO_SHEET || kind == MODULE) {
            throw ContentRefusedException.unsupported("spreadsheet.file.macros");
        }
        int chars = Byte.toUnsignedInt(record.get());
        boolean wide = (record.get() & 1) != 0;
        byte[] name = new byte[wide ? 2 * chars : chars];
        record.get(name);
        String written = new String(name, wide ? StandardCharsets.UTF_16LE : StandardCharsets.ISO_8859_1);
        return new Sheet(SheetNames.of(written), hidden, kind == WORKSHEET, position);
    }
}
