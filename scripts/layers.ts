import { readFileSync } from 'node:fs'
import { dirname, join, posix, sep } from 'node:path'

import { type LayerRule, layerRules } from './layer-rules.ts'
import { importsOf, listSources } from './sources.ts'

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
        `${file} lies in a folder without a rule: say in scripts/layer-rules.ts what it may import.`,
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
  if (!name.startsWith('.')) {
    const isExcepted = rule.except?.some((it) => matches(name, it)) ?? false
    return !isExcepted && (rule.packages?.some((it) => matches(name, it)) ?? false)
  }
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
  const except = rule.except ? `, without ${rule.except.join(', ')}` : ''
  return `${rule.folder} may import only ${allowed.join(', ')}${except}`
}

if (import.meta.main) {
  const violations = findLayerViolations(join(import.meta.dirname, '..'))
  for (const sentence of violations) console.error(sentence)
  process.exitCode = violations.length > 0 ? 1 : 0
}
