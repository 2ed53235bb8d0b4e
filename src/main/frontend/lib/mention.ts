import { el, icon } from './dom';
import { say } from './words';

const MOST_SHOWN = 8;

/**
 * An `@` in the text of `form[data-mention]` offers the people of its select. Who is told is what the select holds, shown below the text; what
 * stands in the text is for reading. Without script the select itself is there.
 */
export function startMentions(): void {
    document.querySelectorAll<HTMLFormElement>('form[data-mention]').forEach((form) => {
        const text = form.querySelector('textarea');
        const select = form.querySelector<HTMLSelectElement>('select[multiple]');
        if (text && select) {
            new Mentions(text, select).wake();
        }
    });
}

class Mentions {
    private readonly list = el('ul', { class: 'mention-list', role: 'listbox', id: 'mention-list', 'aria-label': say('mention.add'), hidden: true });
    private readonly chosen = el('div', { class: 'mention-chosen' });
    private readonly status = el('p', { class: 'visually-hidden', role: 'status' });
    private offered: HTMLOptionElement[] = [];
    private at = 0;
    /** Those whose name was put into the text: they go when it goes. */
    private readonly written = new Set<HTMLOptionElement>();

    constructor(
        private readonly text: HTMLTextAreaElement,
        private readonly select: HTMLSelectElement,
    ) {}

    wake(): void {
        const { text, select, list } = this;
        const field = select.closest<HTMLElement>('[data-mention-field]')!;
        field.querySelectorAll<HTMLElement>('[data-mention-plain]').forEach((plain) => (plain.hidden = true));
        const add = el('button', { type: 'button', class: 'btn btn-sm' }, '@ ', say('mention.add'));
        add.addEventListener('click', () => this.begin());
        field.prepend(list, this.chosen, add, this.status);
        text.setAttribute('aria-autocomplete', 'list');
        text.setAttribute('aria-controls', list.id);
        text.addEventListener('input', () => this.follow());
        text.addEventListener('click', () => this.offer());
        text.addEventListener('keydown', (event) => this.key(event));
        text.addEventListener('blur', () => this.close());
        // The text keeps the focus, and with it the place of the name; on a phone the keyboard stays.
        list.addEventListener('pointerdown', (event) => event.preventDefault());
        list.addEventListener('click', (event) => {
            const index = [...list.children].indexOf((event.target as Element).closest('li')!);
            if (index >= 0) {
                this.take(index);
            }
        });
        this.show();
    }

    private begin(): void {
        const { text } = this;
        text.focus();
        const before = text.value.slice(0, text.selectionStart);
        text.setRangeText(/[A-Za-z0-9._-]$/.test(before) ? ' @' : '@', text.selectionStart, text.selectionEnd, 'end');
        text.dispatchEvent(new Event('input', { bubbles: true }));
    }

    private follow(): void {
        this.written.forEach((option) => {
            if (!this.text.value.includes(`@${option.dataset.name}`)) {
                this.written.delete(option);
                option.selected = false;
            }
        });
        this.show();
        this.offer();
    }

    /** What stands between an `@` and the caret; nothing in an address such as a@b. */
    private typed(): string | null {
        const before = this.text.value.slice(0, this.text.selectionStart);
        return /(?:^|[^A-Za-z0-9._-])@([^\s@]{0,20})$/.exec(before)?.[1] ?? null;
    }

    private offer(): void {
        const typed = this.typed()?.toLowerCase();
        this.offered =
            typed === undefined
                ? []
                : [...this.select.options].filter((option) => !option.selected && `${option.text} ${option.value}`.toLowerCase().includes(typed)).slice(0, MOST_SHOWN);
        this.at = 0;
        this.list.replaceChildren(
            ...this.offered.map((option, index) => el('li', { role: 'option', id: `mention-${index}` }, el('span', {}, option.dataset.name), el('span', { class: 'muted' }, option.dataset.unit))),
        );
        this.list.hidden = this.offered.length === 0;
        this.status.textContent = this.offered.length ? say('mention.found', { n: this.offered.length }) : '';
        this.mark();
    }

    private mark(): void {
        [...this.list.children].forEach((item, index) => item.setAttribute('aria-selected', String(index === this.at)));
        if (this.offered.length) {
            this.text.setAttribute('aria-activedescendant', `mention-${this.at}`);
            this.list.children[this.at].scrollIntoView({ block: 'nearest' });
        } else {
            this.text.removeAttribute('aria-activedescendant');
        }
    }

    private close(): void {
        this.offered = [];
        this.list.hidden = true;
        this.mark();
    }

    private key(event: KeyboardEvent): void {
        const { length } = this.offered;
        if (!length || event.isComposing) {
            return;
        }
        if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
            this.at = (this.at + (event.key === 'ArrowDown' ? 1 : length - 1)) % length;
            this.mark();
        } else if (event.key === 'Enter' || event.key === 'Tab') {
            this.take(this.at);
        } else if (event.key === 'Escape') {
            this.close();
        } else {
            return;
        }
        event.preventDefault();
        event.stopPropagation();
    }

    private take(index: number): void {
        const option = this.offered[index];
        const caret = this.text.selectionStart;
        this.text.setRangeText(`@${option.dataset.name} `, caret - (this.typed()?.length ?? 0) - 1, caret, 'end');
        option.selected = true;
        this.written.add(option);
        this.close();
        this.changed();
        this.status.textContent = say('mention.told', { name: option.text });
    }

    private changed(): void {
        this.show();
        this.select.dispatchEvent(new Event('input', { bubbles: true }));
    }

    private show(): void {
        this.chosen.replaceChildren(
            ...[...this.select.selectedOptions].map((option) => {
                const drop = el('button', { type: 'button', class: 'chip', 'aria-label': say('mention.remove', { name: option.text }) }, option.text, icon('x'));
                drop.addEventListener('click', () => {
                    option.selected = false;
                    this.written.delete(option);
                    this.changed();
                    this.text.focus();
                });
                return drop;
            }),
        );
    }
}
