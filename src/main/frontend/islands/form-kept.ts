import { meta } from '../lib/dom';
import type { StoredFile } from './form-fields';

/** What somebody typed into a task's form, kept on the device until the task is done, the person logs out or a day has passed. */
export interface Kept {
    at: number;
    version: number | string;
    values: Record<string, unknown>;
    files: StoredFile[];
    /** Whether the server has not been given it yet. */
    unsent: boolean;
}

const PREFIX = 'form:';
/** A lost session or a database that was away costs nobody the text; a machine that others use keeps it no longer than that. */
const LONGEST_MS = 24 * 60 * 60 * 1000;

const keyOf = (task: string) => `${PREFIX}${meta('user') ?? ''}:${task}`;

/** What was kept for a task, or null. What is older than a day is forgotten on the way. */
export function recallKept(task: string): Kept | null {
    try {
        Object.keys(localStorage)
            .filter((key) => key.startsWith(PREFIX) && Date.now() - (JSON.parse(localStorage.getItem(key)!) as Kept).at > LONGEST_MS)
            .forEach((key) => localStorage.removeItem(key));
        return JSON.parse(localStorage.getItem(keyOf(task)) ?? 'null') as Kept | null;
    } catch {
        return null;
    }
}

/** Keeps what is typed; false where the device refuses (private mode, full). */
export function keep(task: string, kept: Kept): boolean {
    try {
        localStorage.setItem(keyOf(task), JSON.stringify(kept));
        return true;
    } catch {
        return false;
    }
}

/** Forgets what was kept for a task. */
export function forget(task: string): void {
    try {
        localStorage.removeItem(keyOf(task));
    } catch {
        // Nothing could be kept there either.
    }
}
