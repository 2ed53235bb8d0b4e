/**
 * What Maven runs: installs the packages where the lock file is another than the one they were installed from, and builds where a source is newer
 * than what was built, so that a build which touches no page costs nothing.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../../..');
const installed = join(root, 'node_modules/.installed-from');
const lock = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
const time = (file) => (existsSync(join(root, file)) ? statSync(join(root, file)).mtimeMs : 0);
const sources = readdirSync(join(root, 'src/main/frontend'), { recursive: true }).map((file) => join('src/main/frontend', file));
const newest = Math.max(...[...sources, 'package-lock.json', 'package.json', 'vite.config.ts', 'tsconfig.json'].map(time));

if (!existsSync(installed) || readFileSync(installed, 'utf8') !== lock) {
    run('npm', 'ci');
    writeFileSync(installed, lock);
}
if (time('target/classes/static/assets/app.js') < newest) {
    run('npm', 'run', 'build');
}

function run(command, ...args) {
    const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
    if (error) {
        console.error(`${command} could not be started: ${error.message}`);
    }
    if (status !== 0) {
        process.exit(status || 1);
    }
}
