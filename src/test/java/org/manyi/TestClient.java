package org.manyi;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The API as a program uses it: real HTTP to the test's port, a bearer token a person, taken once. Refusals are answers like others,
 * never exceptions. Injected into any {@link ManyiTest}.
 */
@Component
public class TestClient {

    private final Environment environment;
    private final JsonMapper json;
    private final RestClient http;
    private final Map<String, String> tokens = new ConcurrentHashMap<>();

    TestClient(Environment environment, JsonMapper json) {
        this.environment = environment;
        this.json = json;
        this.http = RestClient.builder()
                .requestFactory(new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build()))
                .defaultStatusHandler(status -> true, (request, response) -> {})
                .build();
    }

    /**
     * What came back.
     *
     * @param body "" when there was none
     */
    public record Answer(int status, HttpHeaders headers, String body, JsonMapper mapper) {

        /** The body as JSON. */
        public JsonNode json() {
            return mapper.readTree(body);
        }

        /** A value of the body by JSON pointer, such as {@code /items/0/name}, as text; null when absent or null. */
        public String text(String pointer) {
            JsonNode node = json().at(pointer);
            return node.isMissingNode() || node.isNull() ? null : node.asString();
        }
    }

    /** Everything that {@code username} does by API. */
    public As as(String username) {
        return new As(this, username, Map.of());
    }

    /** Somebody without a token. */
    public As anonymous() {
        return new As(this, null, Map.of());
    }

    /** One person at the API. */
    public record As(TestClient client, String username, Map<String, String> headers) {

        /** The same with another header in every request. */
        public As with(String header, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(header, value);
            return new As(client, username, more);
        }

        /** GET. */
        public Answer get(String path) {
            return client.send(HttpMethod.GET, path, this, null, null);
        }

        /** POST of a body that becomes JSON; null for none. A string is sent as it is. */
        public Answer post(String path, Object body) {
            return client.send(HttpMethod.POST, path, this, body, MediaType.APPLICATION_JSON);
        }

        /** POST of a form, encoded by the caller. */
        public Answer form(String path, String encoded) {
            return client.send(HttpMethod.POST, path, this, encoded, MediaType.APPLICATION_FORM_URLENCODED);
        }

        /** PUT of a body that becomes JSON. */
        public Answer put(String path, Object body) {
            return client.send(HttpMethod.PUT, path, this, body, MediaType.APPLICATION_JSON);
        }

        /** DELETE. */
        public Answer delete(String path) {
            return client.send(HttpMethod.DELETE, path, this, null, null);
        }

        /** Any method. */
        public Answer send(String method, String path) {
            return client.send(HttpMethod.valueOf(method), path, this, null, null);
        }

        /** POST of one file as the multipart field {@code file}. */
        public Answer upload(String path, String name, byte[] bytes) {
            MultiValueMap<String, Object> parts = new LinkedMultiValueMap<>();
            parts.add("file", new HttpEntity<>(new ByteArrayResource(bytes) {
                @Override
                public String getFilename() {
                    return name;
                }
            }));
            return client.send(HttpMethod.POST, path, this, parts, MediaType.MULTIPART_FORM_DATA);
        }
    }

    /** The person's token, taken at the first use. */
    public String token(String username) {
        return tokens.computeIfAbsent(username, name -> {
            Answer answer = login(name, TestDistrict.PASSWORD);
            if (answer.status() != 200) {
                throw new AssertionError("No token for " + name + ": " + answer.status() + " " + answer.body());
            }
            return answer.text("/token");
        });
    }

    /** Forgets a token, so that the next request takes a new one. */
    public void forget(String username) {
        tokens.remove(username);
    }

    /** A try to take a token. */
    public Answer login(String username, String password) {
        return anonymous().post("/api/v1/tokens", Map.of("username", username, "password", password));
    }

    /** The address of the test's server, without a slash at its end. */
    public String baseUrl() {
        return "http://localhost:" + environment.getRequiredProperty("local.server.port");
    }

    private Answer send(HttpMethod method, String path, As as, Object body, MediaType type) {
        RestClient.RequestBodySpec request = http.method(method)
                .uri(URI.create(baseUrl() + path))
                .headers(headers -> as.headers().forEach(headers::set));
        if (as.username() != null) {
            request.header(HttpHeaders.AUTHORIZATION, "Bearer " + token(as.username()));
        }
        if (body != null) {
            request.contentType(type).body(body);
        }
        ResponseEntity<byte[]> answer = request.retrieve().toEntity(byte[].class);
        byte[] bytes = answer.getBody() == null ? new byte[0] : answer.getBody();
        return new Answer(
                answer.getStatusCode().value(), answer.getHeaders(), new String(bytes, StandardCharsets.UTF_8), json);
    }
}
