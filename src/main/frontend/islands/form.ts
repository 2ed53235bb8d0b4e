import { Form } from '@bpmn-io/form-js-viewer';
import '@bpmn-io/form-js-viewer/dist/assets/form-js-base.css';
import { confirmFirst } from '../lib/dialog';
import { copyText, el, icon } from '../lib/dom';
import { ask, freshKey, type Outcome, type Problem } from '../lib/http';
import { toast, toastLater } from '../lib/toast';
import { say, sayTime } from '../lib/words';
import '../style/form.scss';
import { ourFields, type FileDesk, type StoredFile } from './form-fields';
import { forget, keep, recallKept, type Kept } from './form-kept';
import { nameOf, politeChecks, speakOurLanguage, type Field } from './form-words';

interface TaskForm {
    version: number | string;
    schema: Field & { components: Field[] };
    data: Record<string, unknown> | null;
    draft: Record<string, unknown> | null;
    draftNote: { at: string; version: number | string; files: StoredFile[] } | null;
}

interface Completed {
    nextTasks?: { name: string }[];
}

interface Instance {
    id: string;
    valuePath: (string | number)[];
    indexes?: Record<string, number>;
}

type Values = Record<string, unknown>;

const KEEP_AFTER_MS = 400;
const SEND_AFTER_MS = 3_000;
const SEND_AGAIN_MS = 20_000;

speakOurLanguage();

/** The form of a task: fetched, filled in, kept on the device, sent once. */
export async function mount(element: HTMLElement): Promise<void> {
    const outcome = await ask<TaskForm>(element.dataset.formUrl!);
    if (outcome.kind === 'ok') {
        await new TaskFormView(element, outcome.value).open();
        return;
    }
    const status = outcome.kind === 'problem' ? outcome.problem.status : 0;
    const text = status === 401 ? say('loginExpired') : status === 404 ? say('form.gone') : status === 409 || status === 403 ? say('form.over') : say('form.failed');
    const retry = el('button', { type: 'button', class: 'btn' }, say('form.retry'));
    retry.addEventListener('click', () => (status === 401 ? location.reload() : void mount(element)));
    element.replaceChildren(el('div', { class: 'notice' }, icon('info-circle'), el('div', {}, el('p', {}, text))), ...(status === 404 || status === 409 || status === 403 ? [] : [retry]));
}

class TaskFormView {
    private readonly task: string;
    private readonly host = el('div', { class: 'form-host' });
    private readonly notes = el('div', { class: 'form-notes', tabindex: -1 });
    private readonly kept = el('span', { class: 'form-kept' });
    private readonly button = el('button', { type: 'button', class: 'btn btn-primary' });
    private readonly desk: FileDesk;
    private readonly uploading = new Set<string>();
    private readonly form: Form;
    private timer = 0;
    private sendTimer = 0;
    private keeping = false;
    private sending = false;
    private closed = false;
    private opened = '';
    private lastBody = '';
    private key = '';

    constructor(
        private readonly element: HTMLElement,
        private readonly source: TaskForm,
    ) {
        this.task = element.dataset.task!;
        this.desk = {
            attachUrl: element.dataset.attachUrl!,
            known: new Map(),
            busy: (field, busy) => void (busy ? this.uploading.add(field) : this.uploading.delete(field)),
        };
        // Not debounced: what is typed must be in hand when the page goes away at once.
        const options = { container: this.host, debounce: false, additionalModules: [politeChecks, ourFields(this.desk)] };
        this.form = new Form(options);
    }

    async open(): Promise<void> {
        const { element, source, form } = this;
        const data = source.data ?? {};
        const kept = this.recall();
        kept?.files.forEach((file) => this.desk.known.set(file.id, file));
        const note = element.dataset.note;
        element.replaceChildren(
            this.notes,
            this.host,
            el('div', { class: 'action-bar' }, this.button, el('p', { class: 'action-note' }, note ? `${note} ` : '', this.kept)),
        );
        await form.importSchema(source.schema, data);
        this.opened = JSON.stringify(this.values());
        if (kept) {
            await form.importSchema(source.schema, { ...data, ...kept.values });
            this.showRestored(kept.at, kept.version !== source.version);
            if (kept.unsent) {
                this.sendSoon();
            }
        }
        this.button.addEventListener('click', () => void this.submit());
        form.on('changed', () => {
            this.labelButton();
            window.clearTimeout(this.timer);
            this.timer = window.setTimeout(() => this.keepNow(), KEEP_AFTER_MS);
        });
        // Enter inside a field asks form-js to submit; it may only do so through the button.
        this.host.addEventListener('submit', (event) => {
            event.preventDefault();
            event.stopImmediatePropagation();
        }, true);
        window.addEventListener('pagehide', () => this.keepNow());
        window.addEventListener('online', () => void this.sendDraft());
        this.labelButton();
    }

