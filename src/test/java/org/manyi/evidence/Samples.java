package org.manyi.evidence;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/** Files as people and attackers send them. */
public final class Samples {

    /** A photograph's EXIF block: turned by 90 degrees, taken on 2026-03-14 at 09:26:53 in 罗庄 (34.9876 N, 118.2912 E). */
    static final byte[] EXIF = exif();

    private Samples() {}

    interface Writing {

        void to(DataOutputStream out) throws IOException;
    }

    static byte[] bytes(Writing writing) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            writing.to(new DataOutputStream(bytes));
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A plain JPEG of 64 by 48 pixels; different shades are different files. */
    public static byte[] jpeg(int shade) {
        return bytes(out -> ImageIO.write(picture(shade), "jpg", out));
    }

    public static byte[] png(int shade) {
        return bytes(out -> ImageIO.write(picture(shade), "png", out));
    }

    static byte[] progressiveJpeg() {
        return bytes(out -> {
            ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            try (var stream = ImageIO.createImageOutputStream(out)) {
                writer.setOutput(stream);
                writer.write(null, new IIOImage(picture(90), null, null), parameters);
            } finally {
                writer.dispose();
            }
        });
    }

    /** A JPEG as a phone makes it: EXIF, XMP, IPTC, a comment and a colour profile before the picture. */
    static byte[] photograph() {
        byte[] jpeg = jpeg(120);
        return bytes(out -> {
            out.write(jpeg, 0, 2);
            segment(out, 0xE1, "Exif\0\0", EXIF);
            segment(out, 0xE1, "http://ns.adobe.com/xap/1.0/\0", "<x:xmpmeta>secret</x:xmpmeta>".getBytes());
            segment(out, 0xED, "Photoshop 3.0\0", "8BIM secret".getBytes());
            segment(out, 0xE2, "ICC_PROFILE\0\1\1", "profile".getBytes());
            segment(out, 0xE2, "MPF\0", "second picture".getBytes());
            segment(out, 0xFE, "", "<script>secret</script>".getBytes());
            out.write(jpeg, 2, jpeg.length - 2);
        });
    }

    static void segment(DataOutputStream out, int marker, String name, byte[] content) throws IOException {
        out.writeShort(0xFF00 | marker);
        out.writeShort(2 + name.length() + content.length);
        out.writeBytes(name);
        out.write(content);
    }

    /** The same PNG with chunks put in before its picture data. */
    static byte[] pngWith(byte[] png, byte[]... chunks) {
        int header = 8 + 25;
        return bytes(out -> {
            out.write(png, 0, header);
            for (byte[] chunk : chunks) {
                out.write(chunk);
            }
            out.write(png, header, png.length - header);
        });
    }

    static byte[] chunk(String type, byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(type.getBytes(StandardCharsets.US_ASCII));
        crc.update(content);
        return bytes(out -> {
            out.writeInt(content.length);
            out.writeBytes(type);
            out.write(content);
            out.writeInt((int) crc.getValue());
        });
    }

    /** A PNG that announces these dimensions and holds next to nothing. */
    static byte[] pngHeader(int width, int height) {
        return bytes(out -> {
            out.writeLong(0x89504E470D0A1A0AL);
            out.write(chunk("IHDR", bytes(header -> {
                header.writeInt(width);
                header.writeInt(height);
                header.write(new byte[] {8, 2, 0, 0, 0});
            })));
            out.write(chunk("IDAT", new byte[10]));
            out.write(chunk("IEND", new byte[0]));
        });
    }

    /** A WebP of one pixel, with the extended header and the chunks given around it. */
    static byte[] webp(int flags, byte[]... chunks) {
        byte[] simple = Base64.getDecoder().decode("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AA/uWkAA==");
        byte[] picture = riffChunk("VP8 ", Arrays.copyOfRange(simple, 20, 20 + 22));
        byte[] extended = riffChunk("VP8X", new byte[] {(byte) flags, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        byte[] body = bytes(out -> {
            out.writeBytes("WEBP");
            out.write(extended);
            out.write(picture);
            for (byte[] chunk : chunks) {
                out.write(chunk);
            }
        });
        return bytes(out -> {
            out.writeBytes("RIFF");
            out.writeInt(Integer.reverseBytes(body.length));
            out.write(body);
        });
    }

    static byte[] riffChunk(String type, byte[] content) {
        return bytes(out -> {
            out.writeBytes(type);
            out.writeInt(Integer.reverseBytes(content.length));
            out.write(content);
            out.write(new byte[content.length & 1]);
        });
    }

    public static byte[] pdf() {
        return "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n".getBytes();
    }

    static byte[] join(byte[] first, byte[] second) {
        return bytes(out -> {
            out.write(first);
            out.write(second);
        });
    }

    static BufferedImage decode(byte[] image) {
        try {
            return ImageIO.read(new ByteArrayInputStream(image));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BufferedImage picture(int shade) {
        BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(new Color(shade & 0xFF, shade >> 8 & 0xFF, 60));
        graphics.fillRect(0, 0, 64, 48);
        graphics.setColor(Color.WHITE);
        graphics.drawLine(3, 5, 50, 40);
        graphics.dispose();
        return image;
    }

    private static byte[] exif() {
        ByteBuffer tiff = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
        tiff.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8);
        int subIfd = 8 + 2 + 3 * 12 + 4;
        int date = subIfd + 2 + 12 + 4;
        int gpsIfd = date + 20;
        int latitude = gpsIfd + 2 + 4 * 12 + 4;
        int longitude = latitude + 24;
        tiff.putShort((short) 3);
        entry(tiff, 0x0112, 3, 1, 6);
        entry(tiff, 0x8769, 4, 1, subIfd);
        entry(tiff, 0x8825, 4, 1, gpsIfd);
        tiff.putInt(0);
        tiff.putShort((short) 1);
        entry(tiff, 0x9003, 2, 20, date);
        tiff.putInt(0);
        tiff.put("2026:03:14 09:26:53\0".getBytes(StandardCharsets.US_ASCII));
        tiff.putShort((short) 4);
        entry(tiff, 1, 2, 2, 'N');
        entry(tiff, 2, 5, 3, latitude);
        entry(tiff, 3, 2, 2, 'E');
        entry(tiff, 4, 5, 3, longitude);
        tiff.putInt(0);
        degrees(tiff, 34, 59, 15_36);
        degrees(tiff, 118, 17, 28_32);
        return Arrays.copyOf(tiff.array(), tiff.position());
    }

    private static void entry(ByteBuffer tiff, int tag, int type, int count, int value) {
        tiff.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
    }

    private static void degrees(ByteBuffer tiff, int degrees, int minutes, int hundredths) {
        tiff.putInt(degrees)
                .putInt(1)
                .putInt(minutes)
                .putInt(1)
                .putInt(hundredths)
                .putInt(100);
    }
}
