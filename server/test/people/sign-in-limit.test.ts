import { expect, it } from 'vitest'

import { SignInLimit } from '../../src/http/access/sign-in-limit.ts'
import { ApiError } from '../../src/http/errors.ts'
import { newStore } from '../support/engine.ts'

const now = Date.UTC(2026, 0, 5)

it('lets ten wrong passwords through, also when those that are refused come at once (9.5)', async () => {
  const { store, openAgain, remove } = await newStore(() => now)
  const other = await openAgain()
  const users = [{ accountKey: 1, userId: 1 }]
  const attempt = { email: 'ada@acme.example', address: '192.0.2.1', users }
  const limits = [store, other].map(({ rateBuckets }) => new SignInLimit(rateBuckets))
  async function countAllowed(attempts: number): Promise<number> {
    const tried = await Promise.allSettled(
      Array.from({ length: attempts }, (_, n) =>
        limits[n % limits.length]?.check(
          attempt,
          () => now,
          async () => [],
        ),
      ),
    )
    const refusals = tried.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
    for (const refusal of refusals) expect(refusal).toBeInstanceOf(ApiError)
    return tried.length - refusals.length
  }

  const allowed: number[] = []
  for (const attempts of [10, 40, 10, 40, 10, 40]) allowed.push(await countAllowed(attempts))

  expect(allowed).toEqual([10, 0, 0, 0, 0, 0])
  await other[Symbol.asyncDispose]()
  await store[Symbol.asyncDispose]()
  await remove()
})
