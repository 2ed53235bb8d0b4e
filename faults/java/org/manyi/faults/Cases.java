package org.manyi.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.manyi.faults.NodeClient.Answer;
import tools.jackson.databind.JsonNode;

/** Issues and their tasks as the people of the demonstration district work on them by API. */
final class Cases {

    private static final AtomicInteger SHADES = new AtomicInteger();

    private Cases() {}

    /** What {@code office} reports: about 第一小学, from the hotline, with somebody to call back. */
    static Map<String, Object> report(String title) {
        return Map.of(
                "title", title,
                "description", "每天下午放学半小时内最严重",
                "kind", "appeal",
                "source", "hotline",
                "category", "communication",
                "severity", "medium",
                "schoolCode", "S0001",
                "confirmNotDuplicate", true,
                "reporter", Map.of("name", "郝某晴", "phone", "13900009999"));
    }

    /** Raises one; answers its number. */
    static String raise(NodeClient node, String title) {
        Answer raised = node.as("office").post("/api/v1/issues", report(title));
        assertThat(raised.status()).as(raised.body()).isEqualTo(201);
        return raised.text("/number");
    }

    /** The case as the chair sees it. */
    static JsonNode issue(NodeClient node, String number) {
        Answer answer = node.as("chair").get("/api/v1/issues/" + number);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    /** The id of the open task with this key. */
    static String task(NodeClient node, String number, String key) {
        for (JsonNode task : issue(node, number).at("/tasks")) {
            if (task.at("/key").asString().equals(key)) {
                return task.at("/id").asString();
            }
        }
        throw new AssertionError(number + " has no open task " + key);
    }

    /** The version of a task. */
    static int version(NodeClient as, String task) {
        return as.get("/api/v1/tasks/" + task + "/form").json().at("/version").asInt();
    }

    /** A try to complete a task. */
    static Answer complete(NodeClient as, String task, int version, Map<String, Object> values) {
        return as.post("/api/v1/tasks/" + task + "/complete", Map.of("version", version, "values", values));
    }

    /** Completes an open task and insists on it. */
    static void pass(NodeClient as, String number, String key, Map<String, Object> values) {
        String task = task(as, number, key);
        Answer done = complete(as, task, version(as, task), values);
        assertThat(done.status()).as(key + ": " + done.body()).isEqualTo(200);
    }

    /** Has {@code jijiao} accept what was raised; 第一小学 puts it right. */
    static void accept(NodeClient node, String number) {
        pass(
                node.as("jijiao"),
                number,
                "triageIssue",
                Map.of("decision", "accept", "department", "jijiao", "unitCode", "S0001"));
    }

    /** Stores a photograph for a task, another one each time; answers its id. */
    static String attach(NodeClient as, String task) {
        Answer stored = as.upload("/api/v1/tasks/" + task + "/attachments", "photo.png", photograph());
        assertThat(stored.status()).as(stored.body()).isEqualTo(201);
        return stored.text("/id");
    }

    private static byte[] photograph() {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
            image.setRGB(0, 0, SHADES.incrementAndGet());
            ImageIO.write(image, "png", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
