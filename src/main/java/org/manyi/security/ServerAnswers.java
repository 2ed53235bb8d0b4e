package org.manyi.security;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.catalina.valves.ValveBase;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;

/**
 * What the server answers itself, before any filter of ours: a request it cannot read. Such an answer carries the protecting headers
 * too, and says no more than its status.
 */
@Component
class ServerAnswers implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory>, Ordered {

    private final boolean https;

    ServerAnswers(@Value("${manyi.base-url}") String baseUrl) {
        this.https = baseUrl.startsWith("https:");
    }

    /** After Spring Boot's own, so that our report is the inner one and answers first. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public void customize(ConfigurableTomcatWebServerFactory factory) {
        factory.addEngineValves(new Headers(https));
        factory.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(new BareReport()));
    }

    private static final class Headers extends ValveBase {

        private final boolean https;

        private Headers(boolean https) {
            super(true);
            this.https = https;
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            ResponseHeaders.put(response, "", https);
            getNext().invoke(request, response);
        }
    }

    /** Tomcat's page has its style in the page, which our policy for pages forbids. */
    private static final class BareReport extends ErrorReportValve {

        @Override
        protected void report(Request request, Response response, Throwable failure) {
            if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
                return;
            }
            try {
                response.setContentType("text/plain");
                response.setCharacterEncoding(StandardCharsets.UTF_8.name());
                if (response.getReporter() != null) {
                    response.getReporter().write(String.valueOf(response.getStatus()));
                    response.finishResponse();
                }
            } catch (IOException e) {
                container.getLogger().debug("The client has gone", e);
            }
        }
    }
}
