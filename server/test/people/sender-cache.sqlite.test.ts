import { join } from 'node:path'

import { expect, it } from 'vitest'

import type { Store } from '../../src/domain/store.ts'
import { hashToken } from '../../src/http/access/auth.ts'
import { changeUser } from '../../src/rules/users.ts'
import { createAccount } from '../../src/runtime/first-account.ts'
import { makeToken } from '../../src/runtime/new-token.ts'
import { cacheSenders } from '../../src/storage/people/sender-cache.ts'
import { openSqliteStore } from '../../src/storage/sqlite/open.ts'
import { temporaryFolder } from '../support/temporary.ts'

let token = ''

function open(file: string): Store {
  return openSqliteStore({
    file,
    clock: Date.now,
    purpose: 'reading',
    onDiskError: (error) => {
      throw error
    },
  })
}

/** A store with a token, and how a server finds who has it. */
async function serverWithToken(file: string) {
  const server = open(file)
  const account = (await createAccount(server, 'Acme', 'ada@acme.example')).key
  const made = { email: 'ada@acme.example', expiresAt: null, description: '' }
  const hash = hashToken(await makeToken(server, account, { ...made, scopes: ['read'] }))
  token = hash
  const find = () => server.tokens.findActor(hash, Date.now())
  const tokenId = (await find())?.tokenId ?? 0
  const revoke = (by: Store) => by.write(account, (tx) => tx.tokens.revoke(tokenId, Date.now()))
  return { server, account, find, revoke }
}

const newFile = () => join(temporaryFolder(), 'doorstep.db')

it('refuses at once a token that was revoked here (2.1)', async () => {
  const { server, find, revoke } = await serverWithToken(newFile())
  expect(await find()).toBeDefined()
  await revoke(server)
  expect(await find()).toBeUndefined()
  await server[Symbol.asyncDispose]()
})

it('refuses at once a token that another process revoked, such as the command (2.1)', async () => {
  const file = newFile()
  const { server, find, revoke } = await serverWithToken(file)
  await using other = open(file)
  expect(await find()).toBeDefined()
  await revoke(other)
  expect(await find()).toBeUndefined()
  await server[Symbol.asyncDispose]()
})

it('knows at once the role that another process gave while this one writes (2.1)', async () => {
  const file = newFile()
  const { server, account, find } = await serverWithToken(file)
  await using other = open(file)
  for (let n = 0; n < 50; n++) {
    expect((await find())?.isAdmin).toBe(n % 2 === 0)
    const role = n % 2 === 0 ? 'user' : 'admin'
    const written = server.write(account, async (tx) => tx.account.save(await tx.account.find()))
    const id = (await find())?.userId ?? 0
    await other.write(account, (tx) => changeUser(tx, id, { role }, Date.now()))
    expect((await find())?.isAdmin).toBe(role === 'admin')
    await written
  }
  await server[Symbol.asyncDispose]()
})

it('looks up once what nobody has changed', async () => {
  const { server, find } = await serverWithToken(newFile())
  let asked = 0
  let version = 1
  const counting: Store = {
    ...server,
    tokens: {
      ...server.tokens,
      findActor(hash, now) {
        asked++
        return server.tokens.findActor(hash, now)
      },
    },
  }
  const cached = cacheSenders(counting, () => version)
  const actor = await find()
  const ask = () => cached.tokens.findActor(token, Date.now())
  for (let n = 0; n < 3; n++) expect(await ask()).toEqual(actor)
  expect(asked).toBe(1)
  version++
  for (let n = 0; n < 3; n++) expect(await ask()).toEqual(actor)
  expect(asked).toBe(2)
  await server[Symbol.asyncDispose]()
})
