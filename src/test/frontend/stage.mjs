/** A stage for the islands: the built assets under the content security policy of the application, a stubbed API, and a browser. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { basename, extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { launch, ROOT } from '../../main/frontend/tools/models.mjs';

const POLICY =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; media-src 'self'; " +
    "worker-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'";
const TYPES = { '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.json': 'application/json' };
const PIXEL = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="40" height="30" fill="#8a9aa8"/></svg>';

/** The names of all forms of issues, and one of them. */
export const forms = () => readdirSync(join(ROOT, 'forms/issue')).map((file) => basename(file, '.form'));
export const form = (name) => JSON.parse(readFileSync(join(ROOT, `forms/issue/${name}.form`), 'utf8'));

/** Opens the stage; `api` maps "METHOD /path" to a function of the request that answers `{status, body, type}` or a body. Close it afterwards. */
export async function openStage() {
    const api = new Map();
    const requests = [];
    const weights = new Map();
    const server = createServer((request, response) => {
        const { pathname } = new URL(request.url, 'http://stage');
        const chunks = [];
        request.on('data', (chunk) => chunks.push(chunk));
        request.on('end', async () => {
            const call = { method: request.method, path: pathname, headers: request.headers, body: Buffer.concat(chunks).toString('utf8') };
            const send = (status, body, type) => response.writeHead(status, { 'Content-Type': type, 'Content-Security-Policy': POLICY, 'X-Content-Type-Options': 'nosniff' }).end(body);
            const file = join(ROOT, 'target/classes/static', pathname);
            const stub = api.get(`${request.method} ${pathname}`);
            if (pathname.startsWith('/assets/') && existsSync(file)) {
                const content = readFileSync(file);
                weights.set(pathname, gzipSync(content).length);
                send(200, content, TYPES[extname(pathname)]);
            } else if (stub) {
                requests.push(call);
                const { status = 200, body, type, drop } = await stub(call);
                if (drop) {
                    request.socket.destroy();
                } else {
                    send(status, typeof body === 'string' ? body : JSON.stringify(body), type ?? (status < 400 ? 'application/json' : 'application/problem+json'));
                }
            } else if (pathname.startsWith('/attachments/')) {
                send(200, request.method === 'HEAD' ? '' : PIXEL, 'image/svg+xml');
            } else {
                send(404, 'not here', 'text/plain');
            }
        });
    });
    await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
    const base = `http://127.0.0.1:${server.address().port}`;
    const browser = await launch();
    return {
        api,
        requests,
        /** The compressed size of every asset that was fetched. */
        weights,
        sent: (method, path) => requests.filter((request) => request.method === method && request.path === path),
        /** A page with a body in the frame; its `complaints` are what the console had to say. */
        async page(body, { lang = 'zh', width = 1280 } = {}) {
            api.set('GET /page', () => ({
                type: 'text/html; charset=utf-8',
                body: `<!DOCTYPE html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
                    <meta name="_csrf" content="token"><meta name="_csrf_header" content="X-CSRF-TOKEN"><meta name="user" content="principal001"><title>stage</title>
                    <link rel="icon" href="/assets/logo.svg"><link rel="stylesheet" href="/assets/app.css"><script type="module" src="/assets/app.js"></script></head>
                    <body class="app"><header class="topbar"></header><nav class="rail"></nav><div class="app-main" id="main"><main>${body}</main></div>
                    <div class="toasts" id="toasts" role="status"></div></body></html>`,
            }));
            api.set('GET /next', () => ({ type: 'text/html; charset=utf-8', body: (api.get('GET /page')().body).replace(body, '<h1 id="next">next</h1>') }));
            const context = await browser.newContext({ viewport: { width, height: 800 }, locale: lang === 'zh' ? 'zh-CN' : 'en-GB' });
            const page = await context.newPage();
            page.complaints = [];
            page.on('console', (message) => ['error', 'warning'].includes(message.type()) && !/Failed to load resource/.test(message.text()) && page.complaints.push(message.text()));
            page.on('pageerror', (error) => page.complaints.push(error.message));
            await page.goto(`${base}/page`);
            return page;
        },
        async close() {
            await browser.close();
            server.close();
        },
    };
}

/** The form island of task `t1`. */
export const island = `<div data-island="form" data-task="t1" data-form-url="/api/v1/tasks/t1/form" data-complete-url="/api/v1/tasks/t1/complete"
    data-attach-url="/api/v1/tasks/t1/attachments" data-submit-label="提交" data-next-url="/next"></div>`;
