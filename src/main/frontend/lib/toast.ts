import { el, icon } from './dom';
import { say } from './words';

const LATER = 'toast';
const PATIENCE_MS = 8_000;

/** Says something at the edge of the page; a fault stays until it is closed. */
export function toast(message: string, fault = false): void {
    const note = el('div', { class: fault ? 'toast-note is-fault' : 'toast-note' }, el('p', {}, message), el('button', { type: 'button', 'data-toast-close': true, 'aria-label': say('close') }, icon('x')));
    document.getElementById('toasts')?.append(note);
    if (!fault) {
        fade(note);
    }
}

/** Says something on the next page. */
export function toastLater(message: string): void {
    sessionStorage.setItem(LATER, message);
}

/** Brings the toasts of this page to life: those the server wrote, and what was left for it by the page before. */
export function startToasts(): void {
    document.addEventListener('click', (event) => (event.target as Element).closest?.('[data-toast-close]')?.closest('.toast-note')?.remove());
    document.querySelectorAll<HTMLElement>('[data-toast]').forEach(fade);
    const left = sessionStorage.getItem(LATER);
    if (left) {
        sessionStorage.removeItem(LATER);
        toast(left);
    }
}

/** Takes a note away after a while, but never while somebody is reading it. */
function fade(note: HTMLElement): void {
    let timer = 0;
    const start = () => (timer = window.setTimeout(() => note.remove(), PATIENCE_MS));
    const stop = () => window.clearTimeout(timer);
    note.addEventListener('pointerenter', stop);
    note.addEventListener('pointerleave', start);
    note.addEventListener('focusin', stop);
    note.addEventListener('focusout', start);
    start();
}
