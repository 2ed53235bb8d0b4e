package org.manyi.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.manyi.ManyiTest;
import org.manyi.TestClient;
import org.manyi.TestDistrict;
import org.manyi.TestSession;
import org.springframework.beans.factory.annotation.Autowired;

/** What the server says to requests that no browser of good will sends, byte by byte. */
@ManyiTest
class ServerAnswersTests {

    private static final List<String> HEADERS = List.of(
            "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; media-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options: nosniff",
            "X-Frame-Options: DENY",
            "Referrer-Policy: same-origin",
            "Cache-Control: no-store");

    @Autowired
    private TestClient client;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            no request line    | GARBAGE~~                                                             | 400
            broken method      | G@T / HTTP/1.1~Host: localhost~~                                      | 400
            unknown method     | FOO /login HTTP/1.1~Host: localhost~~                                 | 400
            unknown version    | GET / HTTP/9.9~Host: localhost~~                                      | 505
            braces             | GET /{x} HTTP/1.1~Host: localhost~~                                   | 400
            broken escape      | GET /%zz HTTP/1.1~Host: localhost~~                                   | 400
            escaped slash      | GET /a%2fb HTTP/1.1~Host: localhost~~                                 | 400
            escaped NUL        | GET /a%00b HTTP/1.1~Host: localhost~~                                 | 400
            escaped backslash  | GET /a%5cb HTTP/1.1~Host: localhost~~                                 | 400
            above the root     | GET /../../x HTTP/1.1~Host: localhost~~                               | 400
            no host            | GET / HTTP/1.1~~                                                      | 400
            two hosts          | GET / HTTP/1.1~Host: localhost~Host: evil~~                           | 400
            broken host        | GET / HTTP/1.1~Host: a b~~                                            | 400
            broken port        | GET / HTTP/1.1~Host: a:xx~~                                           | 400
            broken header      | GET / HTTP/1.1~Host: localhost~X Y: a~~                               | 400
            other host in line | GET http://evil/login HTTP/1.1~Host: localhost~~                      | 400
            trace              | TRACE / HTTP/1.1~Host: localhost~~                                    | 405
            tunnel             | CONNECT a:80 HTTP/1.1~Host: localhost~~                               | 501
            broken length      | POST /login HTTP/1.1~Host: localhost~Content-Length: abc~~            | 400
            unknown coding     | POST /login HTTP/1.1~Host: localhost~Transfer-Encoding: foo~~         | 501
            too large          | POST /login HTTP/1.1~Host: localhost~Content-Length: 1000000000~~     | 413
            path parameter     | GET /login;a=b HTTP/1.1~Host: localhost~~                             | 400
            unknown name       | GET /login HTTP/1.1~Host: evil.example~~                              | 421
            range of nothing   | GET /assets/app.css HTTP/1.1~Host: localhost~Range: bytes=999999999-~~| 416
            """)
    void whatItCannotReadItRefusesInItsProtectingHeaders(String what, String request, int status) throws IOException {
        Said said = say(request.strip().replace("~", "\r\n"));

        assertThat(said.status()).as(what).isEqualTo(status);
        assertProtected(said);
    }

    @Test
    void headersThatAreTooLongAreRefusedSo() throws IOException {
        assertProtected(say("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "a".repeat(20_000) + "\r\n\r\n"));
        assertProtected(say("GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    }

    private static void assertProtected(Said said) {
        assertThat(said.head()).as(said.head()).contains(HEADERS);
        assertThat(said.head())
                .doesNotContainIgnoringCase("server:", "tomcat", "x-powered-by", "strict-transport-security");
        assertThat(said.body()).doesNotContainIgnoringCase("tomcat", "exception", "<style", "<script>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST.", "127.0.0.1", "192.168.3.7:8080", "[::1]", "[fe80::1]:8080"})
    void itAnswersToItsNameAndToNumbers(String host) throws IOException {
        assertThat(say("GET /login HTTP/1.1\r\nHost: " + host + "\r\n\r\n").status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "localhost.evil.example", "evil.example:80", "127.0.0.1.evil.example", "xn--a"})
    void itAnswersToNoOtherName(String host) throws IOException {
        Said said = say("GET /login HTTP/1.1\r\nHost: " + host + "\r\n\r\n");

        assertThat(said.status()).isEqualTo(421);
        assertThat(said.body()).doesNotContain("evil");
    }

    @Test
    void noHeaderOfAStrangerChangesWhereALinkLeads() throws IOException {
        for (String name : List.of(
                "X-Forwarded-Host",
                "X-Forwarded-Server",
                "X-Host",
                "X-Original-Host",
                "X-HTTP-Host-Override",
                "Forwarded",
                "X-Forwarded-Proto",
                "X-Forwarded-Port",
                "X-Forwarded-Prefix",
                "X-Original-URL",
                "X-Rewrite-URL",
                "Referer",
                "Origin")) {
            for (String value : List.of(
                    "evil.example",
                    "evil.example:443",
                    "https://evil.example",
                    "//evil.example",
                    "host=evil.example",
                    "localhost, evil.example",
                    "evil.example, localhost",
                    "/evil.example",
                    "https",
                    "8443",
                    "@evil.example",
                    "evil.example#",
                    "evil.example?",
                    "evil.example%0d%0aX: y",
                    "[::1]evil.example",
                    ".evil.example")) {
                Said said = say("GET /inbox HTTP/1.1\r\nHost: localhost\r\n" + name + ": " + value + "\r\n\r\n");
                assertThat(said.status()).as(name + ": " + value).isEqualTo(302);
                assertThat(said.head()).as(name + ": " + value).contains("Location: /login?next=%2Finbox");
                assertThat(said.head() + said.body()).doesNotContain("evil");
            }
        }
    }

    @Test
    void theNameOfAForeignFileIsNotShownInARefusedForm() {
        String file = client.as("staff001")
                .upload(
                        "/api/v1/attachments",
                        "secret-name.pdf",
                        "%PDF-1.4\n%%EOF\n".getBytes(StandardCharsets.US_ASCII))
                .text("/id");
        assertThat(file).isNotNull();
        TestSession other = new TestSession(client.baseUrl());
        other.login("staff002", TestDistrict.PASSWORD);

        var answer = other.submit("/issues/new", "/issues", Map.of("title", "", "kept", file));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).doesNotContain("secret-name");
    }

    private record Said(int status, String head, String body) {}

    private Said say(String request) throws IOException {
        try (Socket socket =
                new Socket("localhost", URI.create(client.baseUrl()).getPort())) {
            socket.setSoTimeout(20_000);
            String asked = request.contains("Connection:")
                    ? request
                    : request.replaceFirst("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
            socket.getOutputStream().write(asked.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int end = answer.indexOf("\r\n\r\n");
            return new Said(
                    Integer.parseInt(answer.substring(9, 12)), answer.substring(0, end), answer.substring(end + 4));
        }
    }
}
