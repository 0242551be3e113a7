import { resolve } from 'node:path'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'
import { offlineShell } from './build/offline-shell.ts'
import { sentencesInHtml } from './build/sentences-in-html.ts'

const here = import.meta.dirname

export default defineConfig({
  base: '/',
  plugins: [svelte(), sentencesInHtml(resolve(here, '../../proto/locales')), offlineShell()],
  build: {
    target: 'es2022',
    // A strict CSP serves no data: scripts or styles, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // MapLibre is one large module; it is fetched only when a map is opened.
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      input: {
        resident: resolve(here, 'index.html'),
        console: resolve(here, 'console/index.html'),
        planner: resolve(here, 'planner/index.html'),
        worker: resolve(here, 'src/worker/worker.ts'),
      },
      output: {
        // A service worker rules over the paths below its own address, so it lies at the root, unhashed.
        entryFileNames: (chunk) => (chunk.name === 'worker' ? 'worker.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  server: { fs: { allow: [resolve(here, '../..')] }, proxy: { '/v1': 'http://localhost:8080', '/session': 'http://localhost:8080' } },
})
