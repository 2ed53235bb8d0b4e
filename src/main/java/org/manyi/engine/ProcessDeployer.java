package org.manyi.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * Deploys every shipped process, once: a deployment a process, holding its diagram and its forms. The engine compares the content
 * under its own lock in the database, so that two nodes starting together deploy once. A decision table never comes with a process,
 * whose deployment would put the shipped one over an edited one: {@link DecisionDesk} takes it in, and a process finds the one in force.
 */
@Component
class ProcessDeployer implements SmartInitializingSingleton {

    private final RepositoryService repository;
    private final DecisionDesk decisions;
    private final PathMatchingResourcePatternResolver resources = new PathMatchingResourcePatternResolver();

    ProcessDeployer(RepositoryService repository, DecisionDesk decisions) {
        this.repository = repository;
        this.decisions = decisions;
    }

    @Override
    public void afterSingletonsInstantiated() {
        for (Resource diagram : find("classpath*:processes/**/*.bpmn")) {
            deployProcess(diagram);
        }
        for (Resource table : find("classpath*:processes/**/*.dmn")) {
            decisions.ship(path(table, "processes/"), bytes(table));
        }
    }

    private void deployProcess(Resource diagram) {
        try (InputStream in = diagram.getInputStream()) {
            var model = Bpmn.readModelFromStream(in);
            List<String> forms = new ArrayList<>();
            String room = path(diagram, "processes/").split("/")[1];
            for (UserTask task : model.getModelElementsByType(UserTask.class)) {
                forms.add("forms/%s/%s.form".formatted(room, task.getCamundaFormRef()));
            }
            deploy(diagram, forms);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(Resource resource) {
        try (InputStream in = resource.getInputStream()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void deploy(Resource main, List<String> others) {
        String path = path(main, "processes/");
        DeploymentBuilder deployment =
                repository.createDeployment().name(path).source("manyi").enableDuplicateFiltering(false);
        add(deployment, path, main);
        for (String other : others) {
            add(deployment, other, new ClassPathResource(other));
        }
        deployment.deploy();
    }

    private static void add(DeploymentBuilder deployment, String path, Resource resource) {
        try (InputStream in = resource.getInputStream()) {
            deployment.addInputStream(path, in);
        } catch (IOException e) {
            throw new UncheckedIOException("A process names " + path + ", which is not shipped", e);
        }
    }

    private List<Resource> find(String pattern) {
        try {
            List<Resource> found = new ArrayList<>(List.of(resources.getResources(pattern)));
            found.sort(Comparator.comparing(resource -> path(resource, "processes/")));
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String path(Resource resource, String root) {
        try {
            String url = resource.getURL().getPath();
            return url.substring(url.lastIndexOf("/" + root) + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
