/** Draws the decision tables (all, or those named) to docs/diagrams/<id>.png, one picture a table; `--out FOLDER` draws elsewhere. */
import { mkdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { launch, models, ROOT } from './models.mjs';

const args = process.argv.slice(2);
const outAt = args.indexOf('--out');
const out = outAt >= 0 ? resolve(args[outAt + 1]) : join(ROOT, 'docs/diagrams');
const files = models(
    '.dmn',
    args.filter((arg, index) => !arg.startsWith('--') && !(outAt >= 0 && index === outAt + 1)),
);
const dist = join(ROOT, 'node_modules/dmn-js/dist');

if (!files.length) {
    console.log('No decision tables to draw.');
} else {
    mkdirSync(out, { recursive: true });
    const browser = await launch();
    try {
        const page = await browser.newPage({ deviceScaleFactor: 2, viewport: { width: 1600, height: 900 } });
        await page.setContent('<!doctype html><html lang="zh"><body><div id="canvas"></div></body></html>');
        for (const sheet of ['diagram-js', 'dmn-js-shared', 'dmn-js-decision-table', 'dmn-js-literal-expression', 'dmn-js-drd']) {
            await page.addStyleTag({ content: readFileSync(join(dist, `assets/${sheet}.css`), 'utf8') });
        }
        await page.addStyleTag({
            content: `body { margin: 0; background: #fff } .powered-by, .bjs-powered-by, .view-drd { display: none !important }
                #canvas { display: inline-block; min-width: 600px } .dmn-js-parent { border: 0 }
                .dmn-decision-table-container, .dmn-decision-table-container * { font-family: "Noto Sans CJK SC", "Noto Sans SC", sans-serif !important }`,
        });
        await page.addScriptTag({ path: join(dist, 'dmn-viewer.production.min.js') });
        for (const file of files) {
            for (const picture of await draw(page, file)) {
                console.log(`ok   ${file} -> ${picture}`);
            }
        }
    } finally {
        await browser.close();
    }
}

/** Draws every table of a file; the file's only table takes the file's name. Returns the pictures' names. */
async function draw(page, file) {
    const tables = await page.evaluate(async (source) => {
        window.viewer?.destroy();
        const words = { When: '当', Then: '则', And: '且', Or: '或', 'Hit policy:': '命中规则：', First: '自上而下取第一条', Unique: '唯一一条', Annotations: '说明' };
        const translate = (text, values = {}) => (words[text] ?? text).replace(/{([^}]+)}/g, (_, key) => values[key] ?? `{${key}}`);
        const modules = [{ translate: ['value', translate] }];
        window.viewer = new window.DmnJS({ container: '#canvas', common: { additionalModules: modules }, decisionTable: { additionalModules: modules } });
        const { warnings } = await window.viewer.importXML(source);
        if (warnings.length) {
            throw new Error(warnings.map((warning) => warning.message).join('; '));
        }
        return window.viewer.getViews().filter((view) => view.type === 'decisionTable').map((view) => view.element.id);
    }, readFileSync(join(ROOT, file), 'utf8'));
    const pictures = [];
    for (const table of tables) {
        await page.evaluate((id) => window.viewer.open(window.viewer.getViews().find((view) => view.element.id === id)), table);
        const picture = `${tables.length === 1 ? basename(file, '.dmn') : table}.png`;
        await page.locator('#canvas').screenshot({ path: join(out, picture), scale: 'device' });
        pictures.push(picture);
    }
    return pictures;
}
