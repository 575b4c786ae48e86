import { readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'

import { importsOf, listSources } from './sources.ts'

/** Path of a source file -> the source files that it imports, types included. */
export type Imports = ReadonlyMap<string, readonly string[]>

export function readImports(root: string): Imports {
  const files = listSources(root)
  const known = new Set(files)
  return new Map(
    files.map((file) => {
      const names = importsOf(readFileSync(join(root, file), 'utf8'))
      const targets = names.map(({ name }) => targetOf(file, name)).filter((it) => known.has(it))
      return [file, [...new Set(targets)].toSorted()]
    }),
  )
}

/** Workspaces export each file of `src` by its name. */
function targetOf(file: string, name: string): string {
  if (name.startsWith('.')) return posix.join(dirname(file), name)
  return name.replace(/^@doorstep\/(\w+)\/(.+)$/, '$1/src/$2.ts')
}

/**
 * Circles of files that import one another: for each file that is in one, a shortest one that it is
 * in. Each circle begins with its first file by name, and comes once.
 */
export function findCircles(imports: Imports): string[][] {
  const circles = [...imports.keys()].flatMap((file) => {
    const circle = shortestCircle(file, imports)
    return circle ? [rotated(circle)] : []
  })
  return [...new Map(circles.map((circle) => [circle.join(), circle])).values()]
}

function shortestCircle(start: string, imports: Imports): string[] | undefined {
  const before = new Map<string, string>()
  const queue = [start]
  for (const file of queue) {
    for (const target of imports.get(file) ?? []) {
      if (target === start) return pathTo(file, start, before)
      if (before.has(target)) continue
      before.set(target, file)
      queue.push(target)
    }
  }
  return undefined
}

function pathTo(end: string, start: string, before: ReadonlyMap<string, string>): string[] {
  const path = [end]
  for (let at: string | undefined = end; at !== undefined && at !== start;) {
    at = before.get(at)
    if (at !== undefined) path.unshift(at)
  }
  return path
}

function rotated(circle: readonly string[]): string[] {
  const first = circle.indexOf(circle.toSorted()[0] ?? '')
  return [...circle.slice(first), ...circle.slice(0, first)]
}

const between = (path: string, above: string): string | undefined =>
  path.startsWith(`${above}/`) ? /^([^/]+)\//.exec(path.slice(above.length + 1))?.[1] : undefined

/** Two folders below one that import each other, with an import each way. Tests may import anything. */
export function findMutualFolders(imports: Imports, above: string): string[] {
  const first = new Map<string, string>()
  for (const [file, targets] of imports) {
    const from = between(file, above)
    if (from === undefined || /\.test\.tsx?$/.test(file)) continue
    for (const target of targets) {
      const to = between(target, above)
      const pair = `${from} ${to}`
      if (to !== undefined && to !== from && !first.has(pair)) {
        first.set(pair, `${file} -> ${target}`)
      }
    }
  }
  return [...first].flatMap(([pair, there]) => {
    const [from = '', to = ''] = pair.split(' ')
    const back = from < to ? first.get(`${to} ${from}`) : undefined
    return back === undefined
      ? []
      : [`${above}/${from} and ${to} import each other: ${there}, ${back}`]
  })
}

export const describeCircle = (circle: readonly string[]): string =>
  [...circle, circle[0]].join(' -> ')

if (import.meta.main) {
  const imports = readImports(join(import.meta.dirname, '..'))
  const sentences = [
    ...findCircles(imports).map(describeCircle),
    ...findMutualFolders(imports, 'web/src'),
  ]
  for (const sentence of sentences) console.error(sentence)
  process.exitCode = sentences.length > 0 ? 1 : 0
}
