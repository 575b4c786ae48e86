import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { listSources } from './sources.ts'

const document = 'PROTOCOL.md'
const number = String.raw`(?:\d+|[A-Z])(?:\.\d+)*`
const clauseStart = new RegExp(String.raw`^\*\*(${number})\*\*`)
// The end of a test's name, as 'is sorted by id (3.2, A.1)'. A number without a dot is a section.
const nameEnd = new RegExp(String.raw`\((${number}(?:, ${number})*)\)['"\x60]`, 'g')

/**
 * One sentence per clause of PROTOCOL.md that no test of the repository at `root` names at its end,
 * and per clause that a test names and PROTOCOL.md lacks. A clause that holds "not yet served", or
 * that only announces others and so ends with a colon, needs no test.
 */
export function findUnprovenClauses(root: string): string[] {
  const clauses = clausesOf(readFileSync(join(root, document), 'utf8'))
  const known = new Set(clauses.map(({ clause }) => clause))
  const named = new Map(listSources(root).flatMap((file) => namesOf(root, file)))
  return [
    ...clauses
      .filter(({ clause, text }) => !named.has(clause) && isPromise(text))
      .map(({ clause, line }) => `${document}:${line} promises ${clause}, which no test names.`),
    ...[...named]
      .filter(([clause]) => clause.includes('.') && !known.has(clause))
      .map(([clause, file]) => `${file} names ${clause}, which ${document} lacks.`),
  ]
}

interface Clause {
  readonly clause: string
  readonly line: number
  readonly text: string
}

function clausesOf(text: string): Clause[] {
  const lines = text.split('\n')
  const starts = lines.flatMap((content, index) => {
    const clause = clauseStart.exec(content)?.[1]
    return clause === undefined ? [] : [{ clause, index }]
  })
  return starts.map(({ clause, index }, n) => {
    const next = starts[n + 1]?.index ?? lines.length
    const section = lines.findIndex((content, at) => at > index && content.startsWith('## '))
    const end = section < 0 ? next : Math.min(next, section)
    return { clause, line: index + 1, text: lines.slice(index, end).join('\n').trimEnd() }
  })
}

const isPromise = (text: string): boolean => !text.includes('not yet served') && !text.endsWith(':')

function namesOf(root: string, file: string): [clause: string, file: string][] {
  const text = readFileSync(join(root, file), 'utf8')
  if (!/from 'vitest'/.test(text)) return []
  return [...text.matchAll(nameEnd)].flatMap(([, clauses = '']) =>
    clauses.split(', ').map((clause): [string, string] => [clause, file]),
  )
}

if (import.meta.main) {
  const sentences = findUnprovenClauses(join(import.meta.dirname, '..'))
  for (const sentence of sentences) console.error(sentence)
  process.exitCode = sentences.length > 0 ? 1 : 0
}
