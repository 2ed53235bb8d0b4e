package org.manyi.bench;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first morning of a campaign: ten thousand people log in while others are at work, on a server that is a JVM of its own with {@code
 * -Xmx512m} and the demonstration district. Shows how fast those are told to try again for whom there is no room, what the people at work
 * feel of it, the heap, and who was locked out. Then, on the same server restarted with quick hashes, whether the time of a refusal tells a
 * known username from an unknown one.
 */
public final class LoginCrowd {

    private static final int PEOPLE = Integer.getInteger("bench.people", 10_000);
    private static final int ARRIVING_FOR = Integer.getInteger("bench.seconds", 10);
    private static final int AT_WORK = Integer.getInteger("bench.working", 10);
    private static final int PAIRS = Integer.getInteger("bench.pairs", 1_000);
    private static final Path JAR = Path.of(System.getProperty("bench.jar", "target/manyi.jar")).toAbsolutePath();
    private static final String PASSWORD = "Manyi-2026!";

    /** Somebody whom a stranger tries to lock out meanwhile. */
    private static final String ATTACKED = "jicai";

    private static final List<String> INNOCENT = List.of(
            "chair", "deputy1", "deputy2", "leader1", "leader2", "jijiao", "xueqian", "dudao", "office", "renshi",
            "anquan", "tiyu", "district1", "district2", "inspector1", "inspector2", "principal001", "staff001");

    private LoginCrowd() {}

    /** Runs it. */
    public static void main(String[] arguments) throws Exception {
        Report report = new Report("LoginCrowd");
        Path directory = Files.createTempDirectory("manyi-crowd");
        try (BenchDatabase database = BenchDatabase.start()) {
            try (Server server = Server.start(directory, database, Map.of())) {
                crowd(server, report);
                report.line("");
                report.line("Locked after all that: "
                        + database.value("select coalesce(string_agg(distinct username, ', '), 'nobody') from login_failure"
                                + " where locked_until is not null")
                        + "; attacked with wrong passwords meanwhile: " + ATTACKED + ".");
            }
            accounts(database);
            try (Server server =
                    Server.start(directory, database, Map.of("MANYI_SECURITY_HASHITERATIONS", "2000"))) {
                enumeration(server, report);
            }
        }
    }

    private static void crowd(Server server, Report report) throws Exception {
        Browser guest = new Browser(server);
        guest.get("/login");
        report.head(
                "what", "requests", "answers", "p50, ms", "p95, ms", "p99, ms", "slowest, ms", "heap at most, MB");
        // Warmed up: the first thousand requests of a fresh JVM tell of the compiler.
        new Crowd(server, guest).come(2_000, 4);
        phase("at work, nobody else comes", server, report, null, 0);
        phase("%,d log in within %d s".formatted(PEOPLE, ARRIVING_FOR), server, report, guest, ARRIVING_FOR);
        phase("%,d log in at the same moment".formatted(PEOPLE), server, report, guest, 0);
    }

