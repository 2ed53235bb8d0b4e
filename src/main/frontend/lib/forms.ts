import { confirmFirst } from './dialog';
import { meta } from './dom';
import { toast } from './toast';
import { say } from './words';

/** What the pages' own forms can do: ask first, be sent once, keep what is typed, filter a list by its address. */
export function startForms(): void {
    const agreed = new WeakSet<HTMLFormElement>();

    document.addEventListener(
        'submit',
        (event) => {
            const form = event.target as HTMLFormElement;
            const button = event.submitter as HTMLButtonElement | null;
            const question = button?.dataset.confirm ?? form.dataset.confirm;
            if (question && !agreed.delete(form)) {
                event.preventDefault();
                event.stopImmediatePropagation();
                void confirmFirst(question, button?.textContent?.trim() ?? '', button?.classList.contains('btn-danger')).then((yes) => {
                    if (yes) {
                        agreed.add(form);
                        form.requestSubmit(button);
                    }
                });
            }
        },
        true,
    );

    document.addEventListener('submit', (event) => {
        const form = event.target as HTMLFormElement;
        if (event.defaultPrevented) {
            return;
        }
        if (form.matches('[data-filters]') && !form.hasAttribute('hx-get')) {
            event.preventDefault();
            const query = new URLSearchParams();
            new FormData(form).forEach((value, name) => value !== '' && typeof value === 'string' && query.append(name, value));
            location.assign(`${form.getAttribute('action') || location.pathname}${query.size ? `?${query}` : ''}`);
        } else if (form.matches('[data-once]')) {
            if (form.dataset.sent) {
                event.preventDefault();
                return;
            }
            form.dataset.sent = 'true';
            (event.submitter as HTMLElement | null)?.classList.add('is-busy');
        }
        if (form.dataset.keep) {
            sessionStorage.setItem(`${keepKey(form)}:sent`, 'true');
        }
    });

    document.addEventListener('change', (event) => {
        const form = (event.target as Element).closest?.<HTMLFormElement>('form[data-filters]');
        if (form && !form.hasAttribute('hx-get') && !(event.target as Element).matches('input[type="search"], input[type="text"], input:not([type])')) {
            form.requestSubmit();
        }
    });

    // Back to a page that the browser kept alive: its buttons must work again.
    window.addEventListener('pageshow', (event) => {
        if (event.persisted) {
            document.querySelectorAll<HTMLFormElement>('form[data-sent]').forEach((form) => delete form.dataset.sent);
            document.querySelectorAll('.btn.is-busy').forEach((button) => button.classList.remove('is-busy'));
        }
    });

    keepTyped();
    keepAddress();
    fillOnClick();
    chooseAll();
    nameFaults();
    document.querySelector<HTMLElement>('[data-error-summary]')?.focus();
}

/** A box that ticks all of the form's boxes of the name in `data-choose-all`, and says when some of them are ticked. */
export function chooseAll(): void {
    document.querySelectorAll<HTMLInputElement>('input[data-choose-all]:not([data-awake])').forEach((all) => {
        all.dataset.awake = '';
        const boxes = () => [...all.form!.elements].filter((box): box is HTMLInputElement => box instanceof HTMLInputElement && box.type === 'checkbox' && box.name === all.dataset.chooseAll);
        const show = () => {
            const ticked = boxes().filter((box) => box.checked).length;
            all.checked = ticked > 0 && ticked === boxes().length;
            all.indeterminate = ticked > 0 && !all.checked;
            const count = all.closest('label')!.parentElement!.querySelector<HTMLElement>('[data-chosen-count]');
            if (count) {
                count.textContent = ticked > 0 ? `${ticked} / ${boxes().length}` : '';
            }
        };
        all.closest('label')!.hidden = false;
        all.addEventListener('change', () => {
            boxes().forEach((box) => (box.checked = all.checked));
            show();
        });
        // Boxes may belong to the form without lying in it.
        document.addEventListener('change', (event) => event.target !== all && (event.target as HTMLInputElement).form === all.form && show());
        show();
    });
}

