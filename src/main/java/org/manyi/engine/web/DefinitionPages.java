package org.manyi.engine.web;

import java.util.List;
import org.manyi.engine.Definitions;
import org.manyi.shared.NotFoundException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** The processes and their versions for the system administrator: how many cases run in each, never which and what about. */
@Controller
class DefinitionPages {

    private final Definitions definitions;

    DefinitionPages(Definitions definitions) {
        this.definitions = definitions;
    }

    @GetMapping("/definitions")
    String list(Model model) {
        model.addAttribute("processes", definitions.processes());
        return "engine/definitions";
    }

    @GetMapping("/definitions/{key}")
    String show(@PathVariable String key, @RequestParam(required = false) Integer version, Model model) {
        List<Definitions.Version> versions = definitions.versions(key);
        model.addAttribute("versions", versions);
        model.addAttribute(
                "shown",
                version == null
                        ? versions.get(0)
                        : versions.stream()
                                .filter(one -> one.version() == version)
                                .findFirst()
                                .orElseThrow(NotFoundException::new));
        return "engine/definition";
    }

    @GetMapping("/definitions/{key}/{version}/diagram")
    @ResponseBody
    Definitions.Picture diagram(@PathVariable String key, @PathVariable int version) {
        return definitions.picture(key, version);
    }
}