    /** What was typed before: on this device where the server does not have it yet, else what the server has, from whichever device. */
    private recall(): Kept | null {
        const here = recallKept(this.task);
        const { draft, draftNote } = this.source;
        return draft && draftNote && !here?.unsent ? { at: Date.parse(draftNote.at), version: draftNote.version, values: draft, files: draftNote.files, unsent: false } : here;
    }

    /** The values of all fields, those included that a choice has hidden for now. */
    private values(): Values {
        const { data } = this.state();
        const values: Values = {};
        const collect = (fields: Field[]) =>
            fields.forEach((field) => {
                const key = (field.path ?? field.key)?.split('.')[0];
                if (key) {
                    values[key] = data[key];
                } else if (field.components) {
                    collect(field.components);
                }
            });
        collect(this.source.schema.components);
        return values;
    }

    private state(): { data: Values; errors: Record<string, unknown> } {
        return (this.form as unknown as { _getState(): { data: Values; errors: Record<string, unknown> } })._getState();
    }

    private keepNow(): void {
        window.clearTimeout(this.timer);
        const values = this.values();
        if (this.closed || JSON.stringify(values) === this.opened) {
            return;
        }
        const at = Date.now();
        if (this.keepHere(at, values, true)) {
            this.kept.textContent = say('form.keptAt', { time: sayTime(at) });
        }
        this.sendSoon();
    }

    private keepHere(at: number, values: Values, unsent: boolean): boolean {
        return keep(this.task, { at, version: this.source.version, values, files: [...this.desk.known.values()], unsent });
    }

    private sendSoon(after = SEND_AFTER_MS): void {
        window.clearTimeout(this.sendTimer);
        this.sendTimer = window.setTimeout(() => void this.sendDraft(), after);
    }

    /** Gives the server what is typed, so that it can be gone on with on another device; tried again while the server cannot be reached. */
    private async sendDraft(): Promise<void> {
        if (this.closed || this.sending || this.keeping) {
            return;
        }
        const values = this.values();
        this.keeping = true;
        const outcome = await ask<{ at: string }>(this.element.dataset.draftUrl!, { method: 'PUT', body: JSON.stringify({ version: this.source.version, values }), headers: { 'Content-Type': 'application/json' } });
        this.keeping = false;
        if (this.closed) {
            return;
        }
        const changed = JSON.stringify(values) !== JSON.stringify(this.values());
        if (outcome.kind === 'ok' && !changed) {
            const at = Date.now();
            this.keepHere(at, values, false);
            this.kept.textContent = say('form.savedAt', { time: sayTime(at) });
        } else if (changed) {
            this.sendSoon();
        } else if (outcome.kind === 'unreachable' || (outcome.kind === 'problem' && (outcome.problem.status >= 500 || outcome.problem.status === 429))) {
            this.sendSoon(SEND_AGAIN_MS);
        }
    }

    /** The button says what it will do: in the words of the decision, up to its colon. */
    private labelButton(): void {
        if (this.sending) {
            return;
        }
        const label = this.element.dataset.submitLabel || say('form.submit');
        const decision = this.fields().find(({ key, type }) => key === 'decision' && type === 'radio');
        const chosen = decision?.values?.find(({ value }) => value === this.state().data.decision)?.label.split(/[：:]/)[0];
        this.button.textContent = chosen ? say('form.submitAs', { label, choice: chosen }) : label;
    }

    private fields(): Field[] {
        const flat = (fields: Field[]): Field[] => fields.flatMap((field) => [field, ...flat(field.components ?? [])]);
        return flat(this.source.schema.components);
    }