/** In the summary above a form each fault says which field it is about. */
function nameFaults(): void {
    document.querySelectorAll<HTMLAnchorElement>('[data-error-summary] a[href^="#f-"]').forEach((link) => {
        const field = document.getElementById(link.hash.slice(1));
        const label = (field instanceof HTMLFieldSetElement ? field.querySelector('legend > span') : document.querySelector(`label[for="${field?.id}"] > span`))?.textContent;
        if (label && !link.textContent!.includes(label)) {
            link.textContent = say('form.fault', { field: label, fault: link.textContent! });
        }
        link.addEventListener('click', (event) => {
            event.preventDefault();
            (field instanceof HTMLFieldSetElement ? field.querySelector('input') : field)?.focus();
            field?.scrollIntoView({ block: 'center' });
        });
    });
}

const keepKey = (form: HTMLFormElement) => `keep:${meta('user') ?? ''}:${form.dataset.keep}`;

/** Keeps what is typed into `form[data-keep]` until a page without that form says that it was taken. */
function keepTyped(): void {
    const forms = [...document.querySelectorAll<HTMLFormElement>('form[data-keep]')];
    const here = new Set(forms.map(keepKey));
    if (document.body.classList.contains('app')) {
        Object.keys(sessionStorage)
            .filter((key) => key.endsWith(':sent') && !here.has(key.slice(0, -':sent'.length)))
            .forEach((key) => {
                sessionStorage.removeItem(key);
                sessionStorage.removeItem(key.slice(0, -':sent'.length));
            });
    }
    forms.forEach((form) => {
        const key = keepKey(form);
        sessionStorage.removeItem(`${key}:sent`);
        const kept = sessionStorage.getItem(key);
        if (kept && !form.querySelector('.field-error')) {
            restore(form, JSON.parse(kept) as [string, string][]);
        }
        form.addEventListener('input', () => {
            const values = [...new FormData(form)].filter(([name, value]) => typeof value === 'string' && !form.querySelector(`[name="${CSS.escape(name)}"]:is([type="hidden"], [type="password"])`));
            sessionStorage.setItem(key, JSON.stringify(values));
        });
    });
}

function restore(form: HTMLFormElement, values: [string, string][]): void {
    let restored = false;
    form.querySelectorAll<HTMLInputElement>('input[type="checkbox"], input[type="radio"]').forEach((box) => {
        const checked = values.some(([name, value]) => name === box.name && value === box.value);
        restored ||= checked !== box.checked;
        box.checked = checked;
    });
    form.querySelectorAll<HTMLSelectElement>('select[multiple]').forEach((select) =>
        [...select.options].forEach((option) => {
            const selected = values.some(([name, value]) => name === select.name && value === option.value);
            restored ||= selected !== option.selected;
            option.selected = selected;
        }),
    );
    values.forEach(([name, value]) => {
        const field = form.querySelector<HTMLInputElement>(`[name="${CSS.escape(name)}"]:not([type="checkbox"], [type="radio"], [type="file"], [type="hidden"], [type="password"], [multiple])`);
        if (field && field.value !== value) {
            field.value = value;
            restored = true;
        }
    });
    if (restored) {
        toast(say('keptRestored'));
    }
}

/** A list's filters stay when one comes back to it by a link with `data-back-to`. */
function keepAddress(): void {
    if (document.querySelector('[data-rows]')) {
        sessionStorage.setItem(`list:${location.pathname}`, location.search);
    }
    document.querySelectorAll<HTMLAnchorElement>('a[data-back-to]').forEach((link) => {
        link.search = sessionStorage.getItem(`list:${link.pathname}`) ?? link.search;
    });
    document.addEventListener('click', (event) => {
        const link = (event.target as Element).closest?.<HTMLAnchorElement>('a[data-keep-query]');
        if (link) {
            const address = new URL(location.href);
            new URLSearchParams(link.search).forEach((value, name) => address.searchParams.set(name, value));
            link.href = address.href;
        }
    });
}

/** The login page's demonstration accounts fill the form; the back button goes back. */
function fillOnClick(): void {
    document.addEventListener('click', (event) => {
        const button = (event.target as Element).closest?.<HTMLElement>('[data-fill-username]');
        if (button) {
            document.querySelector<HTMLInputElement>('#username')!.value = button.dataset.fillUsername!;
            document.querySelector<HTMLInputElement>('#password')!.value = button.dataset.fillPassword!;
            document.querySelector<HTMLButtonElement>('form [type="submit"]')?.focus();
        }
    });
    document.querySelectorAll<HTMLElement>('[data-back]').forEach((button) => {
        button.hidden = history.length < 2;
        button.addEventListener('click', () => history.back());
    });
}
