package org.manyi.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import org.manyi.shared.PersonalData;
import tools.jackson.databind.json.JsonMapper;

/**
 * The digest of one seal: an HMAC-SHA-256, under a key derived from the data key, of lines in UTF-8, each ended by a line feed. The first
 * is {@code manyi-seal-1}, then number, moment, count, late, highest entry and the digest of the seal before (empty for the first), then
 * each entry in the order of its number as a JSON array of number, business time, system time, actor, type, key, event, success, address
 * and detail. Moments are UTC with six decimals.
 */
final class SealDigest {

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Mac mac;
    private final JsonMapper json;

    SealDigest(PersonalData key, JsonMapper json) {
        this.mac = key.mac("audit-seal");
        this.json = json;
        line("manyi-seal-1");
    }

    void seal(long id, Instant sealedAt, int entries, int late, long highestEntry, String previous) {
        line(Long.toString(id));
        line(MOMENT.format(sealedAt));
        line(Integer.toString(entries));
        line(Integer.toString(late));
        line(Long.toString(highestEntry));
        line(previous);
    }

    void entry(AuditEntry entry) {
        List<Object> values = new ArrayList<>();
        values.add(entry.id());
        values.add(MOMENT.format(entry.at()));
        values.add(MOMENT.format(entry.recordedAt()));
        values.add(entry.actor());
        values.add(entry.objectType());
        values.add(entry.objectKey());
        values.add(entry.event());
        values.add(entry.success());
        values.add(entry.ip());
        values.add(entry.detail());
        line(json.writeValueAsString(values));
    }

    String hex() {
        return HexFormat.of().formatHex(mac.doFinal());
    }

    private void line(String text) {
        mac.update(text.getBytes(StandardCharsets.UTF_8));
        mac.update((byte) '\n');
    }
}
