package org.manyi.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.manyi.shared.MovableClock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * What each person, and each address of a stranger, has left of {@link RequestLimits}. It is kept in this node's memory: a count shared
 * by all nodes would cost a statement a request, and what has to be kept from somebody is this node's time; at n nodes he has n times
 * as much, of n machines.
 */
@Component
class RequestBudgets {

    /** More people than any bureau has, and as many addresses; who is forgotten begins anew with a full budget. */
    private static final int MOST = 20_000;

    /** Long enough for any sensible budget to be full again. */
    private static final Duration MEMORY = Duration.ofHours(1);

    private static final String EVERYTHING = "everything";
    private static final String NEWS = "news";
    private static final RequestLimits.Budget ONCE_A_MINUTE = new RequestLimits.Budget(1, 1);

    private final RequestLimits limits;
    private final List<Door> doors;
    private final List<Door> strangersDoors;
    private final TimeMeter time;
    private final Cache<String, Map<String, Bucket>> people;

    /** By address, and apart: however many addresses ask, no person is forgotten. */
    private final Cache<String, Map<String, Bucket>> strangers;

    @Autowired
    RequestBudgets(RequestLimits limits, MovableClock clock) {
        this(limits, clock.system());
    }

    RequestBudgets(RequestLimits limits, Clock clock) {
        this.limits = limits;
        this.doors = doors(limits.doors());
        this.strangersDoors = doors(limits.strangers());
        this.time = new SystemTime(clock);
        this.people = memory();
        this.strangers = memory();
    }

    private static List<Door> doors(Map<String, RequestLimits.Door> named) {
        return named.entrySet().stream()
                .map(door -> Door.of(door.getKey(), door.getValue()))
                .toList();
    }

    private Cache<String, Map<String, Bucket>> memory() {
        return Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterAccess(MEMORY)
                .ticker(time::currentTimeNanos)
                .build();
    }

    /** Takes a request from the person's budgets; how long he has to wait, zero when there was enough. */
    Duration take(String person, HttpServletRequest request) {
        Duration wait = take(people, person, EVERYTHING, limits.everything());
        return wait.isZero() ? take(people, person, doors, request) : wait;
    }

    /** Takes a request from the budgets of a client's address, whoever it is; how long it has to wait, zero when there was enough. */
    Duration takeOfStranger(String address, HttpServletRequest request) {
        return take(strangers, address, strangersDoors, request);
    }

    private Duration take(
            Cache<String, Map<String, Bucket>> budgets, String whose, List<Door> doors, HttpServletRequest request) {
        PathContainer path = ServletRequestPathUtils.parse(request).pathWithinApplication();
        for (Door door : doors) {
            if (door.isMeant(request, path)) {
                Duration wait = take(budgets, whose, "door " + door.name(), door.budget());
                if (!wait.isZero()) {
                    return wait;
                }
            }
        }
        return Duration.ZERO;
    }

    /** Whether to say of the person that he was refused: once a minute, whatever he does. */
    boolean isNews(String person) {
        return take(people, person, NEWS, ONCE_A_MINUTE).isZero();
    }

    private Duration take(
            Cache<String, Map<String, Bucket>> budgets, String whose, String what, RequestLimits.Budget budget) {
        Bucket bucket = budgets.get(whose, nobody -> new ConcurrentHashMap<>())
                .computeIfAbsent(what, nothing -> Bucket.builder()
                        .addLimit(limit ->
                                limit.capacity(budget.atOnce()).refillGreedy(budget.perMinute(), Duration.ofMinutes(1)))
                        .withCustomTimePrecision(time)
                        .build());
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? Duration.ZERO : Duration.ofNanos(Math.max(1, probe.getNanosToWaitForRefill()));
    }

    private record Door(
            String name, String method, List<PathPattern> paths, String parameter, RequestLimits.Budget budget) {

        private static Door of(String name, RequestLimits.Door door) {
            return new Door(
                    name,
                    door.method(),
                    door.paths().stream()
                            .map(PathPatternParser.defaultInstance::parse)
                            .toList(),
                    door.parameter(),
                    door.budget());
        }

        private boolean isMeant(HttpServletRequest request, PathContainer path) {
            String asked = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
            return asked.equals(method)
                    && paths.stream().anyMatch(pattern -> pattern.matches(path))
                    && (parameter == null || isGiven(request.getParameter(parameter)));
        }

        private static boolean isGiven(String value) {
            return value != null && !value.isBlank();
        }
    }

    /** The machine's clock as the buckets read it, so that it can be moved in tests like every other. */
    private record SystemTime(Clock clock) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return TimeUnit.MILLISECONDS.toNanos(clock.millis());
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
