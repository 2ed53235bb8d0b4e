package org.manyi.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.manyi.shared.ConflictException;
import org.manyi.shared.TryLaterException;
import org.manyi.shared.web.Problems;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Makes {@code POST}s to the API that carry an {@code Idempotency-Key} safe to send again, and forms of pages that carry the field
 * {@code once}: a second click, a reload or the back button repeats the answer, not the work.
 */
class IdempotencyFilter extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(IdempotencyFilter.class);
    private static final String HEADER = "Idempotency-Key";
    private static final String FORM_FIELD = "once";
    private static final Pattern VALID_IN_FORM = Pattern.compile("[0-9a-f-]{36}");
    private static final String CSRF_FIELD = "_csrf";
    private static final Pattern VALID = Pattern.compile("[\\x21-\\x7e]{1,200}");
    private static final int LONGEST_PATH = 500;

    /** The largest body of JSON that the API reads. */
    private static final int LARGEST_BODY = 2 * 1024 * 1024;

    /** Answers with a secret, which is not kept. */
    private static final String TOKENS = "/api/v1/tokens";

    private final IdempotencyKeys keys;
    private final IdempotencyMark mark;
    private final CurrentUsers users;
    private final Problems problems;

    IdempotencyFilter(IdempotencyKeys keys, IdempotencyMark mark, CurrentUsers users, Problems problems) {
        this.keys = keys;
        this.mark = mark;
        this.users = users;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        if (!request.getMethod().equals("POST")) {
            return true;
        }
        return Problems.isApi(request)
                ? request.getHeader(HEADER) == null || request.getRequestURI().equals(request.getContextPath() + TOKENS)
                : formKey(request) == null;
    }

    private static String formKey(HttpServletRequest request) {
        String key = request.getParameter(FORM_FIELD);
        return key != null && VALID_IN_FORM.matcher(key).matches() ? key : null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<CurrentUser> user = users.find();
        if (user.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        if (!Problems.isApi(request)) {
            submit(user.get(), request, response, chain);
            return;
        }
        String key = request.getHeader(HEADER);
        if (!VALID.matcher(key).matches()) {
            problems.send(request, response, problems.of(400, "malformed", "security.problem.idempotencyKey"));
            return;
        }
        HttpServletRequest read = request;
        String sha256;
        if (isMultipart(request)) {
            sha256 = hashOfParts(request);
        } else {
            byte[] body = request.getInputStream().readNBytes(LARGEST_BODY + 1);
            if (body.length > LARGEST_BODY) {
                problems.send(request, response, problems.of(413, "too-large", "shared.problem.tooLarge"));
                return;
            }
            sha256 = HexFormat.of().formatHex(sha256().digest(body));
            read = new ReadRequest(request, body);
        }
        if (sha256 == null) {
            // The upload is not sound; whoever reads it next says so.
            chain.doFilter(request, response);
            return;
        }
        answer(keys.begin(user.get().username(), pathOf(request), key, sha256), read, response, chain);
    }

    /** A form that comes back with other content is another request: nobody who corrects a text is told that it was sent before. */
    private void submit(CurrentUser user, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String sha256 = hashOfForm(request);
        if (sha256 == null) {
            chain.doFilter(request, response);
            return;
        }
        String key = formKey(request) + ":" + sha256;
        answer(keys.begin(user.username(), pathOf(request), key, sha256), request, response, chain);
    }

    private void answer(
            IdempotencyKeys.Outcome outcome,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain)
            throws ServletException, IOException {
        if (outcome instanceof IdempotencyKeys.Outcome.Start start) {
            execute(start.id(), request, response, chain);
        } else if (outcome instanceof IdempotencyKeys.Outcome.Replay replay) {
            replay(replay, response);
        } else if (outcome instanceof IdempotencyKeys.Outcome.Reused) {
            problems.send(request, response, ConflictException.of(ConflictException.Reason.IDEMPOTENCY_KEY_REUSED));
        } else if (outcome instanceof IdempotencyKeys.Outcome.Done) {
            problems.send(
                    request,
                    response,
                    new ConflictException(ConflictException.Reason.NOT_ACTIVE, "security.problem.executedBefore"));
        } else {
            problems.send(request, response, TryLaterException.busy(Duration.ofSeconds(10)));
        }
    }

    private void execute(long id, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ContentCachingResponseWrapper answer = new ContentCachingResponseWrapper(response);
        boolean returned = false;
        mark.begin(id);
        try {
            chain.doFilter(request, answer);
            returned = true;
        } finally {
            mark.end();
            settle(id, returned ? answer.getStatus() : HttpServletResponse.SC_INTERNAL_SERVER_ERROR, answer);
        }
        answer.copyBodyToResponse();
    }

    /** Whatever happens to the key, the answer goes out: the work is done or refused already. */
    private void settle(long id, int status, ContentCachingResponseWrapper answer) {
        try {
            if (status < 400) {
                keys.finish(
                        id,
                        status,
                        answer.getHeader(HttpHeaders.LOCATION),
                        answer.getContentType(),
                        new String(answer.getContentAsByteArray(), StandardCharsets.UTF_8));
            } else if (status < 500) {
                keys.release(id);
            } else {
                keys.releaseUnlessExecuted(id);
            }
        } catch (RuntimeException e) {
            LOG.warn("The answer to a keyed request could not be kept", e);
        }
    }

    private static void replay(IdempotencyKeys.Outcome.Replay replay, HttpServletResponse response) throws IOException {
        response.setStatus(replay.status());
        if (replay.location() != null) {
            response.setHeader(HttpHeaders.LOCATION, replay.location());
        }
        if (replay.contentType() != null) {
            response.setContentType(replay.contentType());
        }
        response.getOutputStream().write(replay.body().getBytes(StandardCharsets.UTF_8));
    }

    private static String pathOf(HttpServletRequest request) {
        String query = request.getQueryString();
        String path = request.getRequestURI() + (query == null ? "" : "?" + query);
        return path.length() <= LONGEST_PATH
                ? path
                : HexFormat.of().formatHex(sha256().digest(path.getBytes(StandardCharsets.UTF_8)));
    }

    private static boolean isMultipart(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.regionMatches(true, 0, "multipart/", 0, "multipart/".length());
    }

    private static String hashOfForm(HttpServletRequest request) {
        if (isMultipart(request)) {
            return hashOfParts(request);
        }
        MessageDigest digest = sha256();
        request.getParameterMap().forEach((name, values) -> {
            if (!name.equals(CSRF_FIELD)) {
                update(digest, name);
                Arrays.stream(values).forEach(value -> update(digest, value));
            }
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The hash of what the parts hold: the boundary between them differs each time the same upload is sent. */
    private static String hashOfParts(HttpServletRequest request) {
        MessageDigest digest = sha256();
        try {
            for (Part part : request.getParts()) {
                if (CSRF_FIELD.equals(part.getName())) {
                    continue;
                }
                update(digest, part.getName());
                update(digest, part.getSubmittedFileName());
                update(digest, String.valueOf(part.getSize()));
                try (InputStream bytes = new DigestInputStream(part.getInputStream(), digest)) {
                    bytes.transferTo(OutputStream.nullOutputStream());
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException | ServletException | IllegalStateException e) {
            return null;
        }
    }

    private static void update(MessageDigest digest, String text) {
        digest.update(String.valueOf(text).getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The request with its body, which has been read, to be read again. */
    private static final class ReadRequest extends HttpServletRequestWrapper {

        private final byte[] body;

        private ReadRequest(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public ServletInputStream getInputStream() {
            return new BodyStream(new ByteArrayInputStream(body));
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(new InputStreamReader(new ByteArrayInputStream(body), StandardCharsets.UTF_8));
        }
    }

    private static final class BodyStream extends ServletInputStream {

        private final ByteArrayInputStream bytes;

        private BodyStream(ByteArrayInputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            return bytes.read(into, offset, length);
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("The API reads bodies in the request's own thread");
        }
    }
}