    private static void phase(String name, Server server, Report report, Browser guest, int seconds) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < AT_WORK; i++) {
            Worker worker = new Worker(server, INNOCENT.get(i % INNOCENT.size()), over);
            workers.add(worker);
        }
        HeapWatch heap = new HeapWatch(server, over);
        workers.forEach(Thread::start);
        heap.start();
        if (guest == null) {
            Thread.sleep(10_000);
        } else {
            Crowd crowd = new Crowd(server, guest);
            crowd.come(PEOPLE, seconds);
            report.row(
                    name + ": let in", crowd.in.size(), crowd.answers(200, 303), at(crowd.in, 0.5), at(crowd.in, 0.95),
                    at(crowd.in, 0.99), at(crowd.in, 1), "");
            report.row(
                    name + ": told to try later", crowd.later.size(), crowd.answers(503, 429), at(crowd.later, 0.5),
                    at(crowd.later, 0.95), at(crowd.later, 0.99), at(crowd.later, 1), "");
            report.row(
                    name + ": anything else", crowd.other.size(), crowd.answers(), at(crowd.other, 0.5),
                    at(crowd.other, 0.95), at(crowd.other, 0.99), at(crowd.other, 1), "");
        }
        over.set(true);
        Times pages = new Times();
        Map<Integer, Integer> answers = new TreeMap<>();
        for (Worker worker : workers) {
            worker.join();
            pages.addAll(worker.times);
            worker.answers.forEach((status, count) -> answers.merge(status, count, Integer::sum));
        }
        heap.join();
        report.row(
                name + ": pages of " + AT_WORK + " at work", pages.size(), answers, at(pages, 0.5), at(pages, 0.95),
                at(pages, 0.99), at(pages, 1), heap.most / 1024 / 1024);
    }

    private static Object at(Times times, double share) {
        return times.size() == 0 ? "-" : times.at(share);
    }

    /** Somebody who was in before and goes on working: a page every 200 ms. */
    private static final class Worker extends Thread {

        private final Browser browser;
        private final AtomicBoolean over;
        private final Times times = new Times();
        private final Map<Integer, Integer> answers = new TreeMap<>();

        Worker(Server server, String username, AtomicBoolean over) throws Exception {
            this.browser = new Browser(server);
            this.over = over;
            int status = 0;
            for (int attempt = 0; status != 303 && attempt < 50; attempt++) {
                status = browser.login(username);
            }
            if (status != 303) {
                throw new IllegalStateException(username + " did not get in: " + status);
            }
        }

        @Override
        public void run() {
            try {
                while (!over.get()) {
                    long begun = System.nanoTime();
                    int status = browser.get("/inbox").statusCode();
                    times.add(System.nanoTime() - begun);
                    answers.merge(status, 1, Integer::sum);
                    Thread.sleep(200);
                }
            } catch (IOException e) {
                answers.merge(0, 1, Integer::sum);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static final class HeapWatch extends Thread {

        private static final Pattern USED = Pattern.compile("jvm_memory_used_bytes\\{area=\"heap\"[^}]*} ([0-9.E+]+)");

        private final Browser browser;
        private final AtomicBoolean over;
        private volatile long most;

        HeapWatch(Server server, AtomicBoolean over) {
            this.browser = new Browser(server);
            this.over = over;
        }

        @Override
        public void run() {
            try {
                while (!over.get()) {
                    Matcher used = USED.matcher(browser.get("/actuator/prometheus").body());
                    long now = 0;
                    while (used.find()) {
                        now += (long) Double.parseDouble(used.group(1));
                    }
                    most = Math.max(most, now);
                    Thread.sleep(500);
                }
            } catch (IOException e) {
                most = Math.max(most, 0);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Cookies and the CSRF token of one browser. */
    private static final class Browser {

        private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*? (?:value|content)=\"([^\"]+)\"");

        private final HttpClient http = HttpClient.newBuilder()
                .cookieHandler(new java.net.CookieManager())
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        private final Server server;
        private String csrf;
        private String csrfCookie;

        Browser(Server server) {
            this.server = server;
        }

        HttpResponse<String> get(String path) throws IOException, InterruptedException {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create(server.base() + path))
                            .timeout(Duration.ofSeconds(60))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            Matcher token = CSRF.matcher(answer.body());
            if (token.find()) {
                csrf = token.group(1);
            }
            answer.headers().allValues("Set-Cookie").stream()
                    .filter(cookie -> cookie.startsWith("CSRF="))
                    .forEach(cookie -> csrfCookie = cookie.substring(0, cookie.indexOf(';')));
            return answer;
        }

        int login(String username) throws IOException, InterruptedException {
            get("/login");
            return http.send(
                            HttpRequest.newBuilder(URI.create(server.base() + "/login"))
                                    .header("Content-Type", "application/x-www-form-urlencoded")
                                    .POST(HttpRequest.BodyPublishers.ofString(form(username, PASSWORD)))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }

        String form(String username, String password) {
            return "username=" + username + "&password=" + encoded(password) + "&_csrf=" + encoded(csrf);
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }
    }

    /** Many people with a connection each, moved by one thread: half of them by the page, half by the API. */
    private static final class Crowd {

        private final InetSocketAddress address;
        private final Browser guest;
        private final Times in = new Times();
        private final Times later = new Times();
        private final Times other = new Times();
        private final Map<Integer, Integer> statuses = new TreeMap<>();

        Crowd(Server server, Browser guest) {
            this.address = new InetSocketAddress("127.0.0.1", server.port);
            this.guest = guest;
        }

        private static final class Person {

            private final long begun = System.nanoTime();
            private final ByteBuffer request;
            private final ByteBuffer head = ByteBuffer.allocate(64);

            Person(byte[] request) {
                this.request = ByteBuffer.wrap(request);
            }
        }

        void come(int people, int seconds) throws IOException {
            try (Selector selector = Selector.open()) {
                ByteBuffer rest = ByteBuffer.allocateDirect(1 << 16);
                long begun = System.nanoTime();
                int came = 0;
                int gone = 0;
                while (gone < people) {
                    long due = seconds == 0
                            ? people
                            : (System.nanoTime() - begun) * people / TimeUnit.SECONDS.toNanos(seconds);
                    // Not more than a few before the answers are looked at, so that their times are true.
                    for (int i = 0; came < Math.min(due, people) && i < 20; i++) {
                        open(selector, came++);
                    }
                    selector.select(1);
                    for (SelectionKey key : selector.selectedKeys()) {
                        gone += move(key, rest) ? 1 : 0;
                    }
                    selector.selectedKeys().clear();
                }
            }
        }

        private void open(Selector selector, int number) throws IOException {
            SocketChannel channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.connect(address);
            channel.register(selector, SelectionKey.OP_CONNECT, new Person(request(number)));
        }

        private byte[] request(int number) {
            boolean attack = number % 50 == 49;
            String username = attack ? ATTACKED : INNOCENT.get(number % INNOCENT.size());
            String password = attack ? "Wrong-horse-7" : PASSWORD;
            boolean page = number % 2 == 0;
            String body = page
                    ? guest.form(username, password)
                    : "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(username, password);
            return """
                    POST %s HTTP/1.1\r
                    Host: localhost\r
                    Connection: close\r
                    Content-Type: %s\r
                    Content-Length: %d\r
                    X-Forwarded-For: 10.%d.%d.%d\r
                    %s\r
                    %s"""
                    .formatted(
                            page ? "/login" : "/api/v1/tokens",
                            page ? "application/x-www-form-urlencoded" : "application/json",
                            body.getBytes(StandardCharsets.UTF_8).length,
                            number >> 16,
                            number >> 8 & 255,
                            number & 255,
                            page ? "Cookie: " + guest.csrfCookie + "\r\n" : "",
                            body)
                    .getBytes(StandardCharsets.UTF_8);
        }

        /** Whether the person has gone. */
        private boolean move(SelectionKey key, ByteBuffer rest) throws IOException {
            SocketChannel channel = (SocketChannel) key.channel();
            Person person = (Person) key.attachment();
            try {
                if (key.isConnectable() && channel.finishConnect()) {
                    key.interestOps(SelectionKey.OP_WRITE);
                } else if (key.isWritable()) {
                    channel.write(person.request);
                    if (!person.request.hasRemaining()) {
                        key.interestOps(SelectionKey.OP_READ);
                    }
                } else if (key.isReadable()) {
                    rest.clear();
                    int read = channel.read(rest);
                    rest.flip();
                    while (rest.hasRemaining() && person.head.hasRemaining()) {
                        person.head.put(rest.get());
                    }
                    if (read < 0) {
                        channel.close();
                        done(person, status(person));
                        return true;
                    }
                }
                return false;
            } catch (IOException e) {
                channel.close();
                done(person, status(person));
                return true;
            }
        }

        /** 0 when no answer came. */
        private static int status(Person person) {
            String head = new String(person.head.array(), 0, person.head.position(), StandardCharsets.US_ASCII);
            return head.startsWith("HTTP/1.1 ") ? Integer.parseInt(head.substring(9, 12)) : 0;
        }

        private void done(Person person, int status) {
            Times times =
                    switch (status) {
                        case 200, 303 -> in;
                        case 503, 429 -> later;
                        default -> other;
                    };
            times.add(System.nanoTime() - person.begun);
            statuses.merge(status, 1, Integer::sum);
        }

        /** The statuses among these, or all others when none are named. */
        Map<Integer, Integer> answers(Integer... named) {
            Map<Integer, Integer> answers = new TreeMap<>(statuses);
            List<Integer> others = List.of(200, 303, 503, 429);
            answers.keySet().removeIf(status ->
                    named.length == 0 ? others.contains(status) : !Arrays.asList(named).contains(status));
            return answers;
        }
    }

    /** Five hundred more accounts, each with a password that is hashed as quickly as the unknown names' will be. */
    private static void accounts(BenchDatabase database) throws Exception {
        try (Connection connection = database.connect();
                PreparedStatement insert = connection.prepareStatement("""
                        insert into account (username, name, locale, active, password_hash, password_state, password_changed_at, epoch,
                            created_at)
                        values (?, '甲', 'zh', true, ?, 'OWN', current_timestamp, 0, current_timestamp)
                        """)) {
            for (int i = 0; i < PAIRS; i++) {
                insert.setString(1, "known" + i);
                insert.setString(2, "pbkdf2-sha256$2000$AAAAAAAAAAAAAAAAAAAAAA$" + "A".repeat(43));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void enumeration(Server server, Report report) throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        Times known = new Times();
        Times unknown = new Times();
        List<Double> differences = new ArrayList<>();
        for (int i = -PAIRS / 5; i < PAIRS; i++) {
            // Alternately first, and each from an address of its own, which is not slowed down.
            int number = Math.floorMod(i, PAIRS);
            boolean knownFirst = number % 2 == 0;
            long first = attempt(http, server, (knownFirst ? "known" : "nobody") + number, 2 * number);
            long second = attempt(http, server, (knownFirst ? "nobody" : "known") + number, 2 * number + 1);
            if (i >= 0) {
                known.add(knownFirst ? first : second);
                unknown.add(knownFirst ? second : first);
                differences.add((knownFirst ? first - second : second - first) / 1e6);
            }
        }
        differences.sort(null);
        report.head("refused, hash of 2,000 rounds", "tries", "p50, ms", "p95, ms", "p99, ms");
        report.row("a known username", known.size(), known.median(), known.p95(), known.p99());
        report.row("an unknown one", unknown.size(), unknown.median(), unknown.p95(), unknown.p99());
        report.line("");
        report.line(String.format(
                Locale.ROOT,
                "Difference of a pair: median %.2f ms, mean of the middle 90 of 100 %.2f ms.",
                differences.get(differences.size() / 2),
                differences.subList(differences.size() / 20, differences.size() * 19 / 20).stream()
                        .mapToDouble(Double::doubleValue)
                        .average()
                        .orElseThrow()));
    }

    private static long attempt(HttpClient http, Server server, String username, int number) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.base() + "/api/v1/tokens"))
                .header("Content-Type", "application/json")
                .header("X-Forwarded-For", "10.9.%d.%d".formatted(number >> 8, number & 255))
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"username\":\"%s\",\"password\":\"Wrong-horse-7\"}".formatted(username)))
                .build();
        long begun = System.nanoTime();
        int status =
                http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
        long took = System.nanoTime() - begun;
        if (status != 401) {
            throw new IllegalStateException(username + " was answered " + status);
        }
        return took;
    }

    /** The program as it is installed, in a JVM of its own. */
    private record Server(Process process, int port) implements AutoCloseable {

        static Server start(Path directory, BenchDatabase database, Map<String, String> settings) throws Exception {
            int port;
            try (ServerSocket socket = new ServerSocket(0)) {
                port = socket.getLocalPort();
            }
            ProcessBuilder builder = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-Xmx512m",
                            "-XX:+ExitOnOutOfMemoryError",
                            "-jar",
                            JAR.toString())
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(directory.toFile(), "log")));
            builder.environment()
                    .putAll(Map.of(
                            "SPRING_PROFILES_ACTIVE", "postgres",
                            "MANYI_DB_URL", database.url(),
                            "MANYI_DB_USER", database.user(),
                            "MANYI_DB_PASSWORD", "",
                            "MANYI_DEMO", "true",
                            "SERVER_PORT", String.valueOf(port)));
            builder.environment().putAll(settings);
            Server server = new Server(builder.start(), port);
            HttpClient http = HttpClient.newHttpClient();
            HttpRequest health = HttpRequest.newBuilder(URI.create(server.base() + "/actuator/health"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            long begun = System.nanoTime();
            while (!healthy(http, health)) {
                if (!server.process.isAlive() || System.nanoTime() - begun > TimeUnit.MINUTES.toNanos(5)) {
                    server.close();
                    throw new IllegalStateException("Did not start: " + directory.resolve("log"));
                }
                Thread.sleep(200);
            }
            return server;
        }

        private static boolean healthy(HttpClient http, HttpRequest health) throws InterruptedException {
            try {
                return http.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
            } catch (IOException e) {
                return false;
            }
        }

        String base() {
            return "http://localhost:" + port;
        }

        @Override
        public void close() throws InterruptedException {
            process.destroy();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }
}
