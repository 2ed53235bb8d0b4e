package org.manyi.evidence;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** JPEG: keeps tables, frames, scans, JFIF's density, colour profiles and Adobe's colour transform. */
final class JpegFilter extends ImageFilter {

    private static final int EXIF_HEADER = 6;

    private static final int SOI = 0xD8;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int APP0 = 0xE0;
    private static final int APP1 = 0xE1;
    private static final int APP2 = 0xE2;
    private static final int APP14 = 0xEE;
    private static final int APP15 = 0xEF;
    private static final int COMMENT = 0xFE;

    JpegFilter(long maxPixels) {
        super(maxPixels);
    }

    @Override
    ImageFacts copy(Path source, DataInputStream in, DataOutputStream out) throws IOException {
        if (in.readUnsignedShort() != (0xFF00 | SOI)) {
            throw new DamagedFileException("No start of image");
        }
        out.writeShort(0xFF00 | SOI);
        ImageFacts facts = ImageFacts.NONE;
        boolean framed = false;
        boolean scanned = false;
        int marker = nextMarker(in);
        while (marker != EOI) {
            if (marker == SOI || marker == 0) {
                throw new DamagedFileException("Marker " + marker + " in the middle");
            }
            if (isStandalone(marker)) {
                marker = nextMarker(in);
                continue;
            }
            int length = in.readUnsignedShort() - 2;
            if (length < 0) {
                throw new DamagedFileException("A segment of negative length");
            }
            byte[] segment = read(in, length);
            if (marker == APP1 && startsWith(segment, "Exif\0")) {
                if (facts == ImageFacts.NONE && length > EXIF_HEADER) {
                    facts = ImageFacts.ofExif(Arrays.copyOfRange(segment, EXIF_HEADER, length));
                    writeOrientation(out, facts);
                }
            } else if (isFrame(marker)) {
                checkFrame(segment);
                framed = true;
                write(out, marker, segment);
            } else if (marker == APP0) {
                writeDensity(out, segment);
            } else if (isKept(marker, segment)) {
                write(out, marker, segment);
            }
            if (marker == SOS) {
                if (!framed) {
                    throw new DamagedFileException("A scan before its frame");
                }
                scanned = true;
                marker = copyScan(in, out);
            } else {
                marker = nextMarker(in);
            }
        }
        if (!scanned) {
            throw new DamagedFileException("No scan");
        }
        out.writeShort(0xFF00 | EOI);
        return facts;
    }

    private void checkFrame(byte[] segment) throws IOException {
        if (segment.length < 6) {
            throw new DamagedFileException("A short frame");
        }
        checkPixels(unsignedShort(segment, 3), unsignedShort(segment, 1));
    }

    private static int nextMarker(DataInputStream in) throws IOException {
        if (in.readUnsignedByte() != 0xFF) {
            throw new DamagedFileException("No marker where one belongs");
        }
        int marker = in.readUnsignedByte();
        while (marker == 0xFF) {
            marker = in.readUnsignedByte();
        }
        return marker;
    }

    /** Copies the coded data of a scan; answers the marker that ends it. */
    private static int copyScan(DataInputStream in, DataOutputStream out) throws IOException {
        while (true) {
            int b = in.readUnsignedByte();
            if (b != 0xFF) {
                out.write(b);
                continue;
            }
            int marker = in.readUnsignedByte();
            while (marker == 0xFF) {
                marker = in.readUnsignedByte();
            }
            if (marker != 0 && !isRestart(marker)) {
                return marker;
            }
            out.write(0xFF);
            out.write(marker);
        }
    }

    private static boolean isKept(int marker, byte[] segment) {
        if (marker == APP2) {
            return startsWith(segment, "ICC_PROFILE\0");
        }
        if (marker == APP14) {
            return startsWith(segment, "Adobe");
        }
        return marker != COMMENT && !(marker >= APP0 && marker <= APP15);
    }

    private static boolean isFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    private static boolean isRestart(int marker) {
        return marker >= 0xD0 && marker <= 0xD7;
    }

    private static boolean isStandalone(int marker) {
        return marker == 0x01 || isRestart(marker);
    }

    /** JFIF's version and density without its thumbnail. */
    private static void writeDensity(DataOutputStream out, byte[] segment) throws IOException {
        if (segment.length >= 14 && startsWith(segment, "JFIF\0")) {
            byte[] density = Arrays.copyOf(segment, 14);
            density[12] = 0;
            density[13] = 0;
            write(out, APP0, density);
        }
    }

    private static void writeOrientation(DataOutputStream out, ImageFacts facts) throws IOException {
        byte[] tiff = facts.orientationOnly();
        if (tiff != null) {
            byte[] segment = new byte[EXIF_HEADER + tiff.length];
            System.arraycopy("Exif\0\0".getBytes(StandardCharsets.US_ASCII), 0, segment, 0, EXIF_HEADER);
            System.arraycopy(tiff, 0, segment, EXIF_HEADER, tiff.length);
            write(out, APP1, segment);
        }
    }

    private static void write(DataOutputStream out, int marker, byte[] segment) throws IOException {
        out.writeShort(0xFF00 | marker);
        out.writeShort(segment.length + 2);
        out.write(segment);
    }

    private static boolean startsWith(byte[] bytes, String prefix) {
        byte[] start = prefix.getBytes(StandardCharsets.US_ASCII);
        return bytes.length >= start.length && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }

    private static int unsignedShort(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
    }
}
