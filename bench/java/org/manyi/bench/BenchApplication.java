package org.manyi.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TimeZone;
import org.manyi.ManyiApplication;
import org.manyi.shared.MovableClock;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole application in the benchmark's own process, on the benchmark's database and a free port. */
public final class BenchApplication implements AutoCloseable {

    /** The password of the administrators where no demonstration is loaded. */
    public static final String PASSWORD = "Manyi-2026!";

    private final ConfigurableApplicationContext context;

    private BenchApplication(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * Starts it: without a demonstration, without jobs and schedules, with a data directory of its own.
     *
     * @param more properties that differ, such as {@code manyi.demo=true}
     */
    public static BenchApplication start(BenchDatabase database, Map<String, String> more) throws IOException {
        return start(database, more, null);
    }

    /** The same with somebody who sees every statement; null for nobody. */
    static BenchApplication start(BenchDatabase database, Map<String, String> more, Spy spy) throws IOException {
        TimeZone.setDefault(TimeZone.getTimeZone(MovableClock.ZONE));
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("MANYI_DB_URL", database.url());
        properties.put("MANYI_DB_USER", database.user());
        properties.put("MANYI_DB_PASSWORD", "");
        properties.put("manyi.data", database.data().toString());
        properties.put("manyi.demo", "false");
        properties.put("manyi.admin-password", PASSWORD);
        properties.put("manyi.scheduling", "false");
        properties.put("camunda.bpm.job-execution.enabled", "false");
        properties.put("server.port", System.getProperty("bench.port", "0"));
        properties.put("logging.level.root", "warn");
        // What is slow shall be measured, not cut off.
        properties.put("spring.transaction.default-timeout", "5m");
        properties.put("spring.datasource.hikari.data-source-properties.socketTimeout", "300");
        properties.put("spring.datasource.hikari.data-source-properties.options", "-c statement_timeout=300s");
        properties.put("spring.datasource.hikari.leak-detection-threshold", "0");
        properties.putAll(more);
        SpringApplication application = new SpringApplication(ManyiApplication.class);
        application.setAdditionalProfiles("postgres");
        if (spy != null) {
            application.addInitializers(context -> context.getBeanFactory().addBeanPostProcessor(spy));
        }
        String[] arguments = properties.entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue())
                .toArray(String[]::new);
        return new BenchApplication(application.run(arguments));
    }

    /** A part of the application. */
    public <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    /** The address of its pages, without a slash at its end. */
    public String url() {
        return "http://localhost:" + context.getEnvironment().getRequiredProperty("local.server.port");
    }

    /** Its data directory. */
    public Path data() {
        return Path.of(context.getEnvironment().getRequiredProperty("manyi.data"));
    }

    @Override
    public void close() {
        context.close();
    }
}
