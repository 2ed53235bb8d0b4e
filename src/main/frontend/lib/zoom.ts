import { el, icon } from './dom';
import { say } from './words';

/** Opens pictures large: those of one group, before and after side by side. */
export function startZoom(): void {
    document.addEventListener('click', (event) => {
        const link = (event.target as Element).closest?.<HTMLAnchorElement>('a[data-zoom]');
        if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
            event.preventDefault();
            open(link);
        }
    });
}

function open(link: HTMLAnchorElement): void {
    const group = link.dataset.zoomGroup;
    const all = group ? [...document.querySelectorAll<HTMLAnchorElement>('a[data-zoom]')].filter((other) => other.dataset.zoomGroup === group) : [link];
    const side = (name: string) => all.filter((other) => other.dataset.zoomSide === name);
    const both = side('before').length > 0 && side('after').length > 0;
    const panes = both ? [pane(side('before'), link, say('zoom.before')), pane(side('after'), link, say('zoom.after'))] : [pane(all, link)];
    const close = el('button', { type: 'button', class: 'btn btn-sm' }, say('close'));
    const dialog = el(
        'dialog',
        { class: 'zoom', 'aria-label': say('zoom.title') },
        el('div', { class: 'zoom-bar' }, el('span', {}, say('zoom.title')), close),
        el('div', { class: 'zoom-panes' }, ...panes.map(({ figure }) => figure)),
    );
    close.addEventListener('click', () => dialog.close());
    dialog.addEventListener('close', () => {
        dialog.remove();
        link.focus();
    });
    dialog.addEventListener('keydown', (event) => {
        if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
            panes.forEach(({ step }) => step(event.key === 'ArrowLeft' ? -1 : 1));
        }
    });
    document.body.append(dialog);
    dialog.showModal();
}

/** One picture with steps to its neighbours; a click shows it in its own size. */
function pane(links: HTMLAnchorElement[], first: HTMLAnchorElement, title?: string): { figure: HTMLElement; step: (by: number) => void } {
    let at = Math.max(0, links.indexOf(first));
    const image = el('img', { alt: '' });
    const view = el('div', { class: 'zoom-view' }, image);
    const caption = el('span', { 'aria-live': 'polite' });
    const button = (name: string, label: string, by: number) => {
        const made = el('button', { type: 'button', class: 'zoom-step', 'aria-label': label }, icon(name));
        made.addEventListener('click', () => step(by));
        made.hidden = links.length < 2;
        return made;
    };
    const figure = el(
        'figure',
        { class: 'zoom-pane' },
        view,
        el('figcaption', {}, button('chevron-left', say('zoom.previous'), -1), caption, button('chevron-right', say('zoom.next'), 1)),
    );
    view.addEventListener('click', () => view.classList.toggle('is-large'));

    function step(by: number): void {
        at = (at + by + links.length) % links.length;
        const link = links[at];
        const name = link.dataset.zoomCaption ?? '';
        image.src = link.href;
        image.alt = name;
        view.classList.remove('is-large');
        caption.textContent = [title, name, links.length > 1 && say('zoom.of', { at: at + 1, all: links.length })].filter(Boolean).join(' · ');
    }

    step(0);
    return { figure, step };
}
