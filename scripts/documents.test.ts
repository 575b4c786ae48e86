import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { findUnprovenClauses } from './clauses.ts'
import type { LayerRule } from './layer-rules.ts'
import { compareTable, compareTree, replaceTable } from './layers-table.ts'
import { findRepeatedHeadings } from './markdown-headings.ts'
import { findMissingPaths } from './markdown-paths.ts'
import { findUnrunCommands } from './unrun-commands.ts'

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'doorstep-documents-'))
})

afterEach(() => rmSync(root, { recursive: true }))

function plant(file: string, text = ''): void {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), text)
}

describe('paths in Markdown files', () => {
  beforeEach(() => {
    plant('server/src/storage/visits.ts')
    plant('server/src/storage/migrations/0001.sql')
    plant('docs/import.md')
  })

  it.each([
    '`server/src/storage/visits.ts`, `storage/visits.ts` and `visits.ts`',
    '`server/src/`, `storage/migrations/*.sql` and `storage/{visits,events}.ts`',
    '[Imports](import.md), [its rules](../server/src/storage/visits.ts#L1) and [below](#below)',
    '[Sell](https://example.com/missing.md), `GET /v2/visits`, `application/json`, `a/b`, `./data`',
    '```sh\nnode server/src/storage/visits.ts > sell/visits/page-1.json\n```',
    '`web/src`, which has a rule, and `server/.data`, which is not committed',
  ])('exist: %s', (text) => {
    plant('docs/guide.md', text)
    expect(findMissingPaths(root)).toEqual([])
  })

  it.each([
    ['`server/src/domain/visits.ts`', 'server/src/domain/visits.ts'],
    ['`domain/visits.ts`', 'domain/visits.ts'],
    ['`events.ts`', 'events.ts'],
    ['`server/tools/`', 'server/tools/'],
    ['`storage/*.md`', 'storage/*.md'],
    ['[Imports](docs/import.md)', 'docs/import.md'],
    ['[`visits.ts`](../src/visits.ts)', '../src/visits.ts'],
  ])('are missing: %s', (text, name) => {
    plant('docs/guide.md', `A line before.\n${text}`)
    expect(findMissingPaths(root)).toEqual([`docs/guide.md:2 names ${name}, which does not exist.`])
  })

  it('are missing in a block too', () => {
    plant('docs/guide.md', '```\nserver/src/nowhere/   nothing\n```')
    expect(findMissingPaths(root)).toEqual([
      'docs/guide.md:2 names server/src/nowhere/, which does not exist.',
    ])
  })
})

describe('headings of Markdown files', () => {
  it('may be the same in different sections, and in a block', () => {
    plant('log.md', '# Log\n## 2\n### Fixed\n## 1\n### Fixed\n```sh\n# Log\n# Log\n```\n')
    expect(findRepeatedHeadings(root)).toEqual([])
  })

  it('are not repeated in their section', () => {
    plant('docs/log.md', '# Log\n## 1\n### Fixed\n### Added\n### Fixed\n')
    expect(findRepeatedHeadings(root)).toEqual([
      'docs/log.md:5 repeats the heading "Fixed" of its section.',
    ])
  })
})

describe('clauses of PROTOCOL.md', () => {
  const protocol = `# Protocol

## 1 Lists

**1.1** Two kinds:

**1.1.1** A list is sorted.

**1.1.2** A list has pages. (not yet served)

## Appendix A

**A.1** Imports merge.
`
  const names = (...titles: [title: string, clauses: string][]) =>
    [
      "import { it } from 'vitest'",
      ...titles.map(([title, clauses]) => `it('${title} (${clauses})', run)`),
    ].join('\n')

  it('are named by tests, but those of later releases and those that announce others', () => {
    plant('PROTOCOL.md', protocol)
    plant('server/a.test.ts', names(['sorts', '1, 1.1.1']))
    plant('server/contract/imports.ts', names(['merges', 'A.1'], ['runs on', 'Debian 14.19']))
    expect(findUnprovenClauses(root)).toEqual([])
  })

  it('that no test names at its end are named, and those that do not exist', () => {
    plant('PROTOCOL.md', protocol)
    plant('server/a.test.ts', names(['pages', '1.2']))
    plant('server/other.ts', names(['merges', 'A.1']).replace('vitest', 'other'))
    expect(findUnprovenClauses(root)).toEqual([
      'PROTOCOL.md:7 promises 1.1.1, which no test names.',
      'PROTOCOL.md:13 promises A.1, which no test names.',
      'server/a.test.ts names 1.2, which PROTOCOL.md lacks.',
    ])
  })
})

