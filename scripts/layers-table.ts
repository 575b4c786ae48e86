import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { type LayerRule, layerRules } from './layers.ts'

type Row = readonly string[]

const header: Row = ['folder', 'folders besides its own', 'packages']
const document = 'ARCHITECTURE.md'

/** The table of layers, a row per rule. */
export const tableOf = (rules: readonly LayerRule[]): Row[] => [
  header,
  header.map(() => '---'),
  ...rules.map(({ folder, folders = [], packages = [], types = [] }) => [
    quoted(folder),
    listed(folders.map(quoted)),
    listed([...packages.map(quoted), ...types.map((name) => `${quoted(name)}, types only`)]),
  ]),
]

const quoted = (name: string): string => (name === '*' ? 'anything' : `\`${name}\``)
const listed = (names: readonly string[]): string => names.join(', ')

/** One sentence per row in which the table in the text differs from the rules. */
export function compareTable(text: string, rules: readonly LayerRule[] = layerRules): string[] {
  const { start, rows } = findTable(text)
  const wanted = tableOf(rules).map(line)
  if (start < 0) return [`${document} has no table that begins with ${line(header)}.`]
  // A formatter may align the columns, so only the cells are compared.
  const found = rows.map((row) => line(cellsOf(row)))
  const [, , ...wantedRows] = wanted
  const [, , ...foundRows] = found
  const sentences = [
    ...wantedRows.filter((row) => !found.includes(row)).map((row) => `${document} lacks ${row}`),
    ...foundRows
      .filter((row) => !wanted.includes(row))
      .map((row) => `${document} has ${row}, which is not in scripts/layers.ts`),
  ]
  if (sentences.length === 0 && foundRows.join() !== wantedRows.join()) {
    sentences.push(`${document} has the rows of the table of layers in another order`)
  }
  if (sentences.length > 0) sentences.push('Run `npm run format` to write it again.')
  return sentences
}

/** The text with the table of the rules in place of its own. */
export function replaceTable(text: string, rules: readonly LayerRule[] = layerRules): string {
  const { start, rows } = findTable(text)
  if (start < 0) return text
  return text
    .split('\n')
    .toSpliced(start, rows.length, ...tableOf(rules).map(line))
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

function findTable(text: string): { start: number; rows: string[] } {
  const lines = text.split('\n')
  const start = lines.findIndex((it) => it.startsWith('|') && line(cellsOf(it)) === line(header))
  const length = lines.slice(start).findIndex((it) => !it.startsWith('|'))
  return {
    start,
    rows: start < 0 ? [] : lines.slice(start).slice(0, length < 0 ? undefined : length),
  }
}

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
