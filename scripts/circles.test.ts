import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { describeCircle, findCircles, findMutualFolders, readImports } from './circles.ts'

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'doorstep-circles-'))
})

afterEach(() => rmSync(root, { recursive: true }))

function read(files: Readonly<Record<string, string>>) {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  return readImports(root)
}

const circlesOf = (files: Readonly<Record<string, string>>): string[] =>
  findCircles(read(files)).map(describeCircle)

it('finds no circle in a tree, nor where two files import a third', () => {
  expect(
    circlesOf({
      'server/src/a.ts': `import './b.ts'\nimport './c.ts'`,
      'server/src/b.ts': `import './c.ts'`,
      'server/src/c.ts': `import 'node:fs'\nimport './missing.ts'`,
    }),
  ).toEqual([])
})

it('finds circles of types and values, across folders, and names the shortest of each file', () => {
  expect(
    circlesOf({
      'server/src/domain/a.ts': `import type { B } from '../storage/b.ts'`,
      'server/src/storage/b.ts': `import {\n  c,\n} from './c.ts'`,
      'server/src/storage/c.ts': `export { a } from '../domain/a.ts'\nimport './b.ts'`,
      'server/src/storage/outside.ts': `import './c.ts'`,
    }),
  ).toEqual([
    'server/src/domain/a.ts -> server/src/storage/b.ts -> server/src/storage/c.ts -> server/src/domain/a.ts',
    'server/src/storage/b.ts -> server/src/storage/c.ts -> server/src/storage/b.ts',
  ])
})

it('finds a file that imports itself, and a circle across workspaces', () => {
  expect(
    circlesOf({
      'scripts/self.js': `await import('./self.js')`,
      'client/src/a.ts': `import type { B } from '@doorstep/contract/b'`,
      'contract/src/b.ts': `import '../../client/src/a.ts'`,
    }),
  ).toEqual([
    'client/src/a.ts -> contract/src/b.ts -> client/src/a.ts',
    'scripts/self.js -> scripts/self.js',
  ])
})

it('finds two folders of screens that import each other, other than by a test', () => {
  const imports = read({
    'web/src/routes.tsx': `import('./map/Map.tsx')`,
    'web/src/map/Map.tsx': `import '../visits/visits.ts'\nimport '../near/near.ts'`,
    'web/src/visits/visits.ts': '',
    'web/src/visits/Visits.tsx': `import('../map/pins.ts')`,
    'web/src/map/pins.ts': `import '../routes.tsx'`,
    'web/src/near/near.ts': '',
    'web/src/near/near.test.ts': `import '../map/pins.ts'`,
  })
  expect(findMutualFolders(imports, 'web/src')).toEqual([
    'web/src/map and visits import each other: web/src/map/Map.tsx -> web/src/visits/visits.ts, ' +
      'web/src/visits/Visits.tsx -> web/src/map/pins.ts',
  ])
})
