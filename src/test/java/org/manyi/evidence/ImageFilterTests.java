package org.manyi.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.drew.imaging.ImageMetadataReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifSubIFDDirectory;
import com.drew.metadata.exif.GpsDirectory;
import com.drew.metadata.xmp.XmpDirectory;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFilterTests {

    private static final long MAX_PIXELS = 64_000_000;

    @TempDir
    Path directory;

    private ImageFacts facts;

    @Test
    void aPhotographKeepsEveryPixelAndItsOrientationAndLosesTheRest() throws Exception {
        byte[] photograph = Samples.photograph();

        byte[] filtered = filter(FileKind.JPEG, photograph);

        assertSamePixels(photograph, filtered);
        assertThat(text(filtered)).contains("ICC_PROFILE").doesNotContain("secret", "8BIM", "MPF", "2026:03:14");
        Metadata left = ImageMetadataReader.readMetadata(new ByteArrayInputStream(filtered));
        assertThat(left.getFirstDirectoryOfType(ExifIFD0Directory.class).getInt(ExifIFD0Directory.TAG_ORIENTATION))
                .isEqualTo(6);
        assertThat(left.getFirstDirectoryOfType(ExifIFD0Directory.class).getTagCount())
                .isEqualTo(1);
        assertThat(left.containsDirectoryOfType(GpsDirectory.class)).isFalse();
        assertThat(left.containsDirectoryOfType(ExifSubIFDDirectory.class)).isFalse();
        assertThat(left.containsDirectoryOfType(XmpDirectory.class)).isFalse();
    }

    @Test
    void timeAndCoarsePlaceAreReadBeforeTheyGo() throws Exception {
        filter(FileKind.JPEG, Samples.photograph());

        assertThat(facts.capturedAt()).isEqualTo(Instant.parse("2026-03-14T01:26:53Z"));
        assertThat(facts.place()).isEqualTo("34.99,118.29");
    }

    @Test
    void aPictureWithoutMetadataSaysNothing() throws Exception {
        byte[] jpeg = Samples.jpeg(10);

        assertThat(filter(FileKind.JPEG, jpeg)).isEqualTo(jpeg);
        assertThat(facts).isEqualTo(ImageFacts.NONE);
    }

    @Test
    void aProgressivePictureComesThroughScanByScan() throws Exception {
        byte[] jpeg = Samples.progressiveJpeg();

        assertSamePixels(jpeg, filter(FileKind.JPEG, jpeg));
    }

    @Test
    void whatFollowsTheEndOfAnImageIsDropped() throws Exception {
        byte[] archive = "PK\3\4 <html><script>alert(1)</script>".getBytes(StandardCharsets.US_ASCII);

        assertThat(filter(FileKind.JPEG, Samples.join(Samples.jpeg(10), archive)))
                .isEqualTo(Samples.jpeg(10));
        assertThat(filter(FileKind.PNG, Samples.join(Samples.png(10), archive))).isEqualTo(Samples.png(10));
        byte[] webp = Samples.webp(0);
        assertThat(filter(FileKind.WEBP, Samples.join(webp, archive))).isEqualTo(webp);
    }

    @Test
    void aPngKeepsColourAndPictureAndLosesTextAndTime() throws Exception {
        byte[] png = Samples.pngWith(
                Samples.png(30),
                Samples.chunk("gAMA", new byte[] {0, 0, (byte) 0xB1, (byte) 0x8F}),
                Samples.chunk("tEXt", "Author\0secret".getBytes()),
                Samples.chunk("tIME", new byte[7]),
                Samples.chunk("eXIf", Samples.EXIF));

        byte[] filtered = filter(FileKind.PNG, png);

        assertSamePixels(png, filtered);
        assertThat(text(filtered)).contains("gAMA").doesNotContain("tEXt", "tIME", "secret", "2026");
        assertThat(facts.place()).isEqualTo("34.99,118.29");
        assertThat(ImageFacts.ofExif(exifOfPng(filtered)).orientation()).isEqualTo(6);
    }

    @Test
    void aWebpKeepsItsPictureAndOrientationAndLosesTheRest() throws Exception {
        int exifAndXmp = 0x08 | 0x04;
        byte[] webp = Samples.webp(
                exifAndXmp, Samples.riffChunk("EXIF", Samples.EXIF), Samples.riffChunk("XMP ", "secret".getBytes()));

        byte[] filtered = filter(FileKind.WEBP, webp);

        assertThat(text(filtered)).contains("VP8X", "VP8 ", "EXIF").doesNotContain("XMP ", "secret", "2026");
        assertThat(filtered[20]).as("flags").isEqualTo((byte) 0x08);
        assertThat(Integer.reverseBytes(java.nio.ByteBuffer.wrap(filtered).getInt(4)))
                .as("length in the header")
                .isEqualTo(filtered.length - 8);
        assertThat(facts.capturedAt()).isEqualTo(Instant.parse("2026-03-14T01:26:53Z"));
        assertThat(facts.orientation()).isEqualTo(6);
    }

    @Test
    void anUprightWebpKeepsNoMetadataAtAll() throws Exception {
        byte[] webp = Samples.webp(0x04, Samples.riffChunk("XMP ", "secret".getBytes()));

        assertThat(filter(FileKind.WEBP, webp)).isEqualTo(Samples.webp(0));
    }

    @Test
    void anImageThatAnnouncesTooManyPixelsIsRefusedByItsHeader() {
        assertThatThrownBy(() -> filter(FileKind.PNG, Samples.pngHeader(50_000, 50_000)))
                .isInstanceOf(TooManyPixelsException.class);
        assertThatThrownBy(() -> filter(FileKind.JPEG, withHeight(Samples.jpeg(10), 65_000, 65_000)))
                .isInstanceOf(TooManyPixelsException.class);
        byte[] webp = Samples.webp(0);
        Arrays.fill(webp, 24, 30, (byte) 0xFF);
        assertThatThrownBy(() -> filter(FileKind.WEBP, webp)).isInstanceOf(TooManyPixelsException.class);
    }

    @Test
    void aTruncatedImageIsDamagedWhereverItWasCut() {
        cutEverywhere(FileKind.JPEG, Samples.photograph());
        cutEverywhere(FileKind.PNG, Samples.png(10));
        cutEverywhere(FileKind.WEBP, Samples.webp(0));
    }

    @Test
    void randomBytesBehindARightBeginningNeverDoMoreThanFail() throws Exception {
        Random random = new Random(20260314);
        for (int round = 0; round < 3000; round++) {
            FileKind kind = FileKind.values()[round % 3];
            byte[] image =
                    switch (kind) {
                        case JPEG -> Samples.photograph();
                        case PNG -> Samples.pngWith(Samples.png(30), Samples.chunk("eXIf", Samples.EXIF));
                        default -> Samples.webp(0x08, Samples.riffChunk("EXIF", Samples.EXIF));
                    };
            for (int i = 0; i < 5; i++) {
                image[12 + random.nextInt(Math.min(400, image.length) - 12)] = (byte) random.nextInt();
            }
            try {
                assertThat(filter(kind, image).length).isLessThanOrEqualTo(image.length);
            } catch (DamagedFileException e) {
                // As it should.
            }
        }
    }

    private void cutEverywhere(FileKind kind, byte[] image) {
        for (int length = 0; length < image.length; length++) {
            byte[] cut = Arrays.copyOf(image, length);
            assertThatThrownBy(() -> filter(kind, cut))
                    .as("%s cut at %d", kind, length)
                    .isInstanceOf(DamagedFileException.class);
        }
    }

    private byte[] filter(FileKind kind, byte[] image) throws Exception {
        Path from = Files.write(directory.resolve("from"), image);
        Path to = directory.resolve("to");
        facts = ImageFilter.of(kind, MAX_PIXELS).copy(from, to);
        return Files.readAllBytes(to);
    }

    private static byte[] withHeight(byte[] jpeg, int width, int height) {
        byte[] changed = jpeg.clone();
        for (int i = 2; i < changed.length; i++) {
            if ((changed[i] & 0xFF) == 0xFF && (changed[i + 1] & 0xFF) == 0xC0) {
                java.nio.ByteBuffer.wrap(changed)
                        .putShort(i + 5, (short) height)
                        .putShort(i + 7, (short) width);
                return changed;
            }
        }
        throw new IllegalArgumentException("No frame");
    }

    private static byte[] exifOfPng(byte[] png) {
        int at = text(png).indexOf("eXIf");
        int length = java.nio.ByteBuffer.wrap(png).getInt(at - 4);
        return Arrays.copyOfRange(png, at + 4, at + 4 + length);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static void assertSamePixels(byte[] one, byte[] other) {
        BufferedImage a = Samples.decode(one);
        BufferedImage b = Samples.decode(other);
        assertThat(b.getWidth()).isEqualTo(a.getWidth());
        assertThat(b.getRGB(0, 0, b.getWidth(), b.getHeight(), null, 0, b.getWidth()))
                .isEqualTo(a.getRGB(0, 0, a.getWidth(), a.getHeight(), null, 0, a.getWidth()));
    }
}
