package org.manyi.issue;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.manyi.security.CurrentUser;

/**
 * The ledger with reporters in clear (domain rule E15): asked for with a purpose, decided by another person, taken away by the asker alone
 * for a limited time. Reporters of complaints about a person stay masked even then, and matters of a child's safety stay out.
 */
public interface UnmaskedExports {

    /** The longest purpose and the longest reason, in characters. */
    int LONGEST = 300;

    /** Where a request stands. */
    enum State {
        /** Nobody has decided. */
        WAITING("waiting"),
        /** It may be downloaded. */
        APPROVED("approved"),
        /** It was approved, and its time is over. */
        EXPIRED("expired"),
        /** It will not be given out. */
        REFUSED("refused"),
        /** The asker no longer needs it; nobody had decided. */
        WITHDRAWN("withdrawn");

        private final String code;

        State(String code) {
            this.code = code;
        }

        /** The name in pages and message keys; never null. */
        public String code() {
            return code;
        }

        /** The state of this name; empty when unknown. */
        public static Optional<State> of(String code) {
            return Arrays.stream(values()).filter(it -> it.code.equals(code)).findFirst();
        }
    }

    /**
     * A request.
     *
     * @param number such as {@code 2026-DC-0007}, never null
     * @param askedBy username, never null
     * @param askedByName never null
     * @param purpose what it is for, in words; never null
     * @param filter which issues are asked for, by the names in the ledger's address; frozen when it was asked; never null
     * @param matched how many issues that were
     * @param state never null
     * @param decidedByName null while it waits
     * @param decidedAt null while it waits
     * @param reason of the decision in words, null when none was given
     * @param expiresAt until when it may be downloaded, null unless approved
     * @param downloads in order, never null
     * @param mayDecide whether the person who looks may decide it now
     * @param mayDownload whether the person who looks may download it now
     * @param mayWithdraw whether the person who looks may withdraw it now
     */
    record Request(
            String number,
            String askedBy,
            String askedByName,
            Instant askedAt,
            String purpose,
            Map<String, List<String>> filter,
            long matched,
            State state,
            String decidedByName,
            Instant decidedAt,
            String reason,
            Instant expiresAt,
            List<Download> downloads,
            boolean mayDecide,
            boolean mayDownload,
            boolean mayWithdraw) {}

    /**
     * The workbook was taken away once.
     *
     * @param issues how many it held
     */
    record Download(Instant at, long issues) {}

    /** Whether the person may ask: who sees reporters masked. */
    boolean mayAsk(CurrentUser user);

    /** For how many hours an approved workbook may be downloaded. */
    int hours();

    /** How many issues that the person sees a question finds, as the workbook would hold them. */
    long count(IssueQuery query, CurrentUser user);

    /**
     * Asks; those who may decide are told.
     *
     * @param filter which issues, by the names in the ledger's address; never null
     * @param query the same as a question
     * @param purpose what it is for
     * @return the request's number
     * @throws org.manyi.shared.ForbiddenException when the person may not ask
     * @throws org.manyi.shared.ValidationException with field {@code purpose}, or with {@code size} when nothing or too much is found
     */
    String ask(Map<String, List<String>> filter, IssueQuery query, String purpose, CurrentUser user);

    /** The person's own requests, and all of them where the person may decide; what waits first, then the latest, at most 100. */
    List<Request> list(CurrentUser user);

    /**
     * One of those.
     *
     * @throws org.manyi.shared.NotFoundException when there is none, or it is not the person's to see
     */
    Request find(String number, CurrentUser user);

    /**
     * Decides; the asker is told.
     *
     * @param reason required to refuse
     * @throws org.manyi.shared.NotFoundException as {@link #find}
     * @throws org.manyi.shared.ForbiddenException when the person asked himself, or may not decide
     * @throws org.manyi.shared.ConflictException not-active when it was decided already
     * @throws org.manyi.shared.ValidationException with field {@code reason}
     */
    void decide(String number, boolean approve, String reason, CurrentUser user);

    /**
     * Takes a request back before anybody decided.
     *
     * @throws org.manyi.shared.NotFoundException as {@link #find}
     * @throws org.manyi.shared.ForbiddenException when it is another person's
     * @throws org.manyi.shared.ConflictException not-active when it does not wait any more
     */
    void withdraw(String number, CurrentUser user);

    /**
     * Reads what was approved, as it stands now, for the asker.
     *
     * @param asQuery makes a question of the frozen filter
     * @throws org.manyi.shared.NotFoundException as {@link #find}
     * @throws org.manyi.shared.ForbiddenException when it is another person's
     * @throws org.manyi.shared.ConflictException not-active when it is not approved, or its time is over
     * @throws IOException when the sink cannot take it
     */
    void read(
            String number, Function<Map<String, List<String>>, IssueQuery> asQuery, CurrentUser user, Ledger.Sink sink)
            throws IOException;

    /** Keeps that the workbook was taken away, in the request and in the trail. */
    void taken(String number, long issues, String sha256, CurrentUser user);
}
