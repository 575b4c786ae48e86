import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { findMisnamedNouns } from './nouns.ts'

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'doorstep-nouns-'))
})

afterEach(() => rmSync(root, { recursive: true }))

const layers = ['client/src', 'server/src/domain', 'server/src/http', 'server/src/storage']
const all = [...layers, 'web/src/api']

function write(path: string, text = ''): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

const noun = (name: string) => write(`contract/src/${name}.ts`, 'x as const satisfies Operation')

it('finds a noun of the contract that a layer calls otherwise, and no file without operations', () => {
  noun('users')
  write('contract/src/limits.ts')
  for (const layer of layers) write(`${layer}/users.ts`)
  write('web/src/api/people.ts')

  expect(findMisnamedNouns(root, {})).toEqual([
    'web/src/api has no users.ts for contract/src/users.ts: name its file so, or say in ' +
      'scripts/noun-exceptions.ts why there is none.',
  ])
})

it('takes a file in a folder, with or without the word of that folder', () => {
  noun('visit-reviews')
  noun('users')
  for (const layer of all) {
    write(`${layer}/visits/reviews.ts`)
    write(`${layer}/people/users.ts`)
  }

  expect(findMisnamedNouns(root, {})).toEqual([])
})

it('takes an exception, unless it is idle or names what does not exist', () => {
  noun('users')
  for (const layer of all) write(`${layer}/users.ts`)
  rmSync(join(root, 'client/src/users.ts'))
  rmSync(join(root, 'web/src/api/users.ts'))
  write('client/src/people.ts')

  const sentences = findMisnamedNouns(root, {
    'client/src': { users: 'people.ts' },
    'server/src/http': { users: 'has none', visits: 'has none' },
    'web/src/api': { users: 'people.ts' },
  })

  expect(sentences).toEqual([
    'The exception of users in server/src/http is idle: there is a file of that name.',
    'The exception of visits in server/src/http is about no noun of the contract.',
    'The exception of users in web/src/api names people.ts, which does not exist.',
  ])
})
