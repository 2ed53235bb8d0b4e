package org.manyi.backup;

import java.nio.file.Path;
import java.time.LocalTime;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where and when backups are made ({@code manyi.backup.*}).
 *
 * @param directory where a running Manyi leaves them, never null
 * @param dailyAt the time of day of the daily one by the system's clock, null for none
 * @param keep how many of its own backups a node keeps, at least 1
 */
@ConfigurationProperties("manyi.backup")
record BackupSettings(
        @DefaultValue("./data/backups") Path directory,
        LocalTime dailyAt,
        @DefaultValue("7") int keep) {

    BackupSettings {
        if (keep < 1) {
            throw new IllegalArgumentException("manyi.backup.keep must be at least 1");
        }
    }
}
