package org.manyi.campaign;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.manyi.shared.ContentRefusedException;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.ValidationException;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** Plans as YAML, by the schema that stands beside the shipped ones ({@code processes/plans/plan.schema.json}). */
@Component
public class PlanFiles {

    /** The largest file read, in bytes. */
    public static final int LARGEST = 512 * 1024;

    private static final String PLACE = "processes/plans/";
    private static final int MOST_PROBLEMS = 50;

    private final YAMLMapper yaml = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER, YAMLWriteFeature.USE_NATIVE_TYPE_ID)
            .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
            .disable(YAMLWriteFeature.SPLIT_LINES)
            .changeDefaultPropertyInclusion(all -> all.withValueInclusion(JsonInclude.Include.NON_EMPTY))
            .build();
    private final JsonMapper json = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .changeDefaultPropertyInclusion(all -> all.withValueInclusion(JsonInclude.Include.NON_EMPTY))
            .build();
    // Not at the start of the program, which few of its days need a plan for.
    private final Supplier<Schema> schema = SingletonSupplier.of(PlanFiles::schema);
    private final Supplier<Map<String, Plan>> shipped = SingletonSupplier.of(this::readShipped);

    private static Schema schema() {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(text(new ClassPathResource(PLACE + "plan.schema.json")), InputFormat.JSON);
    }

    private Map<String, Plan> readShipped() {
        Map<String, Plan> plans = new TreeMap<>();
        try {
            for (Resource file :
                    new PathMatchingResourcePatternResolver().getResources("classpath*:" + PLACE + "*.yaml")) {
                Plan plan = read(text(file).getBytes(StandardCharsets.UTF_8));
                plans.put(plan.id(), plan);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The shipped plans cannot be read", e);
        }
        return plans;
    }

    /** The shipped plans, by id. */
    public List<Plan> shipped() {
        return List.copyOf(shipped.get().values());
    }

    /**
     * A shipped plan.
     *
     * @throws NotFoundException when there is none of this id
     */
    public Plan shipped(String id) {
        Plan plan = id == null ? null : shipped.get().get(id);
        if (plan == null) {
            throw new NotFoundException();
        }
        return plan;
    }

    /**
     * A plan from a file.
     *
     * @param file UTF-8, never null
     * @throws ContentRefusedException when it is larger than {@link #LARGEST}
     * @throws ValidationException when it is not YAML or not by the schema, with at most 50 places where it is not
     */
    public Plan read(byte[] file) {
        if (file.length > LARGEST) {
            throw ContentRefusedException.tooLarge("campaign.problem.file.size", LARGEST / 1024);
        }
        try {
            JsonNode tree = yaml.readTree(new String(file, StandardCharsets.UTF_8));
            List<FieldProblem> problems = problems(tree);
            if (!problems.isEmpty()) {
                throw new ValidationException(problems);
            }
            return yaml.treeToValue(tree, Plan.class);
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNr());
            throw ValidationException.of("file", "format", "campaign.problem.file.yaml", line);
        }
    }

    private List<FieldProblem> problems(JsonNode tree) {
        List<FieldProblem> problems = new ArrayList<>();
        schema
                .get()
                .validate(
                        tree.toString(),
                        InputFormat.JSON,
                        context -> context.executionConfig(config -> config.locale(LocaleContextHolder.getLocale())))
                .stream()
                .limit(MOST_PROBLEMS)
                .forEach(error -> problems.add(FieldProblem.of(
                        "file",
                        error.getKeyword() == null ? "schema" : error.getKeyword(),
                        "campaign.problem.file.schema",
                        String.valueOf(error.getInstanceLocation()),
                        error.getMessage())));
        return problems;
    }

    /** The plan as a YAML file; never null. */
    public String write(Plan plan) {
        return yaml.writeValueAsString(plan);
    }

    /** The plan as it is kept. */
    String keep(Plan plan) {
        return json.writeValueAsString(plan);
    }

    /** A plan as it was kept. */
    Plan kept(String text) {
        return json.readValue(text, Plan.class);
    }

    private static String text(Resource resource) {
        try (InputStream in = resource.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot be read: " + resource.getDescription(), e);
        }
    }
}
