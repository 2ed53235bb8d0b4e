import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { form, forms, island, openStage } from './stage.mjs';

const COMPLETE = '/api/v1/tasks/t1/complete';
const text = '已增设家长等候区，错峰放学。';
let stage;

before(async () => {
    stage = await openStage();
});
after(() => stage.close());
beforeEach(() => {
    stage.requests.length = 0;
    stage.api.clear();
    serve('rectifyIssue', {});
    stage.api.set(`POST ${COMPLETE}`, () => ({ body: { caseNumber: '2026-WT-00042', caseStatus: 'verifying', nextTasks: [{ name: '核查整改' }] } }));
    let files = 0;
    stage.api.set('POST /api/v1/tasks/t1/attachments', () => ({ status: 201, body: { id: `f${++files}`, name: `图 ${files}.jpg`, size: 204_800, sha256: '0', type: 'image/jpeg' } }));
});

function serve(name, data, version = 7) {
    stage.api.set('GET /api/v1/tasks/t1/form', () => ({ body: { version, schema: form(name), data, draft: null } }));
}

async function open(options) {
    const page = await stage.page(island, options);
    await page.waitForSelector('.fjs-form');
    return page;
}

async function fill(page) {
    await page.getByLabel('整改措施').fill(text);
    await page.getByLabel('整改结果').fill('放学时段不再拥堵。');
    await page.getByLabel('完成日期').fill('2026-03-10');
}

const submit = (page) => page.locator('.action-bar .btn-primary').click();

test('a filled form is sent once with its version, the token and a key, and the next page says what follows', async () => {
    const page = await open();
    await fill(page);
    await page.locator('.action-bar .btn-primary').dblclick();
    await page.waitForSelector('#next');

    const [request, ...more] = stage.sent('POST', COMPLETE);
    assert.equal(more.length, 0);
    assert.equal(request.headers['x-csrf-token'], 'token');
    assert.match(request.headers['idempotency-key'], /^[0-9a-f]{32}$/);
    const { version, values } = JSON.parse(request.body);
    assert.equal(version, 7);
    assert.equal(values.measures, text);
    assert.equal(values.completedOn, '2026-03-10');
    assert.match(await page.locator('.toast-note').innerText(), /下一步：核查整改/);
    assert.deepEqual(page.complaints, []);
    assert.equal(await page.evaluate(() => Object.keys(localStorage).length), 0);
});

test('what is missing is named in Chinese, at the field and above the form, and the link leads to the field', async () => {
    const page = await open();
    await submit(page);

    assert.match(await page.locator('.error-summary').innerText(), /请填写“整改措施”。[\s\S]*请填写“完成日期”。/);
    assert.equal(await page.locator('.fjs-form-field-error').first().innerText(), '请填写“整改措施”。');
    await page.locator('.error-summary a', { hasText: '完成日期' }).click();
    assert.equal(await page.evaluate(() => document.activeElement.type), 'date');
    assert.equal(stage.sent('POST', COMPLETE).length, 0);
});

test('the same in English where the page is English', async () => {
    const page = await open({ lang: 'en' });
    await submit(page);

    assert.match(await page.locator('.error-summary').innerText(), /Please fill in "整改措施"\./);
});

test('what is typed is there again after the page was closed, and can be thrown away', async () => {
    const page = await open();
    await page.getByLabel('整改措施').fill(text);
    await page.reload();
    await page.waitForSelector('.form-notes .notice');

    assert.equal(await page.getByLabel('整改措施').inputValue(), text);
    assert.match(await page.locator('.form-notes').innerText(), /已恢复/);
    await page.getByRole('button', { name: '清空，从头填写' }).click();
    await page.locator('dialog .btn-primary').click();
    await page.waitForFunction(() => !document.querySelector('.form-notes .notice') && document.querySelector('.fjs-form'));
    assert.equal(await page.getByLabel('整改措施').inputValue(), '');
});

test('the server\'s faults stand at their fields, in rows of a list too, and what fits no field above the form', async () => {
    serve('verifyRectification', { points: [{ point: '等候区', ok: true }, { point: '疏导', ok: false }] });
    stage.api.set(`POST ${COMPLETE}`, () => ({
        status: 422,
        body: { status: 422, code: 'validation', errors: [{ field: 'points[1].note', code: 'required', message: '未到位的请写明情况。' }, { field: 'version', code: 'x', message: '另有一处不对。' }] },
    }));
    const page = await open();
    await page.getByLabel('通过：问题确实解决了').check();
    await page.getByLabel('现场核查').check();
    await submit(page);
    await page.waitForSelector('.error-summary');

    assert.match(await page.locator('.error-summary').innerText(), /未到位的请写明情况。[\s\S]*另有一处不对。/);
    assert.equal(await page.locator('.fjs-repeat-row-container').nth(1).locator('.fjs-form-field-error').innerText(), '未到位的请写明情况。');
    assert.equal(await page.locator('.fjs-repeat-row-container').nth(0).locator('.fjs-form-field-error').count(), 0);
});

test('the button says the decision', async () => {
    serve('verifyRectification', {});
    const page = await open();
    await page.getByLabel('不通过：退回单位').check();

    assert.equal(await page.locator('.action-bar .btn-primary').innerText(), '提交：不通过');
});