    private async submit(withdrawQuestion = false): Promise<void> {
        if (this.sending || this.closed) {
            return;
        }
        this.keepNow();
        if (this.uploading.size) {
            toast(say('form.uploading'), true);
            return;
        }
        const { data, errors } = this.form.submit();
        if (Object.keys(errors).length) {
            this.showErrors();
            return;
        }
        const body = JSON.stringify({ version: this.source.version, values: data, withdrawQuestion });
        // The same content may be sent again under the same key after a broken line; changed content is another request.
        if (body !== this.lastBody) {
            this.lastBody = body;
            this.key = freshKey();
        }
        this.busy(true);
        const outcome = await ask<Completed>(this.element.dataset.completeUrl!, { method: 'POST', body, headers: { 'Content-Type': 'application/json', 'Idempotency-Key': this.key } });
        if (outcome.kind === 'ok') {
            this.closed = true;
            window.clearTimeout(this.timer);
            window.clearTimeout(this.sendTimer);
            forget(this.task);
            const next = outcome.value.nextTasks?.[0]?.name;
            toastLater(next ? say('form.doneNext', { task: next }) : say('form.done'));
            location.assign(this.element.dataset.nextUrl || '/inbox');
            return;
        }
        this.busy(false);
        if (outcome.kind === 'problem' && outcome.problem.code === 'question-open') {
            if (await confirmFirst(outcome.problem.detail ?? '', say('form.withdraw'))) {
                await this.submit(true);
            }
            return;
        }
        this.explain(outcome);
    }

    private busy(sending: boolean): void {
        this.sending = sending;
        this.button.disabled = sending;
        this.button.classList.toggle('is-busy', sending);
        if (sending) {
            this.button.textContent = say('form.sending');
        } else {
            this.labelButton();
        }
    }

    private explain(outcome: Exclude<Outcome<Completed>, { kind: 'ok' }>): void {
        if (outcome.kind === 'unreachable') {
            this.tell(say('form.offline'), say('form.againText'));
            return;
        }
        const { problem } = outcome;
        if (problem.status === 422 && problem.errors?.length) {
            this.showServerErrors(problem);
        } else if (problem.status === 409) {
            this.explainConflict(problem);
        } else if (problem.status === 401 || problem.status === 403) {
            this.tell(problem.status === 403 && problem.detail ? say('form.refused') : say('form.expired'), problem.detail ?? '', say('form.expiredText'), this.link('form.reload'));
        } else if (problem.status === 404) {
            this.over(say('form.notActive'), say('form.gone'));
        } else if (problem.status >= 500 || problem.status === 429) {
            this.tell(say('form.busy'), problem.detail ?? '', say('form.againText'));
        } else {
            this.tell(say('form.refused'), problem.detail ?? '', say('form.againText'));
        }
    }

    private explainConflict(problem: Problem): void {
        if (problem.code === 'already-claimed') {
            this.over(say('form.taken'), problem.detail ?? '');
        } else if (problem.code === 'not-active') {
            this.over(say('form.notActive'), problem.detail ?? '');
        } else {
            this.tell(say('form.stale'), say('form.staleText'), this.typed(), this.link('form.reload'));
        }
    }

    /** The task is out of this person's hands: the form rests, what was typed is offered to be copied. */
    private over(title: string, detail: string): void {
        this.closed = true;
        this.button.disabled = true;
        this.tell(title, detail, say('form.keptText'), this.typed(), this.link('form.reload'), this.link('form.toInbox', '/inbox'));
    }

    private link(word: 'form.reload' | 'form.toInbox', href = location.href): HTMLElement {
        const link = el('a', { class: 'btn btn-sm', href }, say(word));
        if (word === 'form.reload') {
            link.addEventListener('click', (event) => {
                event.preventDefault();
                location.reload();
            });
        }
        return link;
    }

    /** A panel above the form that says what happened, what was kept and what to do. */
    private tell(title: string, ...content: (string | HTMLElement)[]): void {
        const actions = content.filter((part): part is HTMLElement => part instanceof HTMLAnchorElement);
        const rest = content.filter((part) => part && !actions.includes(part as HTMLElement)).map((part) => (typeof part === 'string' ? el('p', {}, part) : part));
        this.notes.replaceChildren(el('div', { class: 'error-summary', role: 'alert' }, el('h2', {}, title), ...rest, actions.length > 0 && el('div', { class: 'page-actions' }, ...actions)));
        this.notes.focus();
        this.notes.scrollIntoView({ block: 'nearest' });
    }

    private showRestored(at: number, older: boolean): void {
        const again = el('button', { type: 'button', class: 'btn btn-sm' }, say('form.restart'));
        again.addEventListener('click', async () => {
            if (await confirmFirst(say('form.restartAsk'), say('form.restart'))) {
                this.closed = true;
                forget(this.task);
                await ask(this.element.dataset.draftUrl!, { method: 'DELETE' });
                location.reload();
            }
        });
        this.notes.replaceChildren(el('div', { class: 'notice' }, icon('history'), el('div', {}, el('p', {}, say(older ? 'form.restoredOlder' : 'form.restored', { time: sayTime(at) })), again)));
    }

