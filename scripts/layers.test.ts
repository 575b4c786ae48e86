import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { findLayerViolations } from './layers.ts'

describe('this repository', () => {
  it('imports only what its layers allow', () => {
    expect(findLayerViolations(join(import.meta.dirname, '..'))).toEqual([])
  })
})

describe('a tree with one planted file', () => {
  let root: string

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'doorstep-layers-'))
  })

  afterEach(() => {
    rmSync(root, { recursive: true })
  })

  function plant(file: string, text: string): string[] {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
    return findLayerViolations(root)
  }

  it('passes when the import is on the list', () => {
    expect(plant('server/src/storage/store.ts', `import { Kysely } from 'kysely'\n`)).toEqual([])
    expect(
      plant('server/src/http/app.ts', `import type { Visit } from '../domain/visits.ts'`),
    ).toEqual([])
  })

  it('fails on a package that the folder may not import', () => {
    expect(plant('server/src/domain/visits.ts', `import { readFile } from 'node:fs'\n`)).toEqual([
      'server/src/domain/visits.ts imports node:fs, but server/src/domain may import only itself.',
    ])
  })

  it('fails on a layer that the folder may not import, over several lines too', () => {
    expect(plant('server/src/storage/a.ts', `import {\n  app,\n} from '../http/app.ts'\n`)).toEqual(
      [
        'server/src/storage/a.ts imports ../http/app.ts, but server/src/storage may import only ' +
          'itself, server/src/program-files.ts, server/src/domain, kysely, pg, node:sqlite, node:fs, node:path, node:url, node:buffer, node:crypto, node:timers/promises, node:worker_threads.',
      ],
    )
  })

  it.each([
    ['a re-export', `export * from 'kysely'`],
    ['a bare import', `import 'kysely'`],
    ['a type', `import type { Kysely } from 'kysely'`],
    ['an import when it runs', `const { Kysely } = await import('kysely')`],
    ['an import of a type in place', `type Db = import('kysely').Kysely<unknown>`],
  ])('reads %s', (_, text) => {
    expect(plant('contract/src/visits.ts', text)).toEqual([
      'contract/src/visits.ts imports kysely, but contract/src may import only itself, typebox.',
    ])
  })

  it('lets the client import the contract as types only', () => {
    expect(plant('client/src/a.ts', `import type { V } from '@doorstep/contract/visits'`)).toEqual(
      [],
    )
    expect(plant('client/src/a.ts', `import { V } from '@doorstep/contract/visits'`)).toEqual([
      'client/src/a.ts imports @doorstep/contract/visits as a value, but client/src may import ' +
        'only itself, @doorstep/contract/* with "import type".',
    ])
  })

  it('lets tests import anything', () => {
    expect(plant('server/src/domain/visits.test.ts', `import 'fast-check'`)).toEqual([])
    expect(plant('server/src/storage/contract/store.contract.ts', `import 'vitest'`)).toEqual([])
  })

  it('fails on a module that is excepted', () => {
    const text = `import { DatabaseSync } from 'node:sqlite'`
    expect(plant('server/src/importer/a.ts', text)).toEqual([
      'server/src/importer/a.ts imports node:sqlite, but server/src/importer may import only ' +
        'itself, server/src/program-files.ts, server/src/domain, server/src/rules, hucre, luxon, yauzl, node:*, without node:sqlite.',
    ])
    expect(plant('server/src/runtime/a.ts', text)).toContainEqual(
      expect.stringMatching(
        /^server\/src\/runtime\/a.ts imports node:sqlite, .*without node:sqlite/,
      ),
    )
  })

  it('fails on the environment read outside config.ts', () => {
    expect(plant('server/src/config.ts', 'export const port = process.env.PORT')).toEqual([])
    expect(plant('server/src/cli/serve.ts', 'export const port = process.env.PORT')).toEqual([
      'server/src/cli/serve.ts reads process.env, but only server/src/config.ts may read the environment.',
    ])
  })

  it('fails on a folder without a rule', () => {
    expect(plant('server/src/jobs/sweep.ts', '')).toEqual([
      'server/src/jobs/sweep.ts lies in a folder without a rule: say in scripts/layer-rules.ts what it may import.',
    ])
  })

  it('fails when there is nothing to read', () => {
    expect(findLayerViolations(root)).toEqual([
      `No source file was found in ${root}, so the layers were not checked.`,
    ])
  })
})
