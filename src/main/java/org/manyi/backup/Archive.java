package org.manyi.backup;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import org.manyi.shared.PersonalData;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/** What writer and reader of an archive have in common. */
final class Archive {

    static final String MANIFEST = "manifest.json";
    static final String SUMMARY = "summary.json";
    static final String TABLES = "tables/";
    static final String EVIDENCE = "evidence/";

    private static final int LONGEST_VALUE = 100_000_000;

    private Archive() {}

    /** Reads rows that are longer than anything that a request may send. */
    static JsonMapper json() {
        StreamReadConstraints limits =
                StreamReadConstraints.builder().maxStringLength(LONGEST_VALUE).build();
        return JsonMapper.builder(
                        JsonFactory.builder().streamReadConstraints(limits).build())
                .build();
    }

    /** A file as it goes into the sum over all files. */
    static byte[] fileLine(UUID id, long size, String sha256) {
        return (id + " " + size + " " + sha256 + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** The summary with its HMAC, so that nobody without the data key makes or changes an archive. */
    static Summary signed(Summary summary, byte[] manifest, PersonalData key, JsonMapper json) {
        Summary open = new Summary(
                summary.tables(), summary.files(), summary.bytes(), summary.filesSha256(), summary.damaged(), "");
        Mac mac = key.mac("backup");
        mac.update(manifest);
        String hex = HexFormat.of().formatHex(mac.doFinal(json.writeValueAsBytes(open)));
        return new Summary(
                summary.tables(), summary.files(), summary.bytes(), summary.filesSha256(), summary.damaged(), hex);
    }
}
