import { openSheet } from './dialog';
import { el } from './dom';
import { say } from './words';

const rows = () => [...document.querySelectorAll<HTMLElement>('[data-rows] tr[data-href]')].filter((row) => row.offsetParent !== null);

/** The keys of the lists: j and k walk (on a task's page to the next and the previous one), Enter opens (the link has the focus), c claims, / searches, ? helps. And a click anywhere on a row opens it. */
export function startKeys(): void {
    document.addEventListener('keydown', (event) => {
        const target = event.target as HTMLElement;
        const typing = target.closest?.('input, textarea, select, [contenteditable], dialog, .djs-container');
        if (typing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) {
            return;
        }
        const act = { j: () => walk(1), k: () => walk(-1), c: claim, '/': search, '?': help }[event.key];
        if (act) {
            event.preventDefault();
            act();
        }
    });
    document.addEventListener('focusin', (event) => {
        const row = (event.target as Element).closest?.('[data-rows] tr[data-href]');
        if (row) {
            document.querySelectorAll('tr.is-current').forEach((other) => other.classList.remove('is-current'));
            row.classList.add('is-current');
        }
    });
    document.addEventListener('click', (event) => {
        const target = event.target as Element;
        if (target.closest?.('[data-keys-help]')) {
            help();
        }
        const row = target.closest?.<HTMLElement>('tr[data-href]');
        if (row && !target.closest('a, button, input, label, select, summary') && !getSelection()?.toString()) {
            if (event.ctrlKey || event.metaKey) {
                window.open(row.dataset.href);
            } else {
                row.querySelector<HTMLAnchorElement>('a[href]')?.click();
            }
        }
    });
}

function walk(by: number): void {
    const all = rows();
    if (!all.length) {
        document.querySelector<HTMLAnchorElement>(`main a[rel="${by > 0 ? 'next' : 'prev'}"]`)?.click();
        return;
    }
    const at = all.findIndex((row) => row.classList.contains('is-current'));
    const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by))];
    next?.querySelector<HTMLAnchorElement>('a[href]')?.focus();
    next?.scrollIntoView({ block: 'nearest' });
}

function claim(): void {
    const current = document.querySelector('tr.is-current') ?? document;
    (current.querySelector<HTMLElement>('[data-claim]') ?? document.querySelector<HTMLElement>('main [data-claim]:not(tr *)'))?.click();
}

function search(): void {
    document.querySelector<HTMLInputElement>('[data-search]')?.focus();
}

function help(): void {
    if (document.querySelector('dialog[open]')) {
        return;
    }
    const list = el('dl', { class: 'keys' });
    const keys = [['j', 'keys.next'], ['k', 'keys.previous'], ['Enter', 'keys.open'], ['c', 'keys.claim'], ['/', 'keys.search'], ['?', 'keys.help']] as const;
    keys.forEach(([key, word]) => list.append(el('dt', {}, el('kbd', {}, key)), el('dd', {}, say(word))));
    const close = el('button', { type: 'button', class: 'btn' }, say('close'));
    const dialog = openSheet(say('keys.title'), list, el('div', { class: 'sheet-actions' }, close));
    close.addEventListener('click', () => dialog.close());
}
