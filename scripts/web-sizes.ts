import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'

import { buildWeb, isBuilt } from './build-web.js'

/** What a browser loads at most, packed with brotli, in KB of 1,000 bytes. */
export const budgets = { firstLoad: 300, map: 380 } as const

/** A file of the build, as Vite's manifest describes it. */
interface Chunk {
  readonly file: string
  readonly src?: string
  readonly imports?: readonly string[]
  readonly css?: readonly string[]
  readonly assets?: readonly string[]
}
type Manifest = Readonly<Record<string, Chunk>>

export interface WebSizes {
  /** By screen, the largest first: all that it needs, but the map. */
  readonly firstLoads: readonly { readonly screen: string; readonly kb: number }[]
  /** MapLibre with its style and its worker. */
  readonly mapKb: number
}

const entries = ['index.html', 'src/theme.ts']
/** Of the font a page of Latin letters loads this part. */
const font = /geist-latin-wght/
const worker = /maplibre.*worker/

/** Measures web/dist; builds it first if it is older than its sources. */
export async function measureWeb(root: string): Promise<WebSizes> {
  if (!isBuilt()) await buildWeb()
  const dist = join(root, 'web/dist')
  const manifest: Manifest = JSON.parse(readFileSync(join(dist, '.manifest.json'), 'utf8'))
  const chunks = Object.values(manifest)
  const ofMap = chunks.filter(({ assets = [] }) => assets.some((file) => worker.test(file)))
  const mapFiles = new Set(
    ofMap.flatMap(({ file, css = [], assets = [] }) => [
      file,
      ...css,
      ...assets.filter((name) => worker.test(name)),
    ]),
  )
  const always = [
    ...entries.flatMap((entry) => filesOf(manifest, entry)),
    ...chunks.map(({ file }) => file).filter((file) => font.test(file)),
  ]
  const kbOf = (files: Iterable<string>) =>
    [...new Set(files)].reduce((sum, file) => sum + packedBytes(join(dist, file)), 0) / 1_000
  const screens = Object.keys(manifest).filter((name) => /^src\/.*Screen\.tsx$/.test(name))
  const firstLoads = screens.map((screen) => ({
    screen: basename(screen, '.tsx'),
    kb: kbOf([...always, ...filesOf(manifest, screen)].filter((file) => !mapFiles.has(file))),
  }))
  return { firstLoads: firstLoads.toSorted((a, b) => b.kb - a.kb), mapKb: kbOf(mapFiles) }
}

/** The scripts and styles that one needs, with all that it imports at once. */
function filesOf(manifest: Manifest, name: string, seen = new Set<string>()): string[] {
  const chunk = manifest[name]
  if (!chunk || seen.has(name)) return []
  seen.add(name)
  const imported = (chunk.imports ?? []).flatMap((each) => filesOf(manifest, each, seen))
  return [chunk.file, ...(chunk.css ?? []), ...imported]
}

const packedBytes = (file: string): number =>
  statSync(existsSync(`${file}.br`) ? `${file}.br` : file).size

/** A line per budget, with whether it holds. */
export function printSizes({
  firstLoads,
  mapKb,
}: WebSizes): readonly (readonly [string, boolean])[] {
  const [largest] = firstLoads
  const line = (what: string, kb: number, budget: number) =>
    [
      `${what}: ${kb.toFixed(0)} KB; ${budget} expected: ${kb <= budget ? 'met' : 'missed'}`,
      kb <= budget,
    ] as const
  return [
    line(`first load of ${largest?.screen}`, largest?.kb ?? Number.NaN, budgets.firstLoad),
    line('the map, when a screen first shows it', mapKb, budgets.map),
  ]
}

if (import.meta.main) {
  const lines = printSizes(await measureWeb(join(import.meta.dirname, '..')))
  for (const [line] of lines) console.log(line)
  process.exitCode = lines.every(([, isMet]) => isMet) ? 0 : 1
}
