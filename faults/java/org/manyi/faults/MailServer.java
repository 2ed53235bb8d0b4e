package org.manyi.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** The mail server of all nodes: it takes what it gets, unless it is told to be away, silent or rude. */
final class MailServer implements AutoCloseable {

    /** How it behaves from now on. */
    enum Mode {
        TAKES,
        /** Accepts connections and says nothing. */
        SILENT,
        /** Asks to come back later. */
        BUSY,
        /** Refuses every recipient. */
        REFUSES,
        /** Takes the letter and hangs up before it says so. */
        HANGS_UP_AFTER_DATA
    }

    /**
     * What was taken, or may have been.
     *
     * @param recipients as in the envelope
     * @param text head and body as they came
     */
    record Letter(String messageId, List<String> recipients, String text, Instant at) {}

    private final InetSocketAddress address;
    private final List<Letter> letters = new CopyOnWriteArrayList<>();
    private final Set<Socket> talking = ConcurrentHashMap.newKeySet();
    private volatile Mode mode = Mode.TAKES;
    private volatile ServerSocket server;

    private MailServer(InetSocketAddress address) {
        this.address = address;
    }

    /** One at a free port, which it keeps; away until {@link #open}. */
    static MailServer away() {
        return new MailServer(new InetSocketAddress(InetAddress.getLoopbackAddress(), Node.freePort()));
    }

    /** A node that uses it, and asks often. */
    Node.Setup of(Node.Setup setup) {
        return setup.env("MANYI_SMTP_HOST", "127.0.0.1")
                .env("MANYI_SMTP_PORT", String.valueOf(address.getPort()))
                .env("MANYI_SMTP_FROM", "manyi@bureau.example");
    }

    void open() {
        try {
            ServerSocket opened = new ServerSocket();
            opened.setReuseAddress(true);
            opened.bind(address);
            server = opened;
            start(() -> accept(opened));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void mode(Mode newMode) {
        mode = newMode;
    }

    /** In the order in which they came. */
    List<Letter> letters() {
        return letters;
    }

    /** How often each letter came. */
    Map<String, Integer> counts() {
        Map<String, Integer> counts = new HashMap<>();
        letters.forEach(letter -> counts.merge(letter.messageId(), 1, Integer::sum));
        return counts;
    }

    private void accept(ServerSocket from) {
        while (!from.isClosed()) {
            try {
                Socket socket = from.accept();
                talking.add(socket);
                start(() -> converse(socket));
            } catch (IOException e) {
                // Closed, or gone again.
            }
        }
    }

    private void converse(Socket socket) {
        try (socket) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            OutputStream out = socket.getOutputStream();
            while (mode == Mode.SILENT && !socket.isClosed()) {
                LockSupport.parkNanos(50_000_000);
            }
            say(out, "220 ready");
            List<String> recipients = new CopyOnWriteArrayList<>();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("RCPT")) {
                    recipients.add(line.substring(line.indexOf('<') + 1, line.lastIndexOf('>')));
                    say(out, mode == Mode.BUSY ? "450 later" : mode == Mode.REFUSES ? "550 unknown" : "250 ok");
                } else if (line.equals("DATA")) {
                    say(out, "354 go on");
                    take(in, List.copyOf(recipients));
                    recipients.clear();
                    if (mode == Mode.HANGS_UP_AFTER_DATA) {
                        return;
                    }
                    say(out, "250 ok");
                } else {
                    say(out, line.equals("QUIT") ? "221 bye" : "250 ok");
                }
            }
        } catch (IOException e) {
            // A node that is killed hangs up in the middle.
        } finally {
            talking.remove(socket);
        }
    }

    private void take(BufferedReader in, List<String> recipients) throws IOException {
        StringBuilder text = new StringBuilder();
        String id = null;
        for (String line = in.readLine(); !".".equals(line); line = in.readLine()) {
            if (line == null) {
                throw new IOException("Hung up in a letter");
            }
            if (id == null && line.startsWith("Message-ID:")) {
                id = line.substring("Message-ID:".length()).strip();
            }
            text.append(line).append('\n');
        }
        letters.add(new Letter(id, recipients, text.toString(), Instant.now()));
    }

    private static void say(OutputStream out, String answer) throws IOException {
        out.write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "mail-server");
        thread.setDaemon(true);
        thread.start();
    }

    /** Away from now on, in the middle of whatever is said. */
    @Override
    public void close() {
        try {
            if (server != null) {
                server.close();
            }
            for (Socket socket : talking) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
