package org.manyi.evidence;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.zip.CRC32;

/** PNG: keeps the chunks that make the picture and its colours, animation included; no text, no time. */
final class PngFilter extends ImageFilter {

    private static final long SIGNATURE = 0x89504E470D0A1A0AL;
    private static final int MAX_EXIF = 1 << 16;
    private static final Set<String> KEPT = Set.of(
            "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "cICP", "mDCV", "cLLI",
            "bKGD", "pHYs", "acTL", "fcTL", "fdAT");

    PngFilter(long maxPixels) {
        super(maxPixels);
    }

    @Override
    ImageFacts copy(Path source, DataInputStream in, DataOutputStream out) throws IOException {
        if (in.readLong() != SIGNATURE) {
            throw new DamagedFileException("No PNG signature");
        }
        out.writeLong(SIGNATURE);
        ImageFacts facts = ImageFacts.NONE;
        boolean first = true;
        boolean data = false;
        while (true) {
            int length = in.readInt();
            String type = new String(read(in, 4), StandardCharsets.ISO_8859_1);
            if (length < 0 || first != type.equals("IHDR")) {
                throw new DamagedFileException("A chunk out of place");
            }
            if (first) {
                writeHeader(in, out, length);
                first = false;
            } else if (type.equals("eXIf") && length <= MAX_EXIF) {
                facts = ImageFacts.ofExif(read(in, length));
                skip(in, 4);
                if (facts.orientationOnly() != null) {
                    write(out, type, facts.orientationOnly());
                }
            } else if (KEPT.contains(type)) {
                data |= type.equals("IDAT");
                out.writeInt(length);
                out.writeBytes(type);
                copy(in, out, length + 4L);
            } else if (Character.isUpperCase(type.charAt(0))) {
                throw new DamagedFileException("An unknown critical chunk");
            } else {
                skip(in, length + 4L);
            }
            if (type.equals("IEND")) {
                if (!data) {
                    throw new DamagedFileException("No image data");
                }
                return facts;
            }
        }
    }

    private void writeHeader(DataInputStream in, DataOutputStream out, int length) throws IOException {
        if (length != 13) {
            throw new DamagedFileException("A header of " + length + " bytes");
        }
        byte[] header = read(in, length);
        ByteBuffer numbers = ByteBuffer.wrap(header);
        checkPixels(Integer.toUnsignedLong(numbers.getInt()), Integer.toUnsignedLong(numbers.getInt()));
        skip(in, 4);
        write(out, "IHDR", header);
    }

    private static void write(DataOutputStream out, String type, byte[] bytes) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(type.getBytes(StandardCharsets.ISO_8859_1));
        crc.update(bytes);
        out.writeInt(bytes.length);
        out.writeBytes(type);
        out.write(bytes);
        out.writeInt((int) crc.getValue());
    }
}
