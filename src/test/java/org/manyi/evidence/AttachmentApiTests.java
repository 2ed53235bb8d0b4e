package org.manyi.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.TestClient;
import org.manyi.TestClient.Answer;
import org.springframework.beans.factory.annotation.Autowired;

@ManyiTest
class AttachmentApiTests {

    @Autowired
    TestClient client;

    @Test
    void anUploadAnswersWhatTheContractSays() {
        Answer answer = client.as("jijiao").upload("/api/v1/attachments", "../../整改 前.png", Samples.png(4001));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.text("/id")).hasSize(36);
        assertThat(answer.text("/name")).isEqualTo("整改 前.png");
        assertThat(answer.text("/type")).isEqualTo("image/png");
        assertThat(answer.text("/sha256")).matches("[0-9a-f]{64}");
        assertThat(answer.json().at("/size").asLong()).isPositive();
        assertThat(answer.json().propertyNames()).containsExactlyInAnyOrder("id", "name", "size", "sha256", "type");
    }

    @Test
    void anImageIsShownAndEverythingElseDownloadedAndNothingRuns() {
        Answer image = client.as("jijiao").get("/api/v1/attachments/" + upload("图.png", Samples.png(4002)));
        assertThat(image.status()).isEqualTo(200);
        assertThat(image.headers().getFirst("Content-Disposition")).startsWith("inline;");
        assertThat(image.headers().getFirst("Content-Type")).isEqualTo("image/png");

        Answer paper = client.as("jijiao").get("/api/v1/attachments/" + upload("方案 一.pdf", Samples.pdf()));
        assertThat(paper.headers().getFirst("Content-Disposition"))
                .startsWith("attachment;")
                .contains("filename*=UTF-8''%E6%96%B9%E6%A1%88%20%E4%B8%80.pdf");

        for (Answer answer : new Answer[] {image, paper}) {
            assertThat(answer.headers().get("Content-Security-Policy")).containsExactly("sandbox; default-src 'none'");
            assertThat(answer.headers().get("X-Content-Type-Options")).containsExactly("nosniff");
            assertThat(answer.headers().getFirst("Cache-Control")).contains("no-store");
        }
    }

    @Test
    void whatIsNotYoursIsNotThere() {
        String id = upload("图.png", Samples.png(4003));

        assertThat(client.as("chair").get("/api/v1/attachments/" + id).status()).isEqualTo(404);
        assertThat(client.as("principal001").get("/api/v1/attachments/" + id).status())
                .isEqualTo(404);
        assertThat(client.as("jijiao").get("/api/v1/attachments/not-an-id").status())
                .isEqualTo(404);
        assertThat(client.as("sysadmin").get("/api/v1/attachments/" + id).status())
                .isIn(403, 404);
        assertThat(client.anonymous().get("/api/v1/attachments/" + id).status()).isEqualTo(401);
        assertThat(client.anonymous().get("/attachments/" + id).status()).isIn(302, 303, 401);
    }

    @Test
    void aRefusalIsAProblemInWords() {
        Answer html = client.as("jijiao").upload("/api/v1/attachments", "a.png", "<html><script>".getBytes());
        assertThat(html.status()).isEqualTo(415);
        assertThat(html.headers().getFirst("Content-Type")).startsWith("application/problem+json");
        assertThat(html.text("/code")).isEqualTo("unsupported-type");
        assertThat(html.text("/detail")).contains("JPG");

        Answer large = client.as("jijiao").upload("/api/v1/attachments", "a.pdf", new byte[21 * 1024 * 1024]);
        assertThat(large.status()).isEqualTo(413);
        assertThat(large.headers().getFirst("Content-Type")).startsWith("application/problem+json");

        Answer empty = client.as("jijiao").upload("/api/v1/attachments", "a.pdf", new byte[0]);
        assertThat(empty.status()).isEqualTo(422);
        assertThat(empty.text("/errors/0/field")).isEqualTo("file");
    }

    @Test
    void aBodyThatAnnouncesToBeHugeIsRefusedBeforeItIsSent() throws Exception {
        URI address = URI.create(client.baseUrl());
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(5000);
            OutputStream out = socket.getOutputStream();
            out.write(("POST /api/v1/attachments HTTP/1.1\r\nHost: " + address.getAuthority()
                            + "\r\nAuthorization: Bearer " + client.token("jijiao")
                            + "\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 1073741824\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            InputStream in = socket.getInputStream();
            StringBuilder answer = new StringBuilder();
            while (answer.indexOf("\"code\":\"too-large\"") < 0) {
                int next = in.read();
                assertThat(next).as("what follows " + answer).isNotNegative();
                answer.append((char) next);
            }
            assertThat(answer.toString())
                    .startsWith("HTTP/1.1 413")
                    .contains("Content-Type: application/problem+json", "Connection: close");
        }
    }

    private String upload(String name, byte[] bytes) {
        Answer answer = client.as("jijiao").upload("/api/v1/attachments", name, bytes);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.text("/id");
    }
}
