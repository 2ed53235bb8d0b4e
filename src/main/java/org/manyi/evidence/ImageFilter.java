package org.manyi.evidence;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Copies an image without its metadata, bit for bit in what is seen: no pixel is decoded, so nothing is lost and nothing blows
 * up. Kept are the parts that browsers need to show it (colour profile and orientation among them); everything else goes:
 * EXIF, XMP, IPTC, comments, thumbnails, and whatever follows the image's end.
 */
abstract class ImageFilter {

    private final long maxPixels;

    ImageFilter(long maxPixels) {
        this.maxPixels = maxPixels;
    }

    static ImageFilter of(FileKind kind, long maxPixels) {
        return switch (kind) {
            case JPEG -> new JpegFilter(maxPixels);
            case PNG -> new PngFilter(maxPixels);
            case WEBP -> new WebpFilter(maxPixels);
            default -> throw new IllegalArgumentException(kind + " is no image");
        };
    }

    /**
     * Copies the image.
     *
     * @param source a file that begins as the format does
     * @param target written anew
     * @return what its metadata said
     * @throws DamagedFileException when it breaks its format
     * @throws TooManyPixelsException before anything of its data is read
     */
    final ImageFacts copy(Path source, Path target) throws IOException {
        try (DataInputStream in = open(source);
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(target)))) {
            return copy(source, in, out);
        } catch (EOFException e) {
            throw new DamagedFileException("It ends too early");
        }
    }

    abstract ImageFacts copy(Path source, DataInputStream in, DataOutputStream out) throws IOException;

    static DataInputStream open(Path source) throws IOException {
        return new DataInputStream(new BufferedInputStream(Files.newInputStream(source), 1 << 16));
    }

    final void checkPixels(long width, long height) throws DamagedFileException {
        if (width < 1 || height < 1) {
            throw new DamagedFileException("An image of " + width + " x " + height);
        }
        if (width * height > maxPixels) {
            throw new TooManyPixelsException(width, height);
        }
    }

    static byte[] read(DataInputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    static void copy(DataInputStream in, DataOutputStream out, long length) throws IOException {
        byte[] buffer = new byte[8192];
        long left = length;
        while (left > 0) {
            int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (n < 0) {
                throw new EOFException();
            }
            out.write(buffer, 0, n);
            left -= n;
        }
    }

    static void skip(DataInputStream in, long length) throws IOException {
        in.skipNBytes(length);
    }
}
