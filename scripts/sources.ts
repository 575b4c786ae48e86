import { readdirSync } from 'node:fs'
import { join, posix } from 'node:path'

const ignored = new Set(['node_modules', 'dist', 'coverage', 'data'])
const source = /\.[cm]?[jt]sx?$/

/** Paths of all source files below `root`, relative to it, with slashes. */
export function listSources(root: string, folder = ''): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name)
    if (entry.name.startsWith('.') || ignored.has(entry.name)) return []
    if (entry.isDirectory()) return listSources(root, path)
    return entry.isFile() && source.test(entry.name) ? [path] : []
  })
}

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
