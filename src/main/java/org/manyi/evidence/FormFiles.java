package org.manyi.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.manyi.security.CurrentUser;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartFile;

/** Files that the form of a page sends along, drafts of whoever sends them until a case takes them in. */
@Component
public class FormFiles {

    private final EvidenceStore evidence;

    FormFiles(EvidenceStore evidence) {
        this.evidence = evidence;
    }

    /**
     * Stores what was chosen in a form.
     *
     * @param files null for none; fields left empty are passed over
     * @return the ids in the order of the files, never null
     * @throws org.manyi.shared.ContentRefusedException as {@link EvidenceStore#store} says, as is a ValidationException
     */
    public List<String> store(List<MultipartFile> files, CurrentUser user) {
        List<String> ids = new ArrayList<>();
        for (MultipartFile file : files == null ? List.<MultipartFile>of() : files) {
            if (!file.isEmpty()) {
                String name = Objects.requireNonNullElse(file.getOriginalFilename(), "");
                try (InputStream bytes = file.getInputStream()) {
                    ids.add(evidence.store(EvidenceStore.DRAFT, user.username(), name, bytes, user)
                            .id());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return ids;
    }

    /** The files by these ids that the person may see, to show them again; an id of somebody else's file is none. */
    public List<Attachment> readable(List<String> ids, CurrentUser user) {
        return ids.stream()
                .map(id -> evidence.readable(id, user))
                .flatMap(Optional::stream)
                .toList();
    }
}
