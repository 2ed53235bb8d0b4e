import { readFileSync, writeFileSync } from 'node:fs';
import { defineConfig, type Plugin } from 'vite';

/** Writes down whose code the script holds, for the list of all that is shipped (tools/sbom.mjs). A direct dependency may be there for its style only. */
const shippedPackages: Plugin = {
    name: 'shipped-packages',
    generateBundle(_, bundle) {
        const names = new Set<string>(Object.keys(JSON.parse(readFileSync('package.json', 'utf8')).dependencies));
        for (const chunk of Object.values(bundle)) {
            for (const module of chunk.type === 'chunk' ? Object.keys(chunk.modules) : []) {
                const name = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(module);
                if (name) {
                    names.add(name[1]);
                }
            }
        }
        writeFileSync('target/frontend-packages.json', JSON.stringify([...names].sort()));
    },
};

/**
 * Builds the pages' script and style into the folder Spring serves at /assets. The entry and its style keep their names, so that templates can
 * name them; everything loaded on demand carries a hash of its content. Nothing here may need `unsafe-*` in the content security policy.
 */
export default defineConfig({
    base: '/assets/',
    plugins: [shippedPackages],
    publicDir: 'src/main/frontend/public',
    build: {
        outDir: 'target/classes/static/assets',
        emptyOutDir: true,
        target: ['chrome90', 'firefox90', 'safari14'],
        modulePreload: { polyfill: false },
        assetsInlineLimit: 0,
        chunkSizeWarningLimit: 800,
        rollupOptions: {
            // htmx holds an eval that its allowEval=false keeps shut, and the policy besides.
            checks: { eval: false, pluginTimings: false },
            input: { app: 'src/main/frontend/app.ts' },
            output: {
                entryFileNames: '[name].js',
                chunkFileNames: '[name]-[hash].js',
                assetFileNames: ({ names }) => (names.includes('app.css') ? '[name][extname]' : '[name]-[hash][extname]'),
            },
        },
    },
    css: {
        transformer: 'lightningcss',
        preprocessorOptions: { scss: { quietDeps: true, loadPaths: ['node_modules'] } },
    },
});
