package org.manyi.security;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Who may reach what, as written down in one file a room ({@code access/*.yaml}). What has no line is denied. It decides on the door
 * only: whether a case behind it is the person's to see is its room's decision.
 */
final class AccessPolicy {

    /** A group of askers that is not one role. */
    enum Group {
        /** Everybody, logged in or not. */
        PUBLIC,
        /** Everybody who is logged in. */
        AUTHENTICATED,
        /** Everybody who handles cases. */
        CASE,
        /** Programs on this machine, logged in or not. */
        LOOPBACK,
        /** Nobody: reached by the server's own dispatch only. */
        NOBODY
    }

    /**
     * A line of the policy.
     *
     * @param method in capitals; GET includes HEAD, ANY is every method
     * @param pattern never null
     * @param groups never null
     * @param roles the roles themselves, those of CASE not repeated; never null
     */
    record Line(String room, String method, PathPattern pattern, Set<Group> groups, Set<Role> roles) {

        String path() {
            return pattern.getPatternString();
        }

        boolean takes(String asked) {
            return method.equals(ANY) || method.equals(asked);
        }

        /** Whether somebody who is logged in with these roles may pass. */
        boolean admits(Set<Role> held) {
            return groups.contains(Group.PUBLIC)
                    || groups.contains(Group.AUTHENTICATED)
                    || held.stream().anyMatch(roles::contains)
                    || groups.contains(Group.CASE) && held.stream().anyMatch(Role.CASE::contains);
        }

        boolean has(Group group) {
            return groups.contains(group);
        }
    }

    private static final String ANY = "ANY";
    private static final PathPatternParser PARSER = new PathPatternParser();

    private final List<Line> lines;

    AccessPolicy(Collection<Line> lines) {
        Set<String> seen = new HashSet<>();
        for (Line line : lines) {
            if (!seen.add(line.method() + " " + line.path())) {
                throw new IllegalStateException(
                        "Two lines of the access policy for " + line.method() + " " + line.path());
            }
        }
        // The order of Spring MVC, so that the line found is that of the handler found.
        this.lines = lines.stream()
                .sorted(Comparator.comparing(Line::pattern, PathPattern.SPECIFICITY_COMPARATOR)
                        .thenComparing(Line::path))
                .toList();
    }

    /** Reads the files of all rooms. */
    static AccessPolicy load() {
        try {
            List<Line> lines = new ArrayList<>();
            for (Resource file : new PathMatchingResourcePatternResolver().getResources("classpath*:access/*.yaml")) {
                lines.addAll(read(file));
            }
            return new AccessPolicy(lines);
        } catch (IOException e) {
            throw new IllegalStateException("The access policy cannot be read", e);
        }
    }

    private static List<Line> read(Resource file) throws IOException {
        String name = String.valueOf(file.getFilename());
        String room = name.substring(0, name.lastIndexOf('.'));
        try (InputStream in = file.getInputStream()) {
            Object content = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
            List<Line> lines = new ArrayList<>();
            for (Object entry : content == null ? List.of() : (List<?>) content) {
                lines.add(line(room, (Map<?, ?>) entry));
            }
            return lines;
        } catch (ClassCastException | IllegalArgumentException e) {
            throw new IllegalStateException("The access policy's file " + name + " is not sound: " + e.getMessage(), e);
        }
    }

    private static Line line(String room, Map<?, ?> entry) {
        if (!entry.keySet().equals(Set.of("method", "path", "roles"))) {
            throw new IllegalArgumentException("a line needs method, path and roles, and nothing else: " + entry);
        }
        EnumSet<Group> groups = EnumSet.noneOf(Group.class);
        EnumSet<Role> roles = EnumSet.noneOf(Role.class);
        for (Object name : (List<?>) entry.get("roles")) {
            group(name.toString()).ifPresentOrElse(groups::add, () -> roles.add(Role.valueOf(name.toString())));
        }
        if (groups.isEmpty() && roles.isEmpty()) {
            throw new IllegalArgumentException("a line without roles; say NOBODY: " + entry);
        }
        return new Line(
                room,
                entry.get("method").toString(),
                PARSER.parse(entry.get("path").toString()),
                Set.copyOf(groups),
                Set.copyOf(roles));
    }

    private static Optional<Group> group(String name) {
        for (Group group : Group.values()) {
            if (group.name().equals(name)) {
                return Optional.of(group);
            }
        }
        return Optional.empty();
    }

    /** The line for a request; empty when there is none, which denies it. */
    Optional<Line> find(String method, PathContainer path) {
        String asked = method.equals("HEAD") ? "GET" : method;
        return lines.stream()
                .filter(line -> line.takes(asked) && line.pattern().matches(path))
                .findFirst();
    }

    /** The methods that the path has lines for; empty when it is unknown. */
    Set<String> methods(PathContainer path) {
        Set<String> methods = new TreeSet<>();
        lines.stream()
                .filter(line -> line.pattern().matches(path))
                .map(Line::method)
                .forEach(methods::add);
        return methods;
    }

    /** All lines, the most specific first. */
    List<Line> lines() {
        return lines;
    }
}
