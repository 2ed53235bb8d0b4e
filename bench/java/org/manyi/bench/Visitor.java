package org.manyi.bench;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody at a browser without eyes: a session, compressed pages as browsers ask for them, and a token for the API. */
public final class Visitor {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*? (?:value|content)=\"([^\"]+)\"");
    private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final String base;
    private String token;

    /** {@code base} is the server's address without a slash at its end. */
    public Visitor(String base) {
        this.base = base;
    }

    /** Logs in by the login page and takes a token too. */
    public Visitor login(String username, String password) throws IOException, InterruptedException {
        String fields = "username=" + username + "&password=" + encoded(password);
        HttpResponse<String> answer = post("/login", fields, csrf(get("/login")));
        if (answer.statusCode() != 302 && answer.statusCode() != 303) {
            throw new IOException(username + " cannot log in: " + answer.statusCode());
        }
        String body = "{\"username\":\"" + username + "\",\"password\":\"" + password + "\"}";
        // Without the session's cookie: a browser's request would have to carry its token against forgery.
        HttpResponse<String> given = HttpClient.newHttpClient()
                .send(
                request("/api/v1/tokens")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        Matcher found = TOKEN.matcher(given.body());
        if (!found.find()) {
            throw new IOException(username + " gets no token: " + given.statusCode());
        }
        token = found.group(1);
        return this;
    }

    /**
     * A page.
     *
     * @throws IOException when the answer is anything but 200
     */
    public String get(String path) throws IOException, InterruptedException {
        return body(path, http.send(request(path).build(), HttpResponse.BodyHandlers.ofString()));
    }

    /** How many bytes the compressed answer has. */
    public long compressed(String path) throws IOException, InterruptedException {
        HttpRequest request = request(path).header("Accept-Encoding", "gzip").build();
        HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IOException(path + ": " + answer.statusCode());
        }
        return answer.body().length;
    }

    /** An answer of the API, asked for with the token. */
    public String api(String path) throws IOException, InterruptedException {
        HttpRequest request = request(path).header("Authorization", "Bearer " + token).build();
        return body(path, http.send(request, HttpResponse.BodyHandlers.ofString()));
    }

    /** Posts a form. */
    public HttpResponse<String> post(String path, String fields, String csrf) throws IOException, InterruptedException {
        return http.send(
                request(path)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(fields + "&_csrf=" + encoded(csrf)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** The token against forged requests that a page holds. */
    public static String csrf(String page) throws IOException {
        Matcher found = CSRF.matcher(page);
        if (!found.find()) {
            throw new IOException("No CSRF token");
        }
        return found.group(1);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(60));
    }

    private static String body(String path, HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() != 200) {
            throw new IOException(path + ": " + answer.statusCode());
        }
        return answer.body();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
