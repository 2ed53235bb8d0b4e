/**
 * What Maven runs at `verify`: the process models are linted; where there is a browser, their layout is checked and the islands are tested in it.
 * `MANYI_BROWSER_TESTS=required` makes the browser compulsory.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { BROWSER, ROOT } from './models.mjs';

run('lint:bpmn');
if (existsSync(BROWSER)) {
    run('check:bpmn');
    run('test');
} else if (process.env.MANYI_BROWSER_TESTS === 'required') {
    console.error(`No browser at ${BROWSER}; CHROMIUM names another place.`);
    process.exit(1);
} else {
    console.log('No browser here: the layout of the process models and the islands are not checked.');
}

function run(script) {
    const { status } = spawnSync('npm', ['run', '--silent', script], { cwd: ROOT, stdio: 'inherit', shell: process.platform === 'win32' });
    if (status !== 0) {
        process.exit(status || 1);
    }
}
