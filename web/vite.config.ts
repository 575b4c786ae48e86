import { readFileSync } from 'node:fs'

import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** Where `npm run dev:web` finds the server. */
const server = 'http://127.0.0.1:8080'
const serverPaths = ['/v2', '/v3', '/docs', '/oauth2', '/openapi.json', '/healthz', '/map/']

/** Loads theme.ts before anything is drawn: a module would run after the first picture. */
const blockingTheme: Plugin = {
  name: 'blocking-theme',
  transformIndexHtml: {
    order: 'post',
    handler(_page, { bundle }) {
      const theme = Object.values(bundle ?? {}).find(
        (output) => output.type === 'chunk' && output.isEntry && output.name === 'theme',
      )
      const attrs = theme
        ? { src: `./${theme.fileName}` }
        : { src: '/src/theme.ts', type: 'module' }
      return [{ tag: 'script', attrs, injectTo: 'head-prepend' }]
    },
  },
}

/** Repeats the order of the layers in every style sheet: any of them may be the first that is loaded. */
const layersFirst: Plugin = {
  name: 'layers-first',
  enforce: 'post',
  generateBundle(_options, bundle) {
    const file = readFileSync(new URL('src/styles/layers.css', import.meta.url), 'utf8')
    const order = file.replace(/\/\*.*?\*\//s, '').trim()
    for (const output of Object.values(bundle)) {
      if (output.type === 'asset' && output.fileName.endsWith('.css')) {
        output.source = `${order}${String(output.source)}`
      }
    }
  },
}

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react(), blockingTheme, layersFirst],
  build: {
    assetsInlineLimit: 0,
    // The core with its parts, which every screen needs, is 150 KB when packed.
    chunkSizeWarningLimit: 800,
    // Built beside the one that is served, which scripts/build-web.js then replaces.
    outDir: 'dist.next',
    emptyOutDir: true,
    // What loads what, for scripts/web-sizes.ts.
    manifest: '.manifest.json',
    rollupOptions: {
      input: { index: 'index.html', theme: 'src/theme.ts' },
      // What nearly every screen needs packs better as one file than as forty.
      output: {
        codeSplitting: {
          groups: [{ name: 'shared', test: /src|node_modules/, minShareCount: 12 }],
        },
      },
    },
  },
  worker: { format: 'es' },
  server: {
    proxy: Object.fromEntries(serverPaths.map((path) => [path, { target: server }])),
  },
})
