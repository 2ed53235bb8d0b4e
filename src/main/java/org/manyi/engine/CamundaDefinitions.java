package org.manyi.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.management.ActivityStatistics;
import org.camunda.bpm.engine.management.IncidentStatistics;
import org.camunda.bpm.engine.management.ProcessDefinitionStatistics;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.manyi.shared.NotFoundException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
@Transactional(readOnly = true)
class CamundaDefinitions implements Definitions {

    private final RepositoryService repository;
    private final ManagementService management;

    CamundaDefinitions(RepositoryService repository, ManagementService management) {
        this.repository = repository;
        this.management = management;
    }

    @Override
    public List<Process> processes() {
        return all().stream()
                .collect(Collectors.groupingBy(Version::key, TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(versions -> new Process(
                        versions.stream()
                                .max(Comparator.comparingInt(Version::version))
                                .orElseThrow(),
                        versions.size(),
                        versions.stream().mapToInt(Version::running).sum(),
                        versions.stream().mapToInt(Version::incidents).sum()))
                .toList();
    }

    @Override
    public List<Version> versions(String key) {
        List<Version> versions = all().stream()
                .filter(version -> version.key().equals(key))
                .sorted(Comparator.comparingInt(Version::version).reversed())
                .toList();
        if (versions.isEmpty()) {
            throw new NotFoundException();
        }
        return versions;
    }

    @Override
    public Picture picture(String key, int version) {
        ProcessDefinition definition = repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(key)
                .processDefinitionVersion(version)
                .singleResult();
        if (definition == null) {
            throw new NotFoundException();
        }
        Map<String, Integer> counts = management.createActivityStatisticsQuery(definition.getId()).list().stream()
                .filter(activity -> activity.getInstances() > 0)
                .collect(Collectors.toMap(
                        ActivityStatistics::getId, ActivityStatistics::getInstances, Integer::sum, TreeMap::new));
        return new Picture(xml(definition.getId()), List.copyOf(counts.keySet()), List.of(), counts);
    }

    private String xml(String definitionId) {
        try (InputStream in = repository.getProcessModel(definitionId)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Version> all() {
        Map<String, Deployment> deployments = repository.createDeploymentQuery().list().stream()
                .collect(Collectors.toMap(Deployment::getId, deployment -> deployment));
        return management.createProcessDefinitionStatisticsQuery().includeIncidents().list().stream()
                .map(statistics -> version(statistics, deployments.get(statistics.getDeploymentId())))
                .toList();
    }

    private static Version version(ProcessDefinitionStatistics statistics, Deployment deployment) {
        return new Version(
                statistics.getKey(),
                statistics.getName() == null ? statistics.getKey() : statistics.getName(),
                statistics.getVersion(),
                deployment.getDeploymentTime().toInstant(),
                deployment.getName(),
                statistics.getInstances(),
                statistics.getIncidentStatistics().stream()
                        .mapToInt(IncidentStatistics::getIncidentCount)
                        .sum());
    }
}
