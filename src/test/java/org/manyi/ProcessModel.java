package org.manyi;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/**
 * A process as drawn.
 *
 * @param room the folder it lies in, the room that runs it
 * @param id the file's name without its ending
 */
record ProcessModel(String room, String id, String xml, BpmnModelInstance diagram) {

    static ProcessModel of(String room, String id, String xml) {
        return new ProcessModel(
                room,
                id,
                xml,
                Bpmn.readModelFromStream(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8))));
    }

    /** All shipped processes, by name. */
    static List<ProcessModel> all() {
        return files("processes", ".bpmn").stream()
                .map(file -> of(room(file), name(file), read(file)))
                .toList();
    }

    <T extends ModelElementInstance> Collection<T> elements(Class<T> type) {
        return diagram.getModelElementsByType(type);
    }

    @Override
    public String toString() {
        return id;
    }

    /** The files under a folder of the project with this ending, sorted. */
    static List<Path> files(String folder, String ending) {
        try (Stream<Path> found = Files.walk(Path.of(folder))) {
            return found.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String room(Path file) {
        return file.getParent().getFileName().toString();
    }

    static String name(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.lastIndexOf('.'));
    }
}
