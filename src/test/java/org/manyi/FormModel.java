package org.manyi;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A task's form as written.
 *
 * @param room the folder it lies in
 * @param id the file's name without its ending
 */
record FormModel(String room, String id, String json, JsonNode root) {

    static FormModel of(String room, String id, String json) {
        return new FormModel(room, id, json, JsonMapper.shared().readTree(json));
    }

    /** All shipped forms, by name. */
    static List<FormModel> all() {
        return ProcessModel.files("forms", ".form").stream()
                .map(file -> of(ProcessModel.room(file), ProcessModel.name(file), ProcessModel.read(file)))
                .toList();
    }

    @Override
    public String toString() {
        return id;
    }
}
