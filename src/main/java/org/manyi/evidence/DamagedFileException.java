package org.manyi.evidence;

import java.io.IOException;

/** A file that breaks its own format. */
class DamagedFileException extends IOException {

    DamagedFileException(String message) {
        super(message);
    }
}
