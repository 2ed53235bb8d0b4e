import { meta } from './dom';

/** The body of an error as the API answers it. */
export interface Problem {
    status: number;
    title?: string;
    detail?: string;
    code?: string;
    errors?: { field: string; code: string; message: string }[];
}

/** What became of a request: the answer, a problem the server told, or nothing at all. */
export type Outcome<T> = { kind: 'ok'; value: T } | { kind: 'problem'; problem: Problem } | { kind: 'unreachable' };

const PATIENCE_MS = 30_000;

/** The header that proves the request came from our own page. */
export function csrfHeaders(): Record<string, string> {
    const token = meta('_csrf');
    return token ? { [meta('_csrf_header') ?? 'X-CSRF-TOKEN']: token } : {};
}

/** Asks the API for JSON; never throws. A redirect to the login page counts as 401. */
export async function ask<T>(url: string, init: RequestInit = {}): Promise<Outcome<T>> {
    const timer = new AbortController();
    const alarm = window.setTimeout(() => timer.abort(), PATIENCE_MS);
    try {
        const response = await fetch(url, {
            credentials: 'same-origin',
            ...init,
            signal: timer.signal,
            headers: { Accept: 'application/json, application/problem+json', ...csrfHeaders(), ...init.headers },
        });
        const json = /\bjson\b/.test(response.headers.get('Content-Type') ?? '');
        if (response.redirected && !json) {
            return { kind: 'problem', problem: { status: 401 } };
        }
        const body: unknown = json ? await response.json() : null;
        return response.ok && json ? { kind: 'ok', value: body as T } : { kind: 'problem', problem: { ...(body as Problem | null), status: response.status } };
    } catch {
        return { kind: 'unreachable' };
    } finally {
        window.clearTimeout(alarm);
    }
}

/** A key that no other request has; also where the page is not served over https. */
export function freshKey(): string {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
