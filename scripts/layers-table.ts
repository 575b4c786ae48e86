import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { type LayerRule, layerRules } from './layer-rules.ts'

type Row = readonly string[]

const header: Row = ['folder', 'folders besides its own']
const listHead = 'Packages and modules of Node:'
const document = 'ARCHITECTURE.md'

/** What the document says of the rules: a row for each, and then a list of packages. */
export const linesOf = (rules: readonly LayerRule[]): string[] => [
  line(header),
  line(header.map(() => '---')),
  ...rules.map(({ folder, folders = [] }) => line([quoted(folder), listed(folders)])),
  '',
  listHead,
  '',
  ...rules.flatMap((rule) => packagesOf(rule)),
]

function packagesOf({ folder, packages = [], except, types = [] }: LayerRule): string[] {
  const names = packages.includes('*') ? [] : [...packages, ...types]
  if (names.length === 0) return []
  const typesOnly = types.length > 0 ? `; ${listed(types)} as types only` : ''
  const without = except ? `; not ${listed(except)}` : ''
  return [`- ${quoted(folder)}: ${listed(packages)}${without}${typesOnly}`.replace(': ; ', ': ')]
}

const quoted = (name: string): string => (name === '*' ? 'anything' : `\`${name}\``)
const listed = (names: readonly string[]): string => names.map(quoted).join(', ')

/** One sentence per line in which the text differs from the rules. */
export function compareTable(text: string, rules: readonly LayerRule[] = layerRules): string[] {
  const { start, lines } = findBlock(text)
  if (start < 0) return [`${document} has no table that begins with ${line(header)}.`]
  const wanted = entriesOf(linesOf(rules))
  const found = entriesOf(lines)
  const sentences = [
    ...wanted.filter((each) => !found.includes(each)).map((each) => `${document} lacks ${each}`),
    ...found
      .filter((each) => !wanted.includes(each))
      .map((each) => `${document} has ${each}, which is not in scripts/layer-rules.ts`),
  ]
  if (sentences.length === 0 && found.join() !== wanted.join()) {
    sentences.push(`${document} has the rows of the table of layers in another order`)
  }
  if (sentences.length > 0) sentences.push('Run `npm run format` to write it again.')
  return sentences
}

/** The text with the table and the list of the rules in place of its own. */
export function replaceTable(text: string, rules: readonly LayerRule[] = layerRules): string {
  const { start, lines } = findBlock(text)
  if (start < 0) return text
  return text
    .split('\n')
    .toSpliced(start, lines.length, ...linesOf(rules))
    .join('\n')
}

/** One sentence per folder of a rule that the tree at the head of the document lacks. */
export function compareTree(text: string, rules: readonly LayerRule[] = layerRules): string[] {
  const inTree = new Set(pathsOf(text))
  return rules
    .filter(({ folder }) => !inTree.has(folder))
    .map(({ folder }) => `The tree in ${document} lacks ${folder}, which has a rule.`)
}

/** The paths that the lines of the first block name; an indented one is within the one above. */
function pathsOf(text: string): string[] {
  const [, block = ''] = text.split(/^```.*$/m)
  let above = ''
  return block.split('\n').flatMap((content) => {
    const paths = content.split(/\s+/).flatMap((word) => /^[\w./-]+$/.exec(word) ?? [])
    const names = paths.map((path) => path.replace(/\/$/, ''))
    if (/^\s/.test(content)) return names.map((name) => `${above}/${name}`)
    above = names[0] ?? above
    return names
  })
}

/** From the head of the table to the end of the list behind it, or of the table without a list. */
function findBlock(text: string): { start: number; lines: string[] } {
  const lines = text.split('\n')
  const start = lines.findIndex((it) => it.startsWith('|') && line(cellsOf(it)) === line(header))
  if (start < 0) return { start, lines: [] }
  const behind = lines.slice(start)
  const rows = lengthOf(behind, (it) => it.startsWith('|'))
  const hasList = behind[rows + 1] === listHead
  const list = hasList ? lengthOf(behind.slice(rows + 3), (it) => /^(- | {2})/.test(it)) + 3 : 0
  return { start, lines: behind.slice(0, rows + list) }
}

const lengthOf = (lines: readonly string[], belongs: (line: string) => boolean): number => {
  const end = lines.findIndex((it) => !belongs(it))
  return end < 0 ? lines.length : end
}

/** Rows and items without what a formatter changes: how columns are aligned, and where lines end. */
const entriesOf = (lines: readonly string[]): string[] =>
  lines
    .join('\n')
    .replaceAll(/\n {2,}/g, ' ')
    .split('\n')
    .filter((each) => each !== '' && !/^\|[\s|-]+$/.test(each))
    .map((each) => (each.startsWith('|') ? line(cellsOf(each)) : each))

const cellsOf = (row: string): Row =>
  row
    .replace(/^\|/, '')
    .replace(/\|\s*$/, '')
    .split('|')
    .map((cell) => cell.trim())

const line = (cells: Row): string => `| ${cells.join(' | ')} |`

if (import.meta.main) {
  const path = join(import.meta.dirname, '..', document)
  const text = readFileSync(path, 'utf8')
  if (process.argv.includes('--write')) {
    writeFileSync(path, replaceTable(text))
  } else {
    const sentences = [...compareTree(text), ...compareTable(text)]
    for (const sentence of sentences) console.error(sentence)
    process.exitCode = sentences.length > 0 ? 1 : 0
  }
}
