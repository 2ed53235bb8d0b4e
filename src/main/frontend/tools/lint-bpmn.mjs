/** Lints the process models (all, or those named) with the rules of `.bpmnlintrc`; no models is no fault. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { models, ROOT } from './models.mjs';

const files = models('.bpmn', process.argv.slice(2));
if (!files.length) {
    console.log('No process models to lint.');
} else {
    const cli = join(ROOT, 'node_modules/bpmnlint/bin/bpmnlint.js');
    const { status } = spawnSync(process.execPath, [cli, '--max-warnings', '0', ...files], { cwd: ROOT, stdio: 'inherit' });
    if (status === 0) {
        console.log(`${files.length} process models linted, no problems.`);
    }
    process.exitCode = status ?? 1;
}