    /** What was typed, field by field, to be read and copied. */
    private typed(): HTMLElement {
        const lines = this.lines(this.source.schema.components, this.state().data);
        const copy = el('button', { type: 'button', class: 'btn btn-sm' }, icon('copy'), el('span', {}, say('form.copy')));
        copy.addEventListener('click', () => void copyText(lines.map(([name, value]) => `${name}：${value}`).join('\n')).then((done) => toast(say(done ? 'copied' : 'copyFailed'), !done)));
        const list = el('dl', { class: 'facts' });
        lines.forEach(([name, value]) => list.append(el('dt', {}, name), el('dd', { class: 'prewrap' }, value)));
        return el('details', { class: 'fold form-typed', open: true }, el('summary', {}, say('form.yours')), el('div', {}, list, copy));
    }

    private lines(fields: Field[], data: Values): [string, string][] {
        return fields.flatMap((field): [string, string][] => {
            if (field.components) {
                const rows = field.path ? data[field.path] : null;
                return Array.isArray(rows) ? rows.flatMap((row, at) => this.lines(field.components!, row as Values).map(([name, value]): [string, string] => [`${nameOf(field)} ${at + 1} ${name}`, value])) : this.lines(field.components, data);
            }
            const value = field.key ? data[field.key] : undefined;
            return field.key && value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && !value.length) ? [[nameOf(field), this.sayValue(field, value)]] : [];
        });
    }

    private sayValue(field: Field, value: unknown): string {
        if (typeof value === 'boolean') {
            return say(value ? 'form.yes' : 'form.no');
        }
        const choices = field.values ?? (field.valuesKey ? (this.state().data[field.valuesKey] as Field['values']) : undefined);
        const one = (item: unknown) => choices?.find((choice) => choice.value === item)?.label ?? this.desk.known.get(String(item))?.name ?? String(item);
        return Array.isArray(value) ? value.map(one).join('、') : one(value);
    }

    private instances(): Instance[] {
        return this.form.get<{ getAllKeyed(): Instance[] }>('formFieldInstanceRegistry').getAllKeyed();
    }

    /** The element that gets the focus for a field. */
    private target({ id, indexes }: Instance): HTMLElement | null {
        const dom = ['fjs-form', this.form._id, id].join('-') + Object.values(indexes ?? {}).map((index) => `_${index}`).join('');
        return document.getElementById(dom) ?? document.getElementById(`${dom}-0`) ?? document.getElementById(`${dom}-search`) ?? this.host.querySelector<HTMLElement>(`[id^="${dom}-"]:is(input, button, textarea)`);
    }

    private showServerErrors(problem: Problem): void {
        const plain = (path: string) => path.replace(/^values\./, '').replace(/\[(\d+)\]/g, '.$1');
        const errors: Record<string, unknown> = {};
        const stray: string[] = [];
        problem.errors!.forEach(({ field, message }) => {
            const found = this.instances().find(({ valuePath }) => valuePath.join('.') === plain(field));
            if (!found) {
                stray.push(message);
                return;
            }
            const path = [found.id, ...Object.values(found.indexes ?? {}).map(String)];
            let at = errors;
            path.slice(0, -1).forEach((step) => (at = (at[step] ??= {}) as Record<string, unknown>));
            const last = path.at(-1)!;
            at[last] = [...((at[last] as string[] | undefined) ?? []), message];
        });
        (this.form as unknown as { _setState(state: object): void })._setState({ errors });
        this.showErrors(stray);
    }

    /** The faults above the form, each a link to its field. */
    private showErrors(stray: string[] = []): void {
        const { errors } = this.state();
        const list = el('ul');
        this.instances().forEach((instance) => {
            const found = [instance.id, ...Object.values(instance.indexes ?? {})].reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], errors);
            const label = nameOf(this.form.get<{ get(id: string): Field }>('formFieldRegistry').get(instance.id));
            (Array.isArray(found) ? (found as string[]) : []).forEach((message) => {
                const link = el('a', { href: '#' }, !label || message.includes(label) ? message : say('form.fault', { field: label, fault: message }));
                link.addEventListener('click', (event) => {
                    event.preventDefault();
                    const target = this.target(instance);
                    target?.focus();
                    target?.scrollIntoView({ block: 'center' });
                });
                list.append(el('li', {}, link));
            });
        });
        stray.forEach((message) => list.append(el('li', {}, message)));
        this.tell(say('form.summary'), say('form.summaryKept'), list);
    }
}
