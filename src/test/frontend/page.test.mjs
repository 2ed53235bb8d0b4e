import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openStage } from './stage.mjs';

let stage;

before(async () => {
    stage = await openStage();
});
after(() => stage.close());

const chip = (name) => `<label class="chip"><input type="checkbox" class="visually-hidden" name="${name}">${name}</label>`;
const row = (id) => `<tr data-href="/tasks/${id}"><td class="cell-title"><a href="#${id}">校门口放学时段拥堵 ${id}</a></td><td data-label="单位">城关第一小学</td><td data-label="期限"><span class="due due-late">逾期 2 个工作日</span></td></tr>`;
const list = `<form class="filters" method="get" action="/page" data-filters><select class="form-select" name="school"><option value="">全部学校</option><option value="S1">城关第一小学</option></select>
    <input class="form-control" name="q" aria-label="q">${['only-overdue', 'only-mine', 'only-urgent', 'only-returned'].map(chip).join('')}</form>
    <div class="table-card"><table class="table responsive-cards" data-rows><thead><tr><th>事项</th><th>单位</th><th>期限</th></tr></thead><tbody>${['a', 'b', 'c'].map(row).join('')}</tbody></table></div>`;

test('a list never widens a phone', async () => {
    const page = await stage.page(list, { width: 390 });

    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390);
    assert.equal(await page.locator('td[data-label]').first().evaluate((cell) => getComputedStyle(cell, '::before').content), '"单位"');
    assert.equal(await page.locator('thead').evaluate((head) => head.getBoundingClientRect().width <= 1), true);
});

test('the rows of a list are 40 px high on a desk', async () => {
    const page = await stage.page(list);

    const height = await page.locator('tbody tr').nth(1).evaluate((each) => each.getBoundingClientRect().height);
    assert.ok(Math.abs(height - 40) <= 1, String(height));
});

test('j and k walk the rows and Enter opens, but not while somebody types', async () => {
    const page = await stage.page(list);
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    assert.equal(await page.locator('tr.is-current').innerText().then((text) => text.includes(' a')), true);
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    assert.equal(new URL(page.url()).hash, '#b');
    await page.locator('[name=q]').click();
    await page.keyboard.type('jk?');
    assert.equal(await page.locator('[name=q]').inputValue(), 'jk?');
    assert.equal(await page.locator('dialog').count(), 0);
});

test('a filter goes into the address, without the empty ones', async () => {
    const page = await stage.page(list);
    await page.locator('select').selectOption('S1');
    await page.waitForURL('**/page?school=S1');
});

const form = (extra = '') => `<form method="post" action="/save" data-keep="new" data-once ${extra}><input type="hidden" name="_csrf" value="t"><div class="field"><label for="f-title" class="field-label"><span>标题</span></label>
    <input class="form-control" id="f-title" name="title"></div><button class="btn btn-danger" data-confirm="退回给第一小学整改，期限 3 个工作日。">退回</button></form>`;

test('what cannot be undone is asked first, in a dialog that says what it will do', async () => {
    stage.api.set('POST /save', () => ({ type: 'text/html', body: '<body class="app"></body>' }));
    const page = await stage.page(form());
    await page.locator('.btn-danger').click();
    assert.match(await page.locator('dialog').innerText(), /退回给第一小学整改，期限 3 个工作日。[\s\S]*取消[\s\S]*退回/);
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
    assert.equal(stage.sent('POST', '/save').length, 0);
    await page.locator('.btn-danger').click();
    await page.locator('dialog .btn-danger').click();
    await page.waitForURL('**/save');
    assert.equal(stage.sent('POST', '/save').length, 1);
});

test('what was typed is still there after the server failed, and gone once it was taken', async () => {
    stage.api.set('POST /save', () => ({ status: 503, type: 'text/html', body: '<body class="door"></body>' }));
    const page = await stage.page(form());
    await page.locator('#f-title').fill('操场照明损坏');
    await page.locator('.btn-danger').click();
    await page.locator('dialog .btn-danger').click();
    await page.waitForURL('**/save');
    await page.goto(page.url().replace('/save', '/page'));
    await page.waitForFunction(() => document.querySelector('#f-title').value === '操场照明损坏');

    stage.api.set('POST /save', () => ({ type: 'text/html; charset=utf-8', body: stage.api.get('GET /page')().body.replace(form(), '') }));
    await page.locator('.btn-danger').click();
    await page.locator('dialog .btn-danger').click();
    await page.waitForURL('**/save');
    await page.goto(page.url().replace('/save', '/page'));
    assert.equal(await page.locator('#f-title').inputValue(), '');
});

test('each fault of the summary names its field and leads to it', async () => {
    const page = await stage.page(`<div class="error-summary" data-error-summary tabindex="-1"><a href="#f-title">请填写。</a></div>${form()}`);
    await page.waitForFunction(() => document.querySelector('.error-summary a').textContent === '标题：请填写。');
    await page.locator('.error-summary a').click();
    assert.equal(await page.evaluate(() => document.activeElement.id), 'f-title');
});

test('before and after are shown side by side', async () => {
    const link = (side, id) => `<a href="/attachments/${id}" data-zoom data-zoom-group="g" data-zoom-side="${side}" data-zoom-caption="${id}.jpg">${id}</a>`;
    const page = await stage.page(link('before', 'one') + link('after', 'two') + link('after', 'three'));
    await page.getByText('three').click();

    assert.deepEqual(await page.locator('.zoom-pane img').evaluateAll((images) => images.map((image) => new URL(image.src).pathname)), ['/attachments/one', '/attachments/three']);
    await page.keyboard.press('Escape');
    // The browser tells of the closing in a task of its own, after the key.
    await page.locator('dialog').waitFor({ state: 'detached' });
    assert.equal(await page.locator('dialog').count(), 0);
    assert.equal(await page.evaluate(() => document.activeElement.textContent), 'three');
});