test('a stale version keeps what was typed, and reloading fills it in again', async () => {
    stage.api.set(`POST ${COMPLETE}`, () => ({ status: 409, body: { status: 409, code: 'stale-version' } }));
    const page = await open();
    await fill(page);
    await submit(page);
    await page.waitForSelector('.error-summary');

    assert.match(await page.locator('.error-summary').innerText(), /已有更新[\s\S]*已增设家长等候区/);
    serve('rectifyIssue', {}, 8);
    await page.getByText('刷新页面').click();
    await page.waitForSelector('.form-notes .notice');
    assert.match(await page.locator('.form-notes').innerText(), /此后这项任务有更新/);
    assert.equal(await page.getByLabel('整改措施').inputValue(), text);
});

for (const [code, words] of [['already-claimed', '已由他人签领'], ['not-active', '已经办完']]) {
    test(`${code} offers what was typed to be copied and sends nothing more`, async () => {
        stage.api.set(`POST ${COMPLETE}`, () => ({ status: 409, body: { status: 409, code, detail: '王芳于 09:30 签领。' } }));
        const page = await open();
        await fill(page);
        await submit(page);
        await page.waitForSelector('.error-summary');

        const panel = await page.locator('.error-summary').innerText();
        assert.match(panel, new RegExp(words));
        assert.match(panel, /王芳于 09:30 签领。/);
        assert.match(panel, /已增设家长等候区/);
        assert.ok(await page.locator('.action-bar .btn-primary').isDisabled());
        assert.ok(await page.getByRole('button', { name: '复制全部' }).isVisible());
    });
}

test('a broken line keeps everything, and trying again sends the same key', async () => {
    let broken = true;
    const answer = stage.api.get(`POST ${COMPLETE}`);
    stage.api.set(`POST ${COMPLETE}`, (call) => (broken ? { drop: true } : answer(call)));
    const page = await open();
    await fill(page);
    await submit(page);
    await page.waitForSelector('.error-summary');
    assert.match(await page.locator('.error-summary').innerText(), /网络没有连通/);

    broken = false;
    await submit(page);
    await page.waitForSelector('#next');
    const keys = stage.sent('POST', COMPLETE).map((request) => request.headers['idempotency-key']);
    assert.equal(new Set(keys).size, 1);
});

test('other content after a refusal goes under another key', async () => {
    stage.api.set(`POST ${COMPLETE}`, () => ({ status: 503, body: { status: 503 } }));
    const page = await open();
    await fill(page);
    await submit(page);
    await page.waitForSelector('.error-summary');
    await page.getByLabel('整改结果').fill('已改。');
    await submit(page);
    await page.waitForFunction(() => !document.querySelector('.is-busy'));

    const keys = stage.sent('POST', COMPLETE).map((request) => request.headers['idempotency-key']);
    assert.equal(new Set(keys).size, 2);
});

test('files go up as they are chosen, can be removed, and their ids are the value', async () => {
    const page = await open();
    await fill(page);
    const chooser = page.locator('.fjs-form-field-files').nth(1).locator('input[type="file"]').first();
    await chooser.setInputFiles([
        { name: 'a.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(2048, 1) },
        { name: 'b.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(2048, 2) },
    ]);
    await page.waitForFunction(() => document.querySelectorAll('.files-item:not(.is-waiting, .is-sending)').length === 2);
    await page.getByLabel('移除 图 1.jpg').click();
    await submit(page);
    await page.waitForSelector('#next');

    const { values } = JSON.parse(stage.sent('POST', COMPLETE)[0].body);
    assert.deepEqual(values.afterFiles, ['f2']);
    assert.deepEqual(page.complaints, []);
});

test('a file that is refused says why and stops nobody', async () => {
    stage.api.set('POST /api/v1/tasks/t1/attachments', () => ({ status: 415, body: { status: 415, detail: '文件内容与类型不符。' } }));
    const page = await open();
    const field = page.locator('.fjs-form-field-files').first();
    await field.locator('input[type="file"]').first().setInputFiles({ name: 'x.pdf', mimeType: 'application/pdf', buffer: Buffer.from('no') });
    await page.waitForSelector('.files-item.is-failed');
    assert.match(await field.innerText(), /文件内容与类型不符。/);
    await field.locator('input[type="file"]').first().setInputFiles({ name: 'empty.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(0) });
    await page.waitForFunction(() => document.querySelectorAll('.files-item.is-failed').length === 2);
    assert.match(await field.innerText(), /空文件/);

    await fill(page);
    await submit(page);
    await page.waitForSelector('#next');
});

test('no form scrolls sideways on a phone', async () => {
    for (const name of forms()) {
        serve(name, { departments: [], units: [] });
        const page = await open({ width: 390 });
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390, name);
        assert.deepEqual(page.complaints, []);
    }
});

test('a task page weighs less than 300 KB compressed', async () => {
    stage.weights.clear();
    await open();

    const weight = [...stage.weights.values()].reduce((sum, bytes) => sum + bytes, 0);
    assert.ok(weight > 50_000 && weight < 300_000, `${weight} bytes: ${[...stage.weights].map((each) => each.join(' ')).join(', ')}`);
});

test('a task that is gone says so', async () => {
    stage.api.set('GET /api/v1/tasks/t1/form', () => ({ status: 404, body: { status: 404 } }));
    const page = await stage.page(island);

    await page.getByText('没有找到这项任务').waitFor();
});
