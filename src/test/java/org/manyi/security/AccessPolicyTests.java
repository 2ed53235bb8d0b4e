package org.manyi.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

@ManyiTest
class AccessPolicyTests {

    /** Files of the front end have a resource handler, not a mapping. */
    private static final Set<String> FILES = Set.of("GET /assets/**");

    @Autowired
    private AccessPolicy policy;

    @Autowired
    private Collection<RequestMappingInfoHandlerMapping> mappings;

    @Test
    void everyMappingHasItsLineAndEveryLineItsMapping() {
        Set<String> lines = policy.lines().stream()
                .map(line -> line.method() + " " + line.path())
                .filter(line -> !FILES.contains(line))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(lines).containsExactlyElementsOf(mapped());
    }

    private Set<String> mapped() {
        Set<String> mapped = new TreeSet<>();
        for (RequestMappingInfoHandlerMapping mapping : mappings) {
            mapping.getHandlerMethods().keySet().forEach(info -> mapped.addAll(doors(info)));
        }
        return mapped;
    }

    private static List<String> doors(RequestMappingInfo info) {
        Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
        return info.getPatternValues().stream()
                .flatMap(path -> methods.isEmpty()
                        ? java.util.stream.Stream.of("ANY " + path)
                        : methods.stream().map(method -> method + " " + path))
                .toList();
    }
}
