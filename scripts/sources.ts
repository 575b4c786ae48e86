import { readdirSync } from 'node:fs'
import { join, posix } from 'node:path'

const ignored = new Set(['.git', 'node_modules', 'dist', 'dist.next', 'coverage', 'data'])
const source = /\.[cm]?[jt]sx?$/

/** Paths of all files below `root`, relative to it, with slashes. */
export function listFiles(root: string, folder = ''): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name)
    if (ignored.has(entry.name)) return []
    if (entry.isDirectory()) return listFiles(root, path)
    return entry.isFile() ? [path] : []
  })
}

/** Of these, the source files; none of a hidden folder. */
export const listSources = (root: string): string[] =>
  listFiles(root).filter((path) => source.test(path) && !/(^|\/)\./.test(path))

const clause = String.raw`(?:[\w$]+\s*,\s*)?(?:[\w$]+|\*(?:\s*as\s+[\w$]+)?|\{[^}]*\})`
const imports = [
  new RegExp(
    String.raw`^[ \t]*(?:import|export)\s+(type\s+)?${clause}\s*from\s*['"]([^'"]+)`,
    'gm',
  ),
  /^[ \t]*import\s*()['"]([^'"]+)/gm,
  /\b(?:import|require)\s*()\(\s*['"]([^'"]+)/g,
]

/** What a source file imports or re-exports, in any way; `isType`: by `import type`. */
export function importsOf(text: string): { name: string; isType: boolean }[] {
  return imports.flatMap((pattern) =>
    [...text.matchAll(pattern)].map(([, type, name = '']) => ({ name, isType: Boolean(type) })),
  )
}
