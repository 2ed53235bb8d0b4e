package org.manyi.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** A mail server that answers as it is told, to the worst. */
final class ScriptedServer implements AutoCloseable {

    /** Hangs up instead of answering. */
    static final String HANG_UP = "hang up";

    /** Answers one byte and then, slowly, the next. */
    static final String TRICKLE = "trickle";

    private final ServerSocket server;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<String> letters = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile Socket talking;

    ScriptedServer() throws IOException {
        this(0);
    }

    /** One that comes back where another was. */
    static ScriptedServer at(int port) throws IOException {
        return new ScriptedServer(port);
    }

    private ScriptedServer(int port) throws IOException {
        server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        thread = new Thread(this::accept, "scripted-smtp");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    /** From now on answers lines that begin so; {@code "."} is the end of a letter, {@code ""} the greeting. */
    void answer(String line, String answer) {
        answers.put(line, answer);
    }

    /** The letters taken, even where the answer was another. */
    List<String> letters() {
        return letters;
    }

    private void accept() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                talking = socket;
                converse(socket);
            } catch (IOException e) {
                // The other side is under test.
            }
        }
    }

    private void converse(Socket socket) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        OutputStream out = socket.getOutputStream();
        if (!say(out, answers.getOrDefault("", "220 ready"))) {
            return;
        }
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.equals("DATA")) {
                if (!say(out, answerTo(line, "354 go on"))) {
                    return;
                }
                if (!answerTo(line, "354").startsWith("354")) {
                    continue;
                }
                StringBuilder letter = new StringBuilder();
                for (line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
                    letter.append(line).append('\n');
                }
                if (line == null) {
                    return;
                }
                letters.add(letter.toString());
            }
            if (!say(out, answerTo(line, line.equals("QUIT") ? "221 bye" : "250 ok"))) {
                return;
            }
        }
    }

    private String answerTo(String line, String otherwise) {
        return answers.entrySet().stream()
                .filter(entry -> !entry.getKey().isEmpty() && line.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(otherwise);
    }

    private static boolean say(OutputStream out, String answer) throws IOException {
        if (answer.equals(HANG_UP)) {
            return false;
        }
        if (answer.equals(TRICKLE)) {
            while (true) {
                out.write('2');
                out.flush();
                LockSupport.parkNanos(20_000_000);
            }
        }
        out.write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return true;
    }

    /** Away for good when this returns: a waiting accept may still take one caller while its socket is being closed. */
    @Override
    public void close() throws IOException {
        server.close();
        thread.interrupt();
        Socket open = talking;
        if (open != null) {
            open.close();
        }
        try {
            thread.join(2_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
