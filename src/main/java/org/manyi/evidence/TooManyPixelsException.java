package org.manyi.evidence;

/** An image whose header announces more pixels than a browser should be made to hold. */
class TooManyPixelsException extends DamagedFileException {

    TooManyPixelsException(long width, long height) {
        super(width + " x " + height + " pixels");
    }
}
