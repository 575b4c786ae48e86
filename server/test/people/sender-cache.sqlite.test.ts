import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

import { expect, it } from 'vitest'

import type { Store } from '../../src/domain/store.ts'
import { hashToken } from '../../src/http/access/auth.ts'
import { makeAccount } from '../../src/runtime/first-account.ts'
import { makeToken } from '../../src/runtime/new-token.ts'
import { openStore } from '../../src/storage/store.ts'
import { temporaryFolder } from '../support/temporary.ts'

/** PROTOCOL 2.1. */
const promisedMs = 1_000

function open(file: string): Store {
  return openStore({
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
  const account = (await makeAccount(server, 'Acme', 'ada@acme.example')).key
  const made = { email: 'ada@acme.example', expiresAt: null, description: '' }
  const hash = hashToken(await makeToken(server, account, { ...made, scopes: ['read'] }))
  const find = () => server.tokens.findActor(hash, Date.now())
  const tokenId = (await find())?.tokenId ?? 0
  const revoke = (by: Store) => by.write(account, (tx) => tx.tokens.revoke(tokenId, Date.now()))
  return { server, find, revoke }
}

const newFile = () => join(temporaryFolder(), 'doorstep.db')

it('refuses at once a token that was revoked here (2.1)', async () => {
  const { server, find, revoke } = await serverWithToken(newFile())
  expect(await find()).toBeDefined()
  await revoke(server)
  expect(await find()).toBeUndefined()
  await server[Symbol.asyncDispose]()
})

it('refuses in time a token that another process revoked (2.1)', async () => {
  const file = newFile()
  const { server, find, revoke } = await serverWithToken(file)
  await using other = open(file)
  await revoke(other)
  const startMs = performance.now()
  while ((await find()) !== undefined && performance.now() - startMs < 2 * promisedMs) {
    await pause(10)
  }
  expect(performance.now() - startMs).toBeLessThan(promisedMs)
  await server[Symbol.asyncDispose]()
})
