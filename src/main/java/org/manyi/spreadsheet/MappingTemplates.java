package org.manyi.spreadsheet;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.manyi.security.CurrentUser;
import org.manyi.shared.ConflictException;
import org.manyi.shared.ForbiddenException;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.Texts;
import org.manyi.shared.ValidationException;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Mappings kept under names: saved by one, chosen by all who may import the kind, replaced and deleted by who saved them.
 */
@Service
public class MappingTemplates {

    /** The most characters that a name has. */
    public static final int LONGEST_NAME = 60;

    /** The field of the name, in refusals. */
    public static final String NAME = "templateName";

    /** More than anybody would look through, and few enough to show all. */
    private static final int MOST = 100;

    private final Imports imports;
    private final MappingTemplateRows rows;
    private final MovableClock clock;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;

    MappingTemplates(
            Imports imports,
            MappingTemplateRows rows,
            MovableClock clock,
            ApplicationEventPublisher events,
            PlatformTransactionManager transactions) {
        this.imports = imports;
        this.rows = rows;
        this.clock = clock;
        this.events = events;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * A template beside a file.
     *
     * @param template never null
     * @param missing the headers that it wants and the file has not; never null
     * @param own whether the person may replace and delete it
     */
    public record Offer(MappingTemplate template, List<String> missing, boolean own) {

        /** Whether the file has all its headers. */
        public boolean fits() {
            return missing.isEmpty();
        }
    }

    /**
     * All templates of a batch's kind, those that fit first, then by name; never null.
     *
     * @throws NotFoundException when there is no such batch, or it is not the person's to see
     */
    public List<Offer> offers(UUID batchId, CurrentUser user) {
        ImportBatch batch = imports.find(batchId, user);
        return rows.ofKind(batch.kind()).stream()
                .map(template -> new Offer(
                        template,
                        template.missingIn(batch.mapping()),
                        template.owner().equals(user.username())))
                .sorted(Comparator.comparing(offer -> !offer.fits()))
                .toList();
    }

    /**
     * The columns of a batch as a template would have them. Nothing is changed by it: the person sees them first.
     *
     * @throws NotFoundException when there is no such batch, it is not the person's to see, or its kind has no such template
     */
    public Mapping apply(UUID batchId, UUID templateId, CurrentUser user) {
        ImportBatch batch = imports.find(batchId, user);
        MappingTemplate template = rows.find(templateId, batch.kind()).orElseThrow(NotFoundException::new);
        return template.applyTo(batch.mapping(), Imports.fields(imports.kind(batch.kind(), user)));
    }

    /**
     * Keeps the columns of a batch, as chosen, under a name. The person's own template of this name is replaced.
     *
     * @param name up to {@link #LONGEST_NAME} characters, spaces around it do not count
     * @param chosen as {@link Mapping#choose}
     * @throws NotFoundException when there is no such batch, or it is not the person's to see
     * @throws ValidationException when the name is none, no column stands for anything, or two of a sheet for the same
     * @throws ForbiddenException when somebody else saved one under this name
     * @throws ConflictException when there are too many, or somebody took the name in the same moment
     */
    public MappingTemplate save(UUID batchId, String name, Map<String, String> chosen, CurrentUser user) {
        ImportBatch batch = imports.find(batchId, user);
        ImportKind kind = imports.kind(batch.kind(), user);
        String stripped = checked(name);
        Mapping mapping = batch.mapping().choose(chosen, Imports.fields(kind));
        Imports.refuseDoubled(mapping, kind);
        List<MappingTemplate.Header> headers = MappingTemplate.headersOf(mapping);
        int columns =
                (int) headers.stream().filter(header -> header.field() != null).count();
        if (columns == 0) {
            throw ValidationException.of(NAME, "empty", "spreadsheet.problem.templateEmpty");
        }
        try {
            return transaction.execute(status -> {
                Optional<MappingTemplate> former = rows.named(stripped, batch.kind());
                former.filter(template -> !template.owner().equals(user.username()))
                        .ifPresent(template -> {
                            throw new ForbiddenException("spreadsheet.problem.templateOfAnother", stripped);
                        });
                Instant at = clock.instant();
                MappingTemplate template = new MappingTemplate(
                        former.map(MappingTemplate::id).orElseGet(UUID::randomUUID),
                        batch.kind(),
                        stripped,
                        user.username(),
                        at,
                        headers,
                        MappingTemplate.sheetsOf(mapping));
                if (former.isPresent()) {
                    if (!rows.replace(template)) {
                        throw ConflictException.of(ConflictException.Reason.STALE_VERSION);
                    }
                } else {
                    if (rows.count(batch.kind()) >= MOST) {
                        throw new ConflictException(
                                ConflictException.Reason.NOT_ACTIVE, "spreadsheet.problem.tooManyTemplates", MOST);
                    }
                    rows.insert(template);
                }
                events.publishEvent(new MappingTemplateSaved(
                        at, user.username(), template.id().toString(), batch.kind(), columns, former.isPresent()));
                return template;
            });
        } catch (DuplicateKeyException e) {
            // Somebody else saved the first one of this name in the same moment.
            throw ConflictException.of(ConflictException.Reason.STALE_VERSION);
        }
    }

    /**
     * Deletes a template of the person's own. Files that were imported by it keep their columns.
     *
     * @throws NotFoundException when there is no such batch, it is not the person's to see, or its kind has no such template
     * @throws ForbiddenException when somebody else saved it
     */
    public void delete(UUID batchId, UUID templateId, CurrentUser user) {
        ImportBatch batch = imports.find(batchId, user);
        transaction.executeWithoutResult(status -> {
            MappingTemplate template = rows.find(templateId, batch.kind()).orElseThrow(NotFoundException::new);
            if (!template.owner().equals(user.username())) {
                throw new ForbiddenException("spreadsheet.problem.templateOfAnother", template.name());
            }
            if (!rows.delete(templateId, user.username())) {
                throw new NotFoundException();
            }
            events.publishEvent(
                    new MappingTemplateDeleted(clock.instant(), user.username(), templateId.toString(), batch.kind()));
        });
    }

    private static String checked(String name) {
        String stripped = name == null ? "" : name.strip();
        if (stripped.isEmpty()) {
            throw ValidationException.of(NAME, "required", "shared.field.required");
        }
        if (stripped.length() > LONGEST_NAME) {
            throw ValidationException.of(NAME, "tooLong", "shared.field.tooLong", LONGEST_NAME);
        }
        if (!Texts.storable(stripped) || stripped.chars().anyMatch(Character::isISOControl)) {
            throw ValidationException.of(NAME, "characters", "shared.field.text");
        }
        return stripped;
    }
}
