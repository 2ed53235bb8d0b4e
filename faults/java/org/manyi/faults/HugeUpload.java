package org.manyi.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One upload whose bytes are made while they are sent, over a connection of its own, by somebody who reads while he writes: so an
 * answer that comes before the last byte is seen when it comes.
 *
 * @param door where to, with the headers of who sends it
 * @param announced with {@code Content-Length}, else in chunks of unknown number
 * @param bytes how many
 */
record HugeUpload(Door door, boolean announced, long bytes) {

    private static final String BOUNDARY = "manyi-faults-boundary";
    private static final String HEAD = "--" + BOUNDARY
            + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"paper.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.4\n";
    private static final String TAIL = "\r\n--" + BOUNDARY + "--\r\n";

    /** Nobody waits longer for the rest. */
    private static final int PATIENCE = 60_000;

    /**
     * A door and who comes to it.
     *
     * @param headers whole lines, none for a stranger
     */
    record Door(String name, String path, List<String> headers) {}

    /**
     * What became of it.
     *
     * @param status 0 when the connection was closed without an answer
     * @param sent bytes taken from the sender until it ended
     */
    record Outcome(int status, double seconds, long sent) {}

    /** Sends it to its end, or to the answer. */
    Outcome send(String url) {
        URI node = URI.create(url);
        long begun = System.nanoTime();
        try (Socket socket = new Socket(node.getHost(), node.getPort())) {
            socket.setSoTimeout(PATIENCE);
            Sender sender = new Sender(socket.getOutputStream(), node);
            Thread thread = new Thread(sender, "huge-upload");
            thread.setDaemon(true);
            thread.start();
            int status = read(socket);
            double seconds = (System.nanoTime() - begun) / 1e9;
            return new Outcome(status, seconds, sender.sent);
        } catch (IOException e) {
            return new Outcome(0, (System.nanoTime() - begun) / 1e9, 0);
        }
    }

    private static int read(Socket socket) {
        try {
            String line = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))
                    .readLine();
            return line == null ? 0 : Integer.parseInt(line.split(" ")[1]);
        } catch (IOException e) {
            return 0;
        }
    }

    private final class Sender implements Runnable {

        private final OutputStream out;
        private final URI node;
        private volatile long sent;

        private Sender(OutputStream out, URI node) {
            this.out = out;
            this.node = node;
        }

        @Override
        public void run() {
            try {
                send();
            } catch (IOException e) {
                // The server has closed the connection; the reader says with what answer.
            }
        }

        private void send() throws IOException {
            byte[] head = HEAD.getBytes(StandardCharsets.US_ASCII);
            byte[] tail = TAIL.getBytes(StandardCharsets.US_ASCII);
            StringBuilder request = new StringBuilder(
                            "POST %s HTTP/1.1\r\nHost: localhost:%d\r\n".formatted(door.path(), node.getPort()))
                    .append("Content-Type: multipart/form-data; boundary=%s\r\n".formatted(BOUNDARY));
            door.headers().forEach(header -> request.append(header).append("\r\n"));
            request.append(
                    announced
                            ? "Content-Length: " + (head.length + bytes + tail.length) + "\r\n\r\n"
                            : "Transfer-Encoding: chunked\r\n\r\n");
            out.write(request.toString().getBytes(StandardCharsets.ISO_8859_1));
            write(head, head.length);
            byte[] filler = new byte[64 * 1024];
            for (long left = bytes; left > 0; left -= filler.length) {
                write(filler, (int) Math.min(left, filler.length));
            }
            write(tail, tail.length);
            if (!announced) {
                out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            out.flush();
        }

        private void write(byte[] part, int length) throws IOException {
            if (!announced) {
                out.write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            }
            out.write(part, 0, length);
            if (!announced) {
                out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            sent += length;
        }
    }
}
