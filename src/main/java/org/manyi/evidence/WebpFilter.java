package org.manyi.evidence;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** WebP: keeps bitstreams, alpha, animation and the colour profile. Two passes, for its header says how long it is. */
final class WebpFilter extends ImageFilter {

    private static final int MAX_EXIF = 1 << 20;
    private static final int MAX_CHUNKS = 10_000;
    private static final int HEAD = 10;
    private static final int FLAG_EXIF = 0x08;
    private static final int FLAG_XMP = 0x04;
    private static final Set<String> KEPT = Set.of("VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP");

    private record Chunk(String type, long length) {

        /** Chunks are padded to an even length. */
        long padded() {
            return length + (length & 1);
        }

        boolean isKept() {
            return KEPT.contains(type);
        }
    }

    WebpFilter(long maxPixels) {
        super(maxPixels);
    }

    @Override
    ImageFacts copy(Path source, DataInputStream in, DataOutputStream out) throws IOException {
        List<Chunk> chunks = new ArrayList<>();
        ImageFacts facts = survey(source, chunks);
        byte[] exif = facts.orientationOnly();
        boolean extended = chunks.get(0).type().equals("VP8X");
        boolean oriented = exif != null && extended;
        long size = 4;
        for (Chunk chunk : chunks) {
            size += chunk.isKept() ? 8 + chunk.padded() : 0;
        }
        size += oriented ? 8 + exif.length : 0;
        out.writeBytes("RIFF");
        writeLength(out, size);
        out.writeBytes("WEBP");
        skip(in, 12);
        for (Chunk chunk : chunks) {
            if (!chunk.isKept()) {
                skip(in, 8 + chunk.padded());
                continue;
            }
            copy(in, out, 8);
            if (chunk.type().equals("VP8X")) {
                int flags = in.readUnsignedByte() & ~(FLAG_EXIF | FLAG_XMP);
                out.write(oriented ? flags | FLAG_EXIF : flags);
                copy(in, out, chunk.padded() - 1);
            } else {
                copy(in, out, chunk.padded());
            }
        }
        if (oriented) {
            out.writeBytes("EXIF");
            writeLength(out, exif.length);
            out.write(exif);
        }
        return facts;
    }

    /** Reads the list of chunks, the dimensions and the EXIF block. */
    private ImageFacts survey(Path source, List<Chunk> chunks) throws IOException {
        ImageFacts facts = ImageFacts.NONE;
        boolean picture = false;
        try (DataInputStream in = open(source)) {
            if (!text(in).equals("RIFF")) {
                throw new DamagedFileException("No RIFF");
            }
            long left = readLength(in) - 4;
            if (!text(in).equals("WEBP")) {
                throw new DamagedFileException("No WEBP");
            }
            while (left >= 8) {
                Chunk chunk = new Chunk(text(in), readLength(in));
                left -= 8 + chunk.padded();
                if (left < 0 || chunks.size() == MAX_CHUNKS) {
                    throw new DamagedFileException("Chunks beyond the file's end");
                }
                chunks.add(chunk);
                if (chunk.type().equals("EXIF") && chunk.length() <= MAX_EXIF) {
                    facts = ImageFacts.ofExif(withoutPrefix(read(in, (int) chunk.length())));
                    skip(in, chunk.length() & 1);
                } else {
                    byte[] head = read(in, (int) Math.min(HEAD, chunk.padded()));
                    picture |= checkHead(chunk.type(), head);
                    skip(in, chunk.padded() - head.length);
                }
            }
        }
        if (!picture) {
            throw new DamagedFileException("No picture");
        }
        return facts;
    }

    /** Checks the dimensions that a chunk announces; answers whether it holds a picture. */
    private boolean checkHead(String type, byte[] head) throws IOException {
        if (!Set.of("VP8 ", "VP8L", "VP8X", "ANMF").contains(type)) {
            return false;
        }
        if (head.length < (type.equals("VP8L") ? 5 : HEAD)) {
            throw new DamagedFileException("A short " + type);
        }
        ByteBuffer numbers = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        switch (type) {
            case "VP8X" -> {
                checkPixels(1 + threeBytes(numbers, 4), 1 + threeBytes(numbers, 7));
                return false;
            }
            case "VP8 " -> checkPixels(numbers.getShort(6) & 0x3FFF, numbers.getShort(8) & 0x3FFF);
            case "VP8L" -> {
                int bits = numbers.getInt(1);
                checkPixels(1 + (bits & 0x3FFF), 1 + (bits >>> 14 & 0x3FFF));
            }
            default -> {
                // A frame of an animation lies within the canvas, which VP8X announced.
            }
        }
        return true;
    }

    private static byte[] withoutPrefix(byte[] exif) {
        byte[] prefix = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
        boolean prefixed =
                exif.length > prefix.length && Arrays.equals(exif, 0, prefix.length, prefix, 0, prefix.length);
        return prefixed ? Arrays.copyOfRange(exif, prefix.length, exif.length) : exif;
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(read(in, 4), StandardCharsets.ISO_8859_1);
    }

    private static long readLength(DataInputStream in) throws IOException {
        return Integer.toUnsignedLong(Integer.reverseBytes(in.readInt()));
    }

    private static void writeLength(DataOutputStream out, long length) throws IOException {
        out.writeInt(Integer.reverseBytes((int) length));
    }

    private static long threeBytes(ByteBuffer numbers, int at) {
        return numbers.get(at) & 0xFF | (numbers.get(at + 1) & 0xFF) << 8 | (numbers.get(at + 2) & 0xFF) << 16;
    }
}
