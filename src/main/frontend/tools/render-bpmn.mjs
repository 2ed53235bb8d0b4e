/**
 * Draws the process models (all, or those named) to docs/diagrams/<id>.png and checks how they are laid out.
 * `--check` draws nothing; `--out FOLDER` draws elsewhere. Ends with 1 where a layout has an error.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { launch, models, ROOT } from './models.mjs';
import { checkLayout } from './layout-check.mjs';

const args = process.argv.slice(2);
const checkOnly = args.includes('--check');
const outAt = args.indexOf('--out');
const out = outAt >= 0 ? resolve(args[outAt + 1]) : join(ROOT, 'docs/diagrams');
const files = models(
    '.bpmn',
    args.filter((arg, index) => !arg.startsWith('--') && !(outAt >= 0 && index === outAt + 1)),
);

if (!files.length) {
    console.log('No process models to draw.');
} else {
    mkdirSync(out, { recursive: true });
    const browser = await launch();
    try {
        const page = await browser.newPage({ deviceScaleFactor: 2 });
        await page.setContent('<!doctype html><html lang="zh"><body><div id="canvas"></div></body></html>');
        await page.addStyleTag({
            content: `body { margin: 0; background: #fff } #canvas { width: 800px; height: 600px }
                .bjs-powered-by { display: none }`,
        });
        await page.addScriptTag({ path: join(ROOT, 'node_modules/bpmn-js/dist/bpmn-viewer.production.min.js') });
        for (const file of files) {
            const findings = await draw(page, file);
            const errors = findings.filter((finding) => finding.level === 'error').length;
            console.log(`${errors ? 'BAD ' : 'ok  '} ${file}${findings.length ? '' : ', layout clean'}`);
            findings.forEach(({ level, text }) => console.log(`       ${level}: ${text}`));
            if (errors) {
                process.exitCode = 1;
            }
        }
    } finally {
        await browser.close();
    }
}

/** Draws one model and returns what is wrong with its layout. */
async function draw(page, file) {
    const xml = readFileSync(join(ROOT, file), 'utf8');
    const { width, height, warnings } = await page.evaluate(async (source) => {
        window.viewer?.destroy();
        window.viewer = new window.BpmnJS({
            container: '#canvas',
            textRenderer: {
                defaultStyle: { fontFamily: '"Noto Sans CJK SC", "Noto Sans SC", sans-serif', fontSize: 12, lineHeight: 1.3 },
                externalStyle: { fontSize: 11, lineHeight: 1.3 },
            },
        });
        const imported = await window.viewer.importXML(source);
        const canvas = window.viewer.get('canvas');
        const { inner } = canvas.viewbox();
        const margin = 20;
        const size = { width: Math.ceil(inner.width + 2 * margin), height: Math.ceil(inner.height + 2 * margin) };
        const element = document.querySelector('#canvas');
        element.style.width = `${size.width}px`;
        element.style.height = `${size.height}px`;
        canvas.resized();
        canvas.viewbox({ x: inner.x - margin, y: inner.y - margin, ...size });
        return { ...size, warnings: imported.warnings.map((warning) => warning.message) };
    }, xml);
    if (!checkOnly) {
        await page.setViewportSize({ width: Math.max(width, 100), height: Math.max(height, 100) });
        await page.locator('#canvas').screenshot({ path: join(out, `${basename(file, '.bpmn')}.png`), scale: 'device' });
    }
    return [...warnings.map((text) => ({ level: 'error', text })), ...(await page.evaluate(checkLayout))];
}
