import htmx from 'htmx.org';
import { confirmFirst } from './lib/dialog';
import { copyText, icon } from './lib/dom';
import { chooseAll, startForms } from './lib/forms';
import { csrfHeaders, type Problem } from './lib/http';
import { startKeys } from './lib/keys';
import { startMentions } from './lib/mention';
import { startToasts, toast } from './lib/toast';
import { say } from './lib/words';
import { startZoom } from './lib/zoom';
import './style/app.scss';

// Under the content security policy htmx may neither evaluate expressions nor write a style of its own; and no page's text is left in the browser's storage.
Object.assign(htmx.config, { includeIndicatorStyles: false, allowEval: false, allowScriptTags: false, selfRequestsOnly: true, historyCacheSize: 0, refreshOnHistoryMiss: true, defaultSettleDelay: 0 });

const islands = {
    form: () => import('./islands/form'),
    diagram: () => import('./islands/diagram'),
};

/** Wakes the islands below an element: each once, fetched only where there is one, and inside a folded part only when that is opened. */
function wakeIslands(root: Element): void {
    root.querySelectorAll<HTMLElement>('[data-island]:not([data-awake])').forEach((element) => {
        const folded = element.closest('details:not([open])');
        if (folded) {
            folded.addEventListener('toggle', () => wakeIslands(folded), { once: true });
            return;
        }
        element.dataset.awake = 'true';
        void islands[element.dataset.island as keyof typeof islands]()
            .then(({ mount }) => mount(element))
            .catch(() => toast(say('serverFailed'), true));
    });
}

function startHtmx(): void {
    document.body.addEventListener('htmx:configRequest', (event) => Object.assign((event as CustomEvent).detail.headers, csrfHeaders()));
    document.body.addEventListener('htmx:confirm', (event) => {
        const { question, issueRequest, elt } = (event as CustomEvent).detail;
        if (question) {
            event.preventDefault();
            void confirmFirst(question, elt.textContent?.trim() ?? '', elt.classList.contains('btn-danger')).then((yes) => yes && issueRequest(true));
        }
    });
    document.body.addEventListener('htmx:beforeSwap', (event) => {
        const { xhr } = (event as CustomEvent).detail;
        if (xhr.status === 401 || new URL(xhr.responseURL || location.href).pathname === '/login') {
            event.preventDefault();
            location.assign('/login?expired');
        }
    });
    document.body.addEventListener('htmx:responseError', (event) => {
        const { xhr } = (event as CustomEvent).detail;
        if (xhr.status !== 401) {
            toast(problemOf(xhr)?.detail ?? say('serverFailed'), true);
        }
    });
    document.body.addEventListener('htmx:sendError', () => toast(say('networkFailed'), true));
    document.body.addEventListener('toast', (event) => toast((event as CustomEvent).detail.message));
    htmx.onLoad((element) => {
        wakeIslands(element.parentElement ?? (element as Element));
        chooseAll();
    });
}

function problemOf(xhr: XMLHttpRequest): Problem | null {
    try {
        return JSON.parse(xhr.responseText) as Problem;
    } catch {
        return null;
    }
}

function startMenus(): void {
    const close = (except?: Element | null) => document.querySelectorAll<HTMLDetailsElement>('details[data-menu][open]').forEach((menu) => menu !== except && (menu.open = false));
    document.addEventListener('click', (event) => close((event.target as Element).closest?.('details[data-menu]')));
    document.addEventListener('keydown', (event) => {
        if (event.key === 'Escape') {
            const menu = document.querySelector<HTMLDetailsElement>('details[data-menu][open]');
            close();
            menu?.querySelector('summary')?.focus();
        }
    });
}

function startCopy(): void {
    document.addEventListener('click', (event) => {
        const button = (event.target as Element).closest?.<HTMLElement>('[data-copy]');
        if (button) {
            void copyText(button.dataset.copy!).then((done) => {
                toast(say(done ? 'copied' : 'copyFailed'), !done);
                const shown = button.querySelector('svg');
                if (done && shown) {
                    shown.replaceWith(icon('check'));
                    window.setTimeout(() => button.querySelector('svg')?.replaceWith(shown), 1500);
                }
            });
        }
    });
}

/** Paper cannot be unfolded: what is folded is opened for it, but for drawings, which are fetched only when somebody looks. */
function startPrint(): void {
    const opened: HTMLDetailsElement[] = [];
    window.addEventListener('beforeprint', () => {
        document.querySelectorAll<HTMLDetailsElement>('main details.fold:not([open])').forEach((fold) => {
            if (!fold.querySelector('[data-island], form')) {
                fold.open = true;
                opened.push(fold);
            }
        });
    });
    window.addEventListener('afterprint', () => opened.splice(0).forEach((fold) => (fold.open = false)));
    document.addEventListener('click', (event) => {
        if ((event.target as Element).closest?.('[data-print]')) {
            window.print();
        }
    });
}

startToasts();
startHtmx();
startMenus();
startCopy();
startPrint();
startForms();
startMentions();
startKeys();
startZoom();
wakeIslands(document.body);
