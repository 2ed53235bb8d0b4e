package org.manyi.backup;

/** A backup or a restore that cannot be done; its message says why and what to do, in English, for the one at the console. */
public class BackupRefusedException extends RuntimeException {

    BackupRefusedException(String message) {
        super(message);
    }

    BackupRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