describe('commands of documents', () => {
  const block = (commands: string, margin = '') =>
    `${margin}\`\`\`sh\n${margin}${commands}\n${margin}\`\`\`\n`
  const taking = (...calls: string[]) => `import { it } from 'vitest'\n${calls.join('\n')}\n`

  it('are run by tests', () => {
    plant('docs/run.md', block('./doorstep serve') + block('./doorstep doctor', '   '))
    plant('README.md', block('npm start') + block('npm test'))
    plant(
      'server/test/a.test.ts',
      taking("printedCommands('docs/run.md', 'serve')", "everyPrintedCommand('README.md')"),
    )
    plant('web/test/b.test.ts', taking("printedCommands(\n  'docs/run.md',\n  'doctor',\n)"))
    expect(findUnrunCommands(root, [])).toEqual([])
  })

  it('that no test runs are named, and exceptions without need', () => {
    plant('docs/run.md', `# Run\n${block('./doorstep serve')}${block('./doorstep doctor')}`)
    plant('server/test/a.test.ts', taking("printedCommands('docs/run.md', 'serve')"))
    const except = [{ page: 'docs/run.md', holding: 'serve', why: '' }]
    expect(findUnrunCommands(root, except)).toEqual([
      'docs/run.md:5 has commands that no test runs.',
      'docs/run.md needs no exception for "serve".',
    ])
    expect(findUnrunCommands(root, [{ page: 'docs/run.md', holding: 'doctor', why: '' }])).toEqual(
      [],
    )
  })
})

describe('the table of layers', () => {
  const rules: LayerRule[] = [
    { folder: 'client/src', types: ['@doorstep/contract/*'] },
    {
      folder: 'server/src/storage',
      folders: ['server/src/domain'],
      packages: ['kysely', 'node:*'],
      except: ['node:net'],
    },
    { folder: 'bench', folders: ['*'], packages: ['*'] },
  ]
  const table = `| folder | folders besides its own |
| --- | --- |
| \`client/src\` |  |
| \`server/src/storage\` | \`server/src/domain\` |
| \`bench\` | anything |

Packages and modules of Node:

- \`client/src\`: \`@doorstep/contract/*\` as types only
- \`server/src/storage\`: \`kysely\`, \`node:*\`; not \`node:net\``
  const around = (rows: string): string => `# Layers\n\n${rows}\n\nMore.\n`

  it('is the one of the rules, however its columns are aligned and its lines wrapped', () => {
    expect(compareTable(around(table), rules)).toEqual([])
    expect(compareTable(around(table.replaceAll(' |', '    |')), rules)).toEqual([])
    expect(compareTable(around(table.replace(', `node', ',\n  `node')), rules)).toEqual([])
    expect(compareTable(table, rules)).toEqual([])
  })

  it('differs by a row, which is named, and can be written anew', () => {
    const text = around(table.replace('`server/src/domain`', '').replace('; not `node:net`', ''))
    expect(compareTable(text, rules)).toEqual([
      'ARCHITECTURE.md lacks | `server/src/storage` | `server/src/domain` |',
      'ARCHITECTURE.md lacks - `server/src/storage`: `kysely`, `node:*`; not `node:net`',
      'ARCHITECTURE.md has | `server/src/storage` |  |, which is not in scripts/layer-rules.ts',
      'ARCHITECTURE.md has - `server/src/storage`: `kysely`, `node:*`, which is not in scripts/layer-rules.ts',
      'Run `npm run format` to write it again.',
    ])
    expect(replaceTable(text, rules)).toBe(around(table))
  })

  it('has every folder in the tree above it', () => {
    const tree = (lines: string) => `# Layers\n\n\`\`\`\n${lines}\n\`\`\`\n`
    const nested = [...rules, { folder: 'server/src/storage/contract' }]
    const whole =
      'client/src/    the SDK\nserver/src/storage/    SQL\n    contract/ copy/    suite\n'
    expect(compareTree(tree(`${whole}bench/  docs/`), nested)).toEqual([])
    expect(compareTree(tree(whole), nested)).toEqual([
      'The tree in ARCHITECTURE.md lacks bench, which has a rule.',
    ])
  })

  it('has to be there', () => {
    expect(compareTable('# Layers', rules)).toEqual([
      'ARCHITECTURE.md has no table that begins with | folder | folders besides its own |.',
    ])
  })
})
