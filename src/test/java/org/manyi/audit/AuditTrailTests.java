package org.manyi.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.TestClient;
import org.manyi.TestDistrict;
import org.manyi.TestSession;
import org.manyi.security.SecurityEvent;
import org.manyi.shared.CaseEvent;
import org.manyi.shared.Slice;
import org.manyi.shared.ValidationException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.MessageSource;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

@ManyiTest
class AuditTrailTests {

    /** Entries get their seal, seals nothing; neither ever goes. */
    private static final Pattern MEDDLING = Pattern.compile(
            "(?i)(delete\\s+from|truncate(\\s+table)?|drop\\s+table|merge\\s+into)\\s+audit_(entry|seal\\b)"
                    + "|update\\s+audit_seal\\b|update\\s+audit_entry\\s+set\\s+(?!seal_id\\s*=\\s*:seal\\b)");

    private static final Instant MORNING = Instant.parse("2026-03-02T01:00:00Z");

    /** Something of a kind of its own, so that the test finds its own entries. */
    private record Happened(Instant at, String actor, String caseNumber, String objectType, Map<String, Object> detail)
            implements CaseEvent {}

    @Autowired
    private ApplicationEventPublisher events;

    @Autowired
    private PlatformTransactionManager transactions;

    @Autowired
    private AuditReader trail;

    @Autowired
    private AuditVerifier seals;

    @Autowired
    private MessageSource messages;

    @Autowired
    private TestClient client;

    private final String type = "test-" + UUID.randomUUID().toString().substring(0, 18);

    private void happen(String key, Instant at) {
        events.publishEvent(new Happened(at, "chair", key, type, Map.of("from", "a", "n", 1)));
    }

    private List<AuditEntry> entries() {
        return trail.list(of(type, null, null, 100)).items();
    }

    private static AuditQuery of(String type, String object, String cursor, int size) {
        return new AuditQuery(null, null, null, type, object, null, cursor, size);
    }

    @Test
    void anEntrySaysWhoDidWhatWhenToWhich() {
        happen("X-1", MORNING);

        assertThat(entries()).singleElement().satisfies(entry -> {
            assertThat(entry.at()).isEqualTo(MORNING);
            assertThat(entry.recordedAt()).isAfter(MORNING);
            assertThat(entry.actor()).isEqualTo("chair");
            assertThat(entry.objectKey()).isEqualTo("X-1");
            assertThat(entry.event()).isEqualTo("Happened");
            assertThat(entry.success()).isTrue();
            assertThat(entry.ip()).isNull();
            assertThat(entry.detail()).contains("\"from\":\"a\"", "\"n\":1");
        });
    }

    @Test
    void whatIsRolledBackLeavesNoEntry() {
        TransactionTemplate transaction = new TransactionTemplate(transactions);

        transaction.executeWithoutResult(status -> {
            happen("rolled back", MORNING);
            status.setRollbackOnly();
        });
        transaction.executeWithoutResult(status -> happen("committed", MORNING));

        assertThat(entries()).extracting(AuditEntry::objectKey).containsExactly("committed");
    }

