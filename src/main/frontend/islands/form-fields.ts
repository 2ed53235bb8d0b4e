import { Datetime, Description, Errors, Label } from '@bpmn-io/form-js-viewer';
import { createElement, type VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { csrfHeaders } from '../lib/http';
import { say } from '../lib/words';
import type { Field } from './form-words';

// form-js types its parts more narrowly than preact does.
const h = createElement as (type: unknown, props: object | null, ...children: unknown[]) => VNode;

/** What form-js gives to a field. */
interface FieldProps<T> {
    field: Field & { subtype?: string; description?: string };
    value: T | null | undefined;
    domId: string;
    errors?: string[];
    disabled?: boolean;
    readonly?: boolean;
    onChange(change: { value: T | null }): void;
    onBlur?(): void;
    onFocus?(): void;
}

/** A stored file as the server tells it. */
export interface StoredFile {
    id: string;
    name: string;
    size: number;
    type: string;
}

/** Where files go, and what is known of those that are there. */
export interface FileDesk {
    attachUrl: string;
    known: Map<string, StoredFile>;
    /** Told whenever a file is on its way, or is no longer. */
    busy(field: string, uploading: boolean): void;
}

const MAX_MB = 20;
const TYPES = 'image/jpeg,image/png,image/webp,.pdf,.doc,.docx,.xls,.xlsx,.ppt,.pptx';

function frame(type: string, { field, domId, errors = [], disabled, readonly }: Omit<FieldProps<unknown>, 'value' | 'onChange'>, ...inner: unknown[]): VNode {
    const state = [errors.length && 'fjs-has-errors', disabled && 'fjs-disabled', readonly && 'fjs-readonly'].filter(Boolean).join(' ');
    return h(
        'div',
        { class: `fjs-form-field fjs-form-field-${type} ${state}` },
        h(Label, { htmlFor: domId, label: field.label ?? (field.dateLabel || ''), required: field.validate?.required }),
        inner,
        h(Description, { id: `${domId}-description`, description: field.description }),
        h(Errors, { id: `${domId}-error-message`, errors }),
    );
}

/** A day, by the browser's own field: it speaks the reader's language and is at home on a phone. Times are left to form-js. */
function DateField(props: FieldProps<string>): VNode {
    const { field, value, domId, errors = [], disabled, readonly, onChange, onBlur, onFocus } = props;
    if (field.subtype && field.subtype !== 'date') {
        return h(Datetime, props);
    }
    return frame(
        'date',
        props,
        h('input', {
            id: domId,
            type: 'date',
            class: 'fjs-input',
            value: value ?? '',
            disabled,
            readOnly: readonly,
            required: field.validate?.required,
            max: '9999-12-31',
            'aria-invalid': errors.length > 0,
            'aria-describedby': `${domId}-description ${domId}-error-message`,
            onInput: (event: Event) => onChange({ value: (event.target as HTMLInputElement).value || null }),
            onBlur,
            onFocus,
        }),
    );
}
DateField.config = { ...Datetime.config };

interface Upload {
    key: number;
    file: File;
    state: 'waiting' | 'sending' | 'failed';
    percent: number;
    error?: string;
}

let uploads = 0;

/** The field type `files`: a list of ids of stored files, sent as they are chosen, one after another. */
export function filesFieldOf(desk: FileDesk) {
    function FilesField(props: FieldProps<string[]>): VNode {
        const { field, domId, errors = [], disabled, readonly, onChange, onBlur } = props;
        const ids = Array.isArray(props.value) ? props.value : [];
        const max = Number(field.properties?.max ?? 20);
        const accept = field.properties?.accept ?? TYPES;
        const [queue, setQueue] = useState<Upload[]>([]);
        const [note, setNote] = useState('');
        const [over, setOver] = useState(false);
        const [, redraw] = useState(0);
        const chooser = useRef<HTMLInputElement>(null);
        const camera = useRef<HTMLInputElement>(null);
        const latest = useRef(ids);
        latest.current = ids;
        const open = !disabled && !readonly;

        const change = (key: number, to: Partial<Upload> | null) =>
            setQueue((now) => (to ? now.map((upload) => (upload.key === key ? { ...upload, ...to } : upload)) : now.filter((upload) => upload.key !== key)));

        useEffect(() => {
            const waiting = queue.find(({ state }) => state === 'waiting');
            desk.busy(domId, queue.some(({ state }) => state !== 'failed'));
            if (waiting && !queue.some(({ state }) => state === 'sending')) {
                change(waiting.key, { state: 'sending' });
                send(desk.attachUrl, waiting.file, (percent) => change(waiting.key, { percent }))
                    .then((stored) => {
                        desk.known.set(stored.id, stored);
                        change(waiting.key, null);
                        onChange({ value: [...latest.current, stored.id] });
                    })
                    .catch((error: Error) => change(waiting.key, { state: 'failed', error: error.message }));
            }
        }, [queue]);
        useEffect(() => () => desk.busy(domId, false), []);
        useEffect(() => {
            ids.filter((id) => !desk.known.has(id)).forEach((id, index) => void recall(id, say('files.unnamed', { at: index + 1 })).then((file) => desk.known.set(id, file) && redraw((n) => n + 1)));
        }, [ids.join()]);

        const add = (files: FileList | null) => {
            const chosen = [...(files ?? [])];
            const room = max - ids.length - queue.length;
            setNote(chosen.length > room ? say('files.tooMany', { max }) : '');
            setQueue((now) => [
                ...now,
                ...chosen.slice(0, Math.max(0, room)).map((file): Upload => {
                    const error = file.size > MAX_MB * 1024 * 1024 ? say('files.tooLarge', { mb: MAX_MB }) : file.size === 0 ? say('files.empty') : undefined;
                    return { key: ++uploads, file, state: error ? 'failed' : 'waiting', percent: 0, error };
                }),
            ]);
        };
        const picker = (ref: typeof chooser, id: string | undefined, more: object) =>
            h('input', {
                ref,
                id,
                type: 'file',
                class: 'visually-hidden',
                tabIndex: -1,
                disabled: !open,
                onChange: (event: Event) => {
                    const input = event.target as HTMLInputElement;
                    add(input.files);
                    input.value = '';
                },
                ...more,
            });
        const sprite = (name: string) => h('svg', { class: 'icon', 'aria-hidden': 'true' }, h('use', { href: `/assets/icons.svg#${name}` }));

        return frame(
            'files',
            props,
            open &&
                h(
                    'div',
                    {
                        class: `files-drop${over ? ' is-over' : ''}`,
                        onDragOver: (event: DragEvent) => {
                            event.preventDefault();
                            setOver(true);
                        },
                        onDragLeave: () => setOver(false),
                        onDrop: (event: DragEvent) => {
                            event.preventDefault();
                            setOver(false);
                            add(event.dataTransfer?.files ?? null);
                        },
                    },
                    picker(chooser, undefined, { multiple: max > 1, accept, 'aria-hidden': 'true' }),
                    picker(camera, undefined, { accept: 'image/*', capture: 'environment', 'aria-hidden': 'true' }),
                    h('button', { type: 'button', id: domId, class: 'btn', onClick: () => chooser.current?.click(), onBlur, 'aria-describedby': `${domId}-description ${domId}-error-message`, 'aria-invalid': errors.length > 0 }, sprite('paperclip'), h('span', null, say('files.choose'))),
                    h('button', { type: 'button', class: 'btn files-camera', onClick: () => camera.current?.click() }, sprite('camera'), h('span', null, say('files.camera'))),
                    h('span', { class: 'files-hint' }, h('span', { class: 'files-drag' }, say('files.drop')), h('span', {}, say('files.limits', { mb: MAX_MB }))),
                ),
            note && h('p', { class: 'files-note', role: 'alert' }, note),
            h(
                'ul',
                { class: 'files-list', 'aria-live': 'polite' },
                ids.map((id) => {
                    const file = desk.known.get(id);
                    const name = file?.name ?? '…';
                    const picture = file?.type.startsWith('image/');
                    return h(
                        'li',
                        { key: id, class: 'files-item' },
                        h(
                            'a',
                            { href: `/attachments/${encodeURIComponent(id)}`, class: 'files-open', ...(picture ? { 'data-zoom': '', 'data-zoom-group': domId, 'data-zoom-caption': name } : { target: '_blank', rel: 'noopener' }) },
                            picture ? h('img', { src: `/attachments/${encodeURIComponent(id)}`, alt: '', loading: 'lazy' }) : sprite('file-text'),
                            h('span', { class: 'files-name' }, name),
                        ),
                        file && file.size > 0 && h('span', { class: 'files-size' }, sayBytes(file.size)),
                        open &&
                            h('button', { type: 'button', class: 'files-remove', 'aria-label': say('files.remove', { name }), title: say('files.remove', { name }), onClick: () => onChange({ value: ids.filter((other) => other !== id) }) }, sprite('x')),
                    );
                }),
                queue.map((upload) =>
                    h(
                        'li',
                        { key: upload.key, class: `files-item is-${upload.state}` },
                        h('span', { class: 'files-open' }, sprite(upload.state === 'failed' ? 'alert-circle' : 'upload'), h('span', { class: 'files-name' }, upload.file.name, h('small', {}, upload.error ?? (upload.state === 'sending' ? say('files.uploading', { percent: upload.percent }) : say('files.waiting'))))),
                        upload.state === 'sending' && h('progress', { max: 100, value: upload.percent }),
                        upload.state === 'failed' &&
                            upload.file.size > 0 &&
                            upload.file.size <= MAX_MB * 1024 * 1024 &&
                            h('button', { type: 'button', class: 'btn btn-sm', onClick: () => change(upload.key, { state: 'waiting', percent: 0, error: undefined }) }, say('files.retry')),
                        upload.state !== 'sending' && h('button', { type: 'button', class: 'files-remove', 'aria-label': say('files.remove', { name: upload.file.name }), onClick: () => change(upload.key, null) }, sprite('x')),
                    ),
                ),
            ),
        );
    }
    FilesField.config = {
        type: 'files',
        keyed: true,
        name: 'Files',
        group: 'basic-input',
        emptyValue: [],
        sanitizeValue: ({ value }: { value: unknown }) => (Array.isArray(value) ? value.filter((id) => typeof id === 'string') : []),
        create: (settings: object = {}) => settings,
    };
    return FilesField;
}

/** A form-js module with our own kinds of fields. */
export function ourFields(desk: FileDesk) {
    return {
        __init__: [
            [
                'formFields',
                (formFields: { register(type: string, field: unknown): void }) => {
                    formFields.register('files', filesFieldOf(desk));
                    formFields.register('datetime', DateField);
                },
            ],
        ],
    };
}

/** Sends one file; fails with a text for the person. */
function send(url: string, file: File, progress: (percent: number) => void): Promise<StoredFile> {
    return new Promise((resolve, reject) => {
        const body = new FormData();
        body.append('file', file, file.name);
        const request = new XMLHttpRequest();
        request.open('POST', url);
        request.responseType = 'json';
        request.setRequestHeader('Accept', 'application/json, application/problem+json');
        Object.entries(csrfHeaders()).forEach(([name, value]) => request.setRequestHeader(name, value));
        request.upload.addEventListener('progress', (event) => event.lengthComputable && progress(Math.round((100 * event.loaded) / event.total)));
        request.addEventListener('load', () => {
            const answer = request.response as (StoredFile & { detail?: string; errors?: { message: string }[] }) | null;
            if (request.status >= 200 && request.status < 300 && answer?.id) {
                resolve({ ...answer, type: answer.type ?? file.type });
            } else if (request.status === 413) {
                reject(new Error(say('files.tooLarge', { mb: MAX_MB })));
            } else if (request.status === 401 || (request.status === 200 && !answer)) {
                reject(new Error(say('loginExpired')));
            } else {
                reject(new Error(answer?.errors?.[0]?.message ?? answer?.detail ?? say(request.status === 415 ? 'files.type' : 'files.failed')));
            }
        });
        request.addEventListener('error', () => reject(new Error(say('files.offline'))));
        request.send(body);
    });
}

/** What the server says of a file that was uploaded before this page was opened. */
async function recall(id: string, otherwise: string): Promise<StoredFile> {
    const file = { id, name: otherwise, size: 0, type: '' };
    try {
        const answer = await fetch(`/attachments/${encodeURIComponent(id)}`, { method: 'HEAD', credentials: 'same-origin' });
        if (answer.ok) {
            const disposition = answer.headers.get('Content-Disposition') ?? '';
            const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
            file.type = (answer.headers.get('Content-Type') ?? '').split(';')[0];
            file.size = Number(answer.headers.get('Content-Length') ?? 0);
            file.name = encoded ? decodeURIComponent(encoded) : (/filename="([^"]+)"/i.exec(disposition)?.[1] ?? otherwise);
        }
    } catch {
        // The list shows the file without its name; opening it will tell what is the matter.
    }
    return file;
}

function sayBytes(bytes: number): string {
    return bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
