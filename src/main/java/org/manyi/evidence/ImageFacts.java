package org.manyi.evidence;

import com.drew.lang.ByteArrayReader;
import com.drew.lang.GeoLocation;
import com.drew.metadata.Metadata;
import com.drew.metadata.MetadataException;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import com.drew.metadata.exif.ExifSubIFDDirectory;
import com.drew.metadata.exif.GpsDirectory;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;
import java.util.TimeZone;
import org.manyi.shared.MovableClock;

/**
 * What is kept of a photograph's metadata.
 *
 * @param orientation how it is turned, 1 to 8 as EXIF has it; 1 is upright
 * @param capturedAt null when it does not say; without a zone of its own it is the bureau's
 * @param place latitude and longitude rounded to about a kilometre, null when it does not say
 */
record ImageFacts(int orientation, Instant capturedAt, String place) {

    static final ImageFacts NONE = new ImageFacts(1, null, null);

    private static final TimeZone ZONE = TimeZone.getTimeZone(MovableClock.ZONE);

    /** Reads an EXIF block (a TIFF structure). A block that cannot be read says nothing. */
    static ImageFacts ofExif(byte[] tiff) {
        try {
            Metadata metadata = new Metadata();
            new ExifReader().extract(new ByteArrayReader(tiff), metadata);
            return new ImageFacts(orientation(metadata), capturedAt(metadata), place(metadata));
        } catch (RuntimeException e) {
            // Written by a stranger's camera or by hand: anything may be wrong with it, and nothing depends on it.
            return NONE;
        }
    }

    /** The smallest EXIF block that keeps the orientation and nothing else; null when the image stands upright. */
    byte[] orientationOnly() {
        if (orientation == 1) {
            return null;
        }
        return ByteBuffer.allocate(26)
                .put((byte) 'M')
                .put((byte) 'M')
                .putShort((short) 42)
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) ExifIFD0Directory.TAG_ORIENTATION)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0)
                .putInt(0)
                .array();
    }

    private static int orientation(Metadata metadata) {
        for (ExifIFD0Directory directory : metadata.getDirectoriesOfType(ExifIFD0Directory.class)) {
            try {
                int value = directory.getInt(ExifIFD0Directory.TAG_ORIENTATION);
                if (value >= 1 && value <= 8) {
                    return value;
                }
            } catch (MetadataException e) {
                // Not in this directory.
            }
        }
        return 1;
    }

    private static Instant capturedAt(Metadata metadata) {
        for (ExifSubIFDDirectory directory : metadata.getDirectoriesOfType(ExifSubIFDDirectory.class)) {
            Date date = directory.getDateOriginal(ZONE);
            if (date != null) {
                return date.toInstant();
            }
        }
        return null;
    }

    private static String place(Metadata metadata) {
        for (GpsDirectory directory : metadata.getDirectoriesOfType(GpsDirectory.class)) {
            GeoLocation location = directory.getGeoLocation();
            if (location != null && !location.isZero()) {
                return String.format(Locale.ROOT, "%.2f,%.2f", location.getLatitude(), location.getLongitude());
            }
        }
        return null;
    }
}
