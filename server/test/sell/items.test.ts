import { describe, expect, it } from 'vitest'

import { isComplete } from '../../src/domain/importer.ts'
import { SellApi } from '../../src/importer/sell/api/client.ts'
import { RateBucket } from '../../src/importer/sell/api/rate-bucket.ts'
import { claimImport } from '../../src/importer/sell/claim.ts'
import { Ledger } from '../../src/importer/sell/ledger.ts'
import { userItem, visitItem } from '../support/sell-items.ts'
import { newTarget } from '../support/target.ts'

async function startLedger() {
  const target = await newTarget()
  const { store, account } = target
  const clock = () => Date.UTC(2026, 4, 9)
  const baseUrl = 'http://sell.invalid'
  const claimant = { runner: 'here 1 a', isAlive: () => true, clock, by: 'server' as const }
  let events = 0
  const claimed = await claimImport(store, account, 'sell', baseUrl, claimant)
  const options = {
    ...claimant,
    store,
    account,
    api: new SellApi({
      baseUrl,
      token: 'none',
      bucket: new RateBucket(1),
      timeoutMs: 1,
      patienceMs: 1,
      waitMs: 1,
      userAgent: 'test',
    }),
    newEventId: () => `event-${events++}`,
    onProgress: () => {},
    onRejected: () => {},
  }
  const ledger = new Ledger(claimed, options, await store.accounts.firstLocalId(account))
  return {
    ledger,
    store,
    account,
    errors: async () => store.imports.listErrors(account, ledger.current.id, 100),
    [Symbol.asyncDispose]: target[Symbol.asyncDispose],
  }
}

/** A visit that is not understood, its outcome named before its id. */
const broken = (id: number) => {
  const { data, meta } = visitItem({ id })
  return {
    data: { outcome: { id: 33 }, ...data, rep_location_verification_status: 'beamed' },
    meta,
  }
}

describe('the items of an import from Sell', () => {
  it('are not complete while a visit is rejected, until Sell sends a valid one', async () => {
    await using started = await startLedger()
    const { ledger, errors } = started
    await ledger.enter({ list: 'visits', items: [broken(1), broken(2), visitItem({ id: 3 })] })
    await ledger.note({ phase: 'done', progress: { gaps: [] } })
    expect(isComplete(ledger.current)).toBe(false)
    expect(ledger.progress.gaps).toMatchObject([
      { list: 'visits', reason: expect.stringContaining('2 visits could not be saved') },
    ])
    expect((await errors()).map(({ key }) => key).sort()).toEqual(['visits 1', 'visits 2'])
    await ledger.enter({ list: 'visits', items: [broken(1), visitItem({ id: 1 })] })
    await ledger.enter({ list: 'visits', items: [visitItem({ id: 2 })] })
    expect(isComplete(ledger.current)).toBe(true)
    expect(await errors()).toEqual([])
  })

  it('are listed as rejected when a rule of the domain rejects them', async () => {
    await using started = await startLedger()
    const { ledger, errors } = started
    const email = 'twin@acme.example'
    await ledger.enter({
      list: 'users',
      items: [userItem({ id: 11, email }), userItem({ id: 12, email })],
    })
    expect(await errors()).toMatchObject([
      { key: 'users 12', reason: expect.stringContaining('already belongs') },
    ])
  })

  it('are not saved over a stop that was requested just before', async () => {
    await using started = await startLedger()
    const { ledger, store, account } = started
    await store.write(account, (tx) => tx.imports.save({ ...ledger.current, isStopAsked: true }))
    await ledger.note({ progress: { pagesLeft: 1 } })
    await expect(ledger.beat()).rejects.toThrow('asked to stop')
  })
})