    @Test
    void whatASavepointTakesBackLeavesNoEntryAndWhatWasBeforeAndAfterItDoes() {
        TransactionTemplate nested = new TransactionTemplate(transactions);
        nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);

        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            happen("before", MORNING);
            nested.executeWithoutResult(inner -> {
                happen("taken back", MORNING);
                inner.setRollbackOnly();
            });
            nested.executeWithoutResult(inner -> happen("within", MORNING));
            happen("after", MORNING);
        });

        assertThat(entries()).extracting(AuditEntry::objectKey).containsExactly("after", "within", "before");
    }

    @Test
    void aLongTransactionLeavesAllItsEntriesInTheirOrder() {
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            happen("first", MORNING);
            IntStream.range(0, 450).forEach(i -> happen("some", MORNING));
            happen("last", MORNING);
        });

        List<String> keys = new ArrayList<>();
        for (String cursor = ""; cursor != null; ) {
            Slice<AuditEntry> page = trail.list(of(type, null, cursor.isEmpty() ? null : cursor, 100));
            page.items().forEach(entry -> keys.add(entry.objectKey()));
            cursor = page.nextCursor();
        }
        assertThat(keys).hasSize(452).startsWith("last").endsWith("first");
    }

    @Test
    void aTransactionWithinAnotherWritesItsOwnEntriesWhateverBecomesOfTheOther() {
        TransactionTemplate own = new TransactionTemplate(transactions);
        own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);

        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            happen("outer", MORNING);
            own.executeWithoutResult(inner -> happen("its own", MORNING));
            status.setRollbackOnly();
        });

        assertThat(entries()).extracting(AuditEntry::objectKey).containsExactly("its own");
    }

    @Test
    void whatCannotBeWrittenDownDoesNotHappen() {
        String unknownToTheColumn = "e".repeat(65);

        assertThatThrownBy(() -> new TransactionTemplate(transactions).executeWithoutResult(status -> {
                    happen("before", MORNING);
                    events.publishEvent(new Happened(MORNING, unknownToTheColumn, "X", type, Map.of()));
                }))
                .isInstanceOf(DataAccessException.class);
        assertThat(entries()).isEmpty();
    }

    @Test
    void aRefusedLoginIsWrittenDownWithItsAddressThoughNothingElseIs() {
        client.login("auditor", "Wrong-choice-7");

        AuditEntry newest = trail.list(new AuditQuery(null, null, null, "account", "auditor", "LoginFailed", null, 1))
                .items()
                .get(0);
        assertThat(newest.success()).isFalse();
        assertThat(newest.actor()).isNull();
        assertThat(newest.ip()).isIn("127.0.0.1", "0:0:0:0:0:0:0:1");
        assertThat(newest.detail()).doesNotContain("Wrong");
        TestSession auditor = new TestSession(client.baseUrl());
        auditor.login("auditor", TestDistrict.PASSWORD);
        assertThat(auditor.get("/audit/" + newest.id()).body()).contains("未登录者", "接口令牌");
        client.login("auditor", TestDistrict.PASSWORD);
    }

    @Test
    void theTrailIsReadPageByPageTheNewestFirst() {
        IntStream.range(0, 25).forEach(n -> happen("X-" + n, MORNING.plusSeconds(n / 2)));

        List<String> read = new ArrayList<>();
        String cursor = null;
        do {
            Slice<AuditEntry> page = trail.list(of(type, null, cursor, 10));
            assertThat(page.count().value()).isEqualTo(25);
            page.items().forEach(entry -> read.add(entry.objectKey()));
            cursor = page.nextCursor();
        } while (cursor != null);

        assertThat(read)
                .isEqualTo(IntStream.range(0, 25).mapToObj(n -> "X-" + (24 - n)).toList());
    }

    @Test
    void aDayEndsAtMidnightInShanghai() {
        happen("last", Instant.parse("2026-03-02T15:59:59Z"));
        happen("first", Instant.parse("2026-03-02T16:00:00Z"));
        LocalDate second = LocalDate.of(2026, 3, 2);

        assertThat(trail.list(new AuditQuery(second, second, null, type, null, null, null, 10))
                        .items())
                .extracting(AuditEntry::objectKey)
                .containsExactly("last");
    }

    @Test
    void aForeignCursorIsRefused() {
        assertThatThrownBy(() -> trail.list(of(type, null, "xyz", 10))).isInstanceOf(ValidationException.class);
        assertThatThrownBy(() -> trail.list(
                        of(type, null, org.manyi.shared.Cursor.of("a", "b").encode(), 10)))
                .isInstanceOf(ValidationException.class);
    }

    @Test
    void theAuditorFindsAnEntryOnThePageAndNobodyElseDoes() {
        happen("X-<1>", MORNING);
        long id = entries().get(0).id();
        TestSession auditor = new TestSession(client.baseUrl());
        auditor.login("auditor", TestDistrict.PASSWORD);

        HttpResponse<String> list = auditor.get("/audit?type=" + type + "&from=2026-03-02&to=2026-03-02&actor=chair");
        assertThat(list.statusCode()).isEqualTo(200);
        assertThat(list.body()).contains("X-&lt;1&gt;", "Happened", "共 1 条");
        HttpResponse<String> entry = auditor.get("/audit/" + id);
        assertThat(entry.body()).contains("X-&lt;1&gt;", "2026-03-02 09:00:00 +08:00", "chair");
        assertThat(auditor.get("/audit?type=" + type + "&event=Nothing").body()).contains("没有符合条件的记录");
        assertThat(auditor.get("/audit?lang=en").body()).contains("Logged in");
        assertThat(auditor.get("/audit/999999999").statusCode()).isEqualTo(404);
        assertThat(auditor.get("/audit?from=yesterday").statusCode()).isEqualTo(400);
        assertThat(auditor.post("/audit", "").statusCode()).isIn(403, 405);
        for (String other : List.of("chair", "sysadmin", "secadmin")) {
            assertThat(client.as(other).get("/audit/" + id).status()).isEqualTo(403);
        }
    }

    @Test
    void theAuditorTakesTheFilteredTrailAwayAndTheTrailSaysSo() {
        IntStream.range(0, 1003).forEach(n -> happen("=X-" + n, MORNING.plusSeconds(n)));
        TestSession auditor = new TestSession(client.baseUrl());
        auditor.login("auditor", TestDistrict.PASSWORD);

        HttpResponse<String> file =
                auditor.submit("/audit?type=" + type, "/audit/export", Map.of("type", type, "actor", "chair"));

        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.headers().firstValue("Content-Type")).hasValue("text/csv;charset=UTF-8");
        assertThat(file.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment;");
        List<String> lines = file.body().lines().toList();
        assertThat(lines).hasSize(1004);
        assertThat(lines.get(0)).startsWith("\uFEFF序号,时间");
        assertThat(lines.get(1)).contains("'=X-1002", "2026-03-02T09:16:42+08:00", "chair");
        assertThat(lines.get(1003)).contains("'=X-0,");
        AuditEntry taken = trail.list(new AuditQuery(null, null, "auditor", "audit", null, "AuditExported", null, 1))
                .items()
                .get(0);
        assertThat(taken.detail()).contains(type);
        assertThat(client.as("sysadmin").post("/audit/export", null).status()).isEqualTo(403);
    }

    @Test
    void theAuditorHasTheTrailVerifiedAndReadsTheResult() {
        happen("verified", MORNING);
        TestSession auditor = new TestSession(client.baseUrl());
        auditor.login("auditor", TestDistrict.PASSWORD);

        assertThat(auditor.submit("/audit/seals", "/audit/verifications", Map.of())
                        .statusCode())
                .isEqualTo(302);
        long asked = seals.verifications().get(0).id();
        auditor.submit("/audit", "/audit/verifications", Map.of());
        assertThat(seals.verifications().get(0).id()).as("one at a time").isEqualTo(asked);
        assertThat(auditor.get("/audit/seals").body()).contains("正在核验", "尚未封存");
        assertThat(auditor.get("/audit/verifications/" + asked).headers().firstValue("HX-Refresh"))
                .isEmpty();
        seals.work();

        assertThat(seals.verification(asked).orElseThrow().endedAt()).isNotNull();
        assertThat(auditor.get("/audit/seals?lang=en").body()).contains("Verifications", "seals, ");
        assertThat(auditor.get("/audit/verifications/" + asked).headers().firstValue("HX-Refresh"))
                .hasValue("true");
        assertThat(trail.list(new AuditQuery(
                                null, null, "auditor", "audit", Long.toString(asked), "AuditVerified", null, 1))
                        .items())
                .hasSize(1);
        assertThat(auditor.get("/audit/verifications/999999").statusCode()).isEqualTo(404);
        assertThat(client.as("chair").get("/audit/seals").status()).isEqualTo(403);
    }

    @Test
    void aDifferenceIsToldInBothLanguages() {
        for (Locale language : List.of(Locale.SIMPLIFIED_CHINESE, Locale.ENGLISH)) {
            assertThat(SealDifference.Kind.values()).allSatisfy(kind -> assertThat(
                            messages.getMessage("audit.difference." + kind, new Object[] {"7", 3, 2}, null, language))
                    .contains("7"));
        }
    }

    @Test
    void nothingInTheProgramRemovesOrChangesAnEntry() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
            List<String> meddling = files.filter(file -> file.toString().matches(".*\\.(java|sql)"))
                    .filter(file -> MEDDLING.matcher(text(file)).find())
                    .map(Path::toString)
                    .toList();
            assertThat(meddling).isEmpty();
        }
        assertThat(MEDDLING.matcher("delete from  audit_entry where id = 1").find())
                .isTrue();
        assertThat(MEDDLING.matcher("update audit_entry set actor = 'x'").find())
                .isTrue();
        assertThat(MEDDLING.matcher("TRUNCATE TABLE audit_seal").find()).isTrue();
        assertThat(MEDDLING.matcher("update audit_entry set seal_id = :seal").find())
                .isFalse();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyEventHasItsNameInBothLanguages() {
        Set<String> names = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.manyi").stream()
                        .filter(type -> type.isAssignableTo(CaseEvent.class) && isConcrete(type))
                        .map(JavaClass::getSimpleName)
                        .collect(Collectors.toCollection(TreeSet::new));
        names.remove(SecurityEvent.class.getSimpleName());
        Arrays.stream(SecurityEvent.Kind.values())
                .map(SecurityEvent.Kind::eventName)
                .forEach(names::add);

        for (Locale language : List.of(Locale.SIMPLIFIED_CHINESE, Locale.ENGLISH)) {
            assertThat(names).allSatisfy(name -> assertThat(
                            Optional.ofNullable(messages.getMessage("audit.event." + name, null, null, language)))
                    .as(name)
                    .isPresent());
        }
        assertThat(names).contains("LoggedIn", "IssueRaised", "TaskCompleted", "PostAssigned");
    }

    private static boolean isConcrete(JavaClass type) {
        return !type.isInterface() && !type.getModifiers().contains(JavaModifier.ABSTRACT);
    }
}
