import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ROOT } from '../../main/frontend/tools/models.mjs';
import { openStage } from './stage.mjs';

const diagram = '<div data-island="diagram" data-url="/diagram.json" aria-label="流程图" role="group"></div>';
let stage;

before(async () => {
    stage = await openStage();
    stage.api.set('GET /diagram.json', () => ({
        body: { xml: readFileSync(join(ROOT, 'processes/issue/issue-rectification.bpmn'), 'utf8'), active: ['signForIssue', 'notThere'], done: ['start_IssueRaised', 'triageIssue'] },
    }));
});
after(() => stage.close());

test('what is done and what is under way is marked in words, and the policy is kept', async () => {
    const page = await stage.page(diagram);
    await page.waitForSelector('.diagram-bar');

    assert.deepEqual(await page.locator('.djs-shape.is-active').evaluateAll((shapes) => shapes.map((shape) => shape.dataset.elementId)), ['signForIssue']);
    assert.equal(await page.locator('.djs-shape.is-done').count(), 2);
    assert.equal(await page.locator('.diagram-badge.is-active').innerText(), '正在办理');
    assert.match(await page.locator('.diagram-bar').innerText(), /已完成\s*正在办理\s*未到/);
    assert.ok(await page.locator('.bjs-powered-by').isVisible());
    assert.deepEqual(page.complaints, []);
});

test('it zooms by button and key', async () => {
    const page = await stage.page(diagram);
    await page.waitForSelector('.diagram-bar');
    const width = () => page.locator('[data-element-id="signForIssue"] .djs-visual').evaluate((shape) => shape.getBoundingClientRect().width);
    const before = await width();
    await page.getByLabel('放大').click();
    assert.ok((await width()) > before * 1.2);
    const large = await width();
    await page.locator('.djs-container > svg').focus();
    await page.keyboard.press('-');
    assert.ok((await width()) < large);
    await page.keyboard.press('0');
    const whole = await page.locator('.djs-container g.viewport').evaluate((shape) => shape.getBoundingClientRect().toJSON());
    assert.ok(whole.left >= 0 && whole.right <= 1280, JSON.stringify(whole));
});

test('on a phone it shows readably what is under way', async () => {
    const page = await stage.page(diagram, { width: 390 });
    await page.waitForSelector('.diagram-bar');

    const box = await page.locator('[data-element-id="signForIssue"] .djs-visual').evaluate((shape) => shape.getBoundingClientRect().toJSON());
    assert.ok(box.left >= 0 && box.right <= 390, JSON.stringify(box));
    assert.ok(box.width >= 80);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390);
});

test('inside a folded part it is fetched only when that is opened', async () => {
    stage.requests.length = 0;
    const page = await stage.page(`<details><summary>流程图</summary>${diagram}</details>`);
    await page.waitForLoadState('networkidle');
    assert.equal(stage.sent('GET', '/diagram.json').length, 0);
    await page.locator('summary').click();
    await page.waitForSelector('.diagram-bar');
});
