package org.manyi.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The API of a node as a program uses it, one person a client. Refusals and broken connections are answers like others, never
 * exceptions. Immutable: {@link #as}, {@link #at} and {@link #with} answer another client, with the same tokens.
 */
final class NodeClient {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http;
    private final String base;
    private final String username;
    private final List<String> headers;
    private final Map<String, String> tokens;

    private NodeClient(
            HttpClient http, String base, String username, List<String> headers, Map<String, String> tokens) {
        this.http = http;
        this.base = base;
        this.username = username;
        this.headers = headers;
        this.tokens = tokens;
    }

    /** Nobody, at a node. */
    static NodeClient of(Node node) {
        return new NodeClient(
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(Duration.ofSeconds(5))
                        .build(),
                node.url(),
                null,
                List.of(),
                new ConcurrentHashMap<>());
    }

    /**
     * What came back.
     *
     * @param status 0 when nothing did
     * @param body "" when there was none, or what broke when nothing came back
     */
    record Answer(int status, Map<String, List<String>> headers, String body) {

        /** The body as JSON. */
        JsonNode json() {
            return JSON.readTree(body);
        }

        /** A value of the body by JSON pointer, such as {@code /items/0/name}, as text; null when absent or null. */
        String text(String pointer) {
            JsonNode node = json().at(pointer);
            return node.isMissingNode() || node.isNull() ? null : node.asString();
        }

        /** Whether the server said that it was done. */
        boolean done() {
            return status >= 200 && status < 300;
        }
    }

    /** The same node as somebody, whose token is taken at the first request and used at every node. */
    NodeClient as(String newUsername) {
        return new NodeClient(http, base, newUsername, headers, tokens);
    }

    /** The same person at another node of the same database. */
    NodeClient at(Node other) {
        return new NodeClient(http, other.url(), username, headers, tokens);
    }

    /** The same with another header in every request. */
    NodeClient with(String header, String value) {
        List<String> more = new ArrayList<>(headers);
        more.addAll(List.of(header, value));
        return new NodeClient(http, base, username, more, tokens);
    }

    /** GET. */
    Answer get(String path) {
        return send(path, "GET", null, null);
    }

    /** POST of a body that becomes JSON; null for none. */
    Answer post(String path, Object body) {
        return body == null
                ? send(path, "POST", new byte[0], null)
                : send(path, "POST", json(body), "application/json");
    }

    /** DELETE. */
    Answer delete(String path) {
        return send(path, "DELETE", null, null);
    }

    /** POST of one file as the multipart field {@code file}. */
    Answer upload(String path, String name, byte[] bytes) {
        String boundary = UUID.randomUUID().toString();
        byte[] head = "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n\r\n"
                .formatted(boundary, name)
                .getBytes(StandardCharsets.UTF_8);
        byte[] tail = "\r\n--%s--\r\n".formatted(boundary).getBytes(StandardCharsets.UTF_8);
        byte[] body = new byte[head.length + bytes.length + tail.length];
        System.arraycopy(head, 0, body, 0, head.length);
        System.arraycopy(bytes, 0, body, head.length, bytes.length);
        System.arraycopy(tail, 0, body, head.length + bytes.length, tail.length);
        return send(path, "POST", body, "multipart/form-data; boundary=" + boundary);
    }

    /** A try to take a token. */
    Answer login(String name, String password) {
        return as(null).post("/api/v1/tokens", Map.of("username", name, "password", password));
    }

    /** Takes the person's token now, so that no later request is a login as well. */
    NodeClient loggedIn() {
        token();
        return this;
    }

    /** A body as it is sent. */
    static byte[] json(Object body) {
        return JSON.writeValueAsBytes(body);
    }

    /** The person's token, taken at the first use. */
    String token() {
        return tokens.computeIfAbsent(username, name -> {
            Answer answer = login(name, "Manyi-2026!");
            if (answer.status() != 200) {
                throw new AssertionError("No token for " + name + ": " + answer.status() + " " + answer.body());
            }
            return answer.text("/token");
        });
    }

    private Answer send(String path, String method, byte[] body, String type) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(60))
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        Optional.ofNullable(type).ifPresent(value -> request.header("Content-Type", value));
        if (!headers.isEmpty()) {
            request.headers(headers.toArray(String[]::new));
        }
        if (username != null) {
            request.header("Authorization", "Bearer " + token());
        }
        try {
            HttpResponse<String> answer =
                    http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Answer(answer.statusCode(), answer.headers().map(), answer.body());
        } catch (IOException e) {
            return new Answer(0, Map.of(), e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
