import { el } from './dom';
import { say } from './words';

/** Opens a dialog and returns it; it leaves the page when closed. */
export function openSheet(title: string, ...content: (Node | string)[]): HTMLDialogElement {
    const dialog = el('dialog', { class: 'sheet', 'aria-labelledby': 'sheet-title' }, el('h2', { id: 'sheet-title' }, title), ...content);
    dialog.addEventListener('close', () => dialog.remove());
    dialog.addEventListener('click', (event) => {
        if (event.target === dialog) {
            dialog.close();
        }
    });
    document.body.append(dialog);
    dialog.showModal();
    return dialog;
}

/** Asks before something is done; `action` is what the button says, in the words of the button that was pressed. */
export function confirmFirst(question: string, action: string, danger = false): Promise<boolean> {
    return new Promise((resolve) => {
        const yes = el('button', { type: 'button', class: danger ? 'btn btn-danger' : 'btn btn-primary' }, action || say('ok'));
        const no = el('button', { type: 'button', class: 'btn' }, say('cancel'));
        const dialog = openSheet(say('question'), el('p', {}, question), el('div', { class: 'sheet-actions' }, no, yes));
        let agreed = false;
        yes.addEventListener('click', () => {
            agreed = true;
            dialog.close();
        });
        no.addEventListener('click', () => dialog.close());
        dialog.addEventListener('close', () => resolve(agreed));
        (danger ? no : yes).focus();
    });
}
