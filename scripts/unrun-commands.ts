import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { listFiles } from './sources.ts'

/** Blocks that no test runs, by a part of each, and why. */
const exceptions: readonly Exception[] = [
  { page: 'docs/development.md', holding: 'npx vitest', why: 'A test would run tests.' },
]

interface Exception {
  readonly page: string
  readonly holding: string
  readonly why: string
}

/** Commands that a page prints, without the indentation of the list that they stand in. */
export interface Block {
  readonly line: number
  readonly commands: string
}

/** The blocks of a page that are marked as a shell's. */
export function shellBlocksOf(text: string): Block[] {
  return [...text.matchAll(/^( *)```sh\n(.*?)^\1```$/gms)].map(
    ({ index, 1: margin = '', 2: body = '' }) => ({
      line: text.slice(0, index).split('\n').length,
      commands: body
        .split('\n')
        .map((line) => (line.startsWith(margin) ? line.slice(margin.length) : line))
        .join('\n'),
    }),
  )
}

const named = /\bprintedCommands\(\s*'([^']+)',\s*(?:'([^']+)'|`([^`]+)`|"([^"]+)")/g
const all = /\beveryPrintedCommand\('([^']+)'/g

/**
 * One sentence per block of commands in README.md or `docs` that no test of the repository at `root`
 * takes by `printedCommands` or `everyPrintedCommand` of server/test/support/documents.ts, unless it is
 * an exception; and per exception without need.
 */
export function findUnrunCommands(root: string, except = exceptions): string[] {
  const files = listFiles(root)
  const read = (file: string) => readFileSync(join(root, file), 'utf8')
  const tests = files.filter((file) => /^(server|web)\/test\/.*\.ts$/.test(file)).map(read)
  const taken = tests.flatMap((text) => [
    ...[...text.matchAll(named)].map(([, page = '', ...parts]) => ({
      page,
      holding: (parts.find((part) => part !== undefined) ?? '').replaceAll('\\n', '\n'),
    })),
    ...[...text.matchAll(all)].map(([, page = '']) => ({ page, holding: '' })),
  ])
  const pages = files.filter((file) => /^(README|docs\/.*)\.md$/.test(file))
  const blocks = pages.flatMap((page) =>
    shellBlocksOf(read(page)).map((block) => ({ page, ...block })),
  )
  const isIn = ({ page, commands }: { page: string; commands: string }, part: Taken): boolean =>
    page === part.page && commands.includes(part.holding)
  const unrun = blocks.filter((block) => !taken.some((part) => isIn(block, part)))
  return [
    ...unrun
      .filter((block) => !except.some((part) => isIn(block, part)))
      .map(({ page, line }) => `${page}:${line} has commands that no test runs.`),
    ...except
      .filter((part) => !unrun.some((block) => isIn(block, part)))
      .map(({ page, holding }) => `${page} needs no exception for "${holding}".`),
  ]
}

type Taken = Pick<Exception, 'page' | 'holding'>

if (import.meta.main) {
  const sentences = findUnrunCommands(join(import.meta.dirname, '..'))
  for (const sentence of sentences) console.error(sentence)
  process.exitCode = sentences.length > 0 ? 1 : 0
}
