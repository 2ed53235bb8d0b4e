package org.manyi.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.aopalliance.intercept.MethodInterceptor;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.manyi.shared.MovableClock;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Found by a node of the harness beside the program's own classes, which know nothing of it. The setting {@code manyi.faults} says what
 * happens where: {@code ACTION POINT[WHERE]@N}, several with a semicolon between.
 *
 * <p>Actions: {@code halt} ends the process as {@code kill -9} does; {@code fail} throws; {@code stall} stands still for ten seconds.
 * Points: {@code commit.before} and {@code commit.after} a commit whose transaction prepared a statement that contains WHERE (any case);
 * {@code statement.before} a statement itself;
 * {@code call.before} and {@code call.after} a method of a bean, WHERE is {@code bean.method}. {@code @N}: at the Nth time, else the
 * first; {@code @*}: every time.
 *
 * <p>{@code manyi.faults.clock} names a file that holds by how many milliseconds this node's clock is wrong; it may change while the node
 * runs.
 */
@AutoConfiguration
class FaultPoints {

    /** One instruction. */
    private static final class Fault {

        private static final Pattern FORM = Pattern.compile("(halt|fail|stall) ([a-z.]+)\\[([^]]*)](?:@(\\d+|\\*))?");

        private final String action;
        private final String point;
        private final String where;
        private final int hit;
        private final AtomicInteger hits = new AtomicInteger();

        Fault(String text) {
            Matcher form = FORM.matcher(text);
            if (!form.matches()) {
                throw new IllegalArgumentException("Not a fault: " + text);
            }
            action = form.group(1);
            point = form.group(2);
            where = form.group(3).toLowerCase(Locale.ROOT);
            hit = form.group(4) == null ? 1 : form.group(4).equals("*") ? 0 : Integer.parseInt(form.group(4));
        }

        void reach(String place) {
            int now = hits.incrementAndGet();
            if (hit != 0 && hit != now) {
                return;
            }
            System.out.println("FAULT " + action + " at " + point + " " + place);
            switch (action) {
                case "halt" -> Runtime.getRuntime().halt(137);
                case "stall" -> LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(10));
                default -> throw new IllegalStateException("A fault provoked at " + point + " " + where);
            }
        }
    }

    private static List<Fault> faults(Environment environment) {
        return Stream.of(environment.getProperty("manyi.faults", "").split(";"))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(Fault::new)
                .toList();
    }

    /** Ends the node when the harness has gone. */
    @Bean
    @ConditionalOnProperty("manyi.faults.parent")
    static ParentWatch parentWatch(Environment environment) {
        ProcessHandle.of(environment.getRequiredProperty("manyi.faults.parent", Long.class))
                .ifPresent(parent ->
                        parent.onExit().thenRun(() -> Runtime.getRuntime().halt(1)));
        return new ParentWatch();
    }

    /** Says that the parent is watched. */
    static final class ParentWatch {}

    @Bean
    static BeanPostProcessor commitsAndCalls(Environment environment) {
        return new Interception(faults(environment));
    }

    @Bean
    static BeanPostProcessor wrongClock(Environment environment) {
        return new WrongClock(environment.getProperty("manyi.faults.clock"));
    }

    /** Puts itself between the program and its beans. */
    private record Interception(List<Fault> faults) implements BeanPostProcessor, PriorityOrdered {

        @Override
        public int getOrder() {
            return Ordered.HIGHEST_PRECEDENCE;
        }

        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            if (bean instanceof DataSource source && (has("commit.") || has("statement."))) {
                return new WatchedDataSource(source, this);
            }
            String prefix = name.toLowerCase(Locale.ROOT) + ".";
            if (faults.stream().noneMatch(fault -> fault.point.startsWith("call.") && fault.where.startsWith(prefix))) {
                return bean;
            }
            ProxyFactory proxy = new ProxyFactory(bean);
            proxy.setProxyTargetClass(true);
            proxy.addAdvice((MethodInterceptor) call -> {
                String where = prefix + call.getMethod().getName().toLowerCase(Locale.ROOT);
                reachCall("call.before", where);
                Object result = call.proceed();
                reachCall("call.after", where);
                return result;
            });
            return proxy.getProxy();
        }

        private boolean has(String point) {
            return faults.stream().anyMatch(fault -> fault.point.startsWith(point));
        }

        private void reachCall(String point, String where) {
            faults.stream()
                    .filter(fault -> fault.point.equals(point) && fault.where.equals(where))
                    .forEach(fault -> fault.reach(where));
        }

        void reachSql(String point, String statements) {
            faults.stream()
                    .filter(fault -> fault.point.equals(point) && statements.contains(fault.where))
                    .forEach(fault -> fault.reach(fault.where));
        }
    }

    /** Knows what each transaction prepared. */
    private static final class WatchedDataSource extends DelegatingDataSource {

        private final Interception interception;

        WatchedDataSource(DataSource target, Interception interception) {
            super(target);
            this.interception = interception;
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            StringBuilder statements = new StringBuilder();
            return (Connection) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                        boolean commit = method.getName().equals("commit");
                        if (method.getName().equals("prepareStatement")) {
                            String statement = ((String) arguments[0]).toLowerCase(Locale.ROOT);
                            interception.reachSql("statement.before", statement);
                            statements.append(statement).append('\n');
                        }
                        String soFar = commit ? statements.toString() : "";
                        if (commit || method.getName().equals("rollback")) {
                            statements.setLength(0);
                        }
                        if (commit) {
                            interception.reachSql("commit.before", soFar);
                        }
                        try {
                            Object result = method.invoke(connection, arguments);
                            if (commit) {
                                interception.reachSql("commit.after", soFar);
                            }
                            return result;
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }
    }

    /** Gives the node a clock that is wrong by what a file says, and the engine with it. */
    private record WrongClock(String file) implements BeanPostProcessor {

        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            if (file == null || !(bean instanceof MovableClock)) {
                return bean;
            }
            OffsetClock system = new OffsetClock(Path.of(file));
            MovableClock wrong = new MovableClock(system);
            ScheduledExecutorService follower = Executors.newSingleThreadScheduledExecutor(work -> {
                Thread thread = new Thread(work, "wrong-clock");
                thread.setDaemon(true);
                return thread;
            });
            follower.scheduleWithFixedDelay(
                    () -> ClockUtil.offset(system.read() + wrong.offset().toMillis()), 0, 100, TimeUnit.MILLISECONDS);
            return wrong;
        }
    }

    /** The machine's clock, wrong by what a file says in milliseconds. */
    private static final class OffsetClock extends Clock {

        private final Path file;
        private final ZoneId zone;
        private volatile long wrongBy;

        OffsetClock(Path file) {
            this(file, MovableClock.ZONE);
            read();
        }

        private OffsetClock(Path file, ZoneId zone) {
            this.file = file;
            this.zone = zone;
        }

        long read() {
            try {
                String text = Files.readString(file).strip();
                if (!text.isEmpty()) {
                    wrongBy = Long.parseLong(text);
                }
                return wrongBy;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId other) {
            // The bureau's clock asks for its own zone only, and the same object must go on following the file.
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(Duration.ofMillis(wrongBy));
        }
    }
}
