/** What the tools for process models share: where the models are, and the browser that draws them. */
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../../../..');

/**
 * The model files to work on, as paths from the project's root, sorted.
 *
 * @param {string} extension with its dot
 * @param {string[]} chosen files named on the command line; all under `processes` where empty
 */
export function models(extension, chosen) {
    if (chosen.length) {
        return chosen.filter((file) => file.endsWith(extension)).map((file) => relative(ROOT, resolve(file)));
    }
    const folder = join(ROOT, 'processes');
    if (!existsSync(folder)) {
        return [];
    }
    return readdirSync(folder, { recursive: true })
        .filter((file) => file.endsWith(extension))
        .map((file) => join('processes', file))
        .sort();
}

/** The system's Chromium; `CHROMIUM` names another one. */
export const BROWSER = process.env.CHROMIUM || '/usr/bin/chromium';

/** A browser without a window. The caller closes it. */
export function launch() {
    return chromium.launch({ executablePath: BROWSER });
}
