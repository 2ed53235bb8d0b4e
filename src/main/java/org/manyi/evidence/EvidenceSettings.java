package org.manyi.evidence;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The limits of stored files ({@code manyi.evidence.*}).
 *
 * @param directory where the bytes lie, never null
 * @param maxSize the largest file, never null
 * @param maxFiles the most files of one field of a form, at least 1
 * @param maxWaiting the most files of one person that wait under one owner to be handed over, at least {@code maxFiles}
 * @param maxPixels the most pixels of an image, width times height: a browser that shows it needs four bytes for each
 * @param draftAge after how much business time an upload that no case took in is removed, never null
 * @param orphanAge after how much system time bytes without a row are removed, never null
 */
@ConfigurationProperties("manyi.evidence")
record EvidenceSettings(
        @DefaultValue("./data/evidence") Path directory,
        @DefaultValue("20MB") DataSize maxSize,
        @DefaultValue("20") int maxFiles,
        @DefaultValue("100") int maxWaiting,
        @DefaultValue("64000000") long maxPixels,
        @DefaultValue("7d") Duration draftAge,
        @DefaultValue("55m") Duration orphanAge) {}
