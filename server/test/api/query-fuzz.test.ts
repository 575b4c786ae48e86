import { listContacts } from '@doorstep/contract/contacts'
import { Errors } from '@doorstep/contract/errors'
import { listLeads } from '@doorstep/contract/leads'
import type { Operation } from '@doorstep/contract/operations'
import { streamVisits } from '@doorstep/contract/stream'
import { listUsers } from '@doorstep/contract/users'
import { listVisitOutcomes } from '@doorstep/contract/visit-outcomes'
import { listVisits } from '@doorstep/contract/visits'
import fc from 'fast-check'
import { Check } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { anyPairs, anyText, escaped, fittingPairs, unescaped } from '../support/any-query.ts'
import { runs } from '../support/runs.ts'
import { outcomeItem, recordItem, visitItems } from '../support/sell-items.ts'
import { startApp, type TestApp } from '../support/start.ts'

let app: TestApp

beforeAll(async () => {
  app = await startApp()
  await app.import([
    outcomeItem(),
    ...visitItems(30, { outcome_id: 33 }),
    ...Array.from({ length: 30 }, (_, n) => recordItem('lead', n + 1, 33)),
    ...Array.from({ length: 30 }, (_, n) => recordItem('contact', n + 1, 33)),
  ])
})

afterAll(() => app.close())

/** What is wrong with an answer that should be a page of the operation, or one of the refusals. */
async function faultsOf(
  { path, answer }: Operation,
  query: string,
  refusals: readonly number[],
): Promise<string[]> {
  const response = await app.fetch(`${path}?${query}`)
  const { status, headers } = response
  const body: unknown = await response.json()
  const [schema, logref] =
    status === 200 && answer ? [answer, null] : [Errors, headers.get('X-Request-Id')]
  const faults = {
    [`status ${status}`]: status !== 200 && !refusals.includes(status),
    [`body ${JSON.stringify(body)}`]: !Check(schema, body),
    logref: logref !== null && !JSON.stringify(body).includes(`"logref":"${logref}"`),
    type: headers.get('Content-Type') !== 'application/json; charset=utf-8',
  }
  return Object.entries(faults).flatMap(([fault, isThere]) => (isThere ? fault : []))
}

/** Each answer seals the place where a walk resumes. */
const withoutCursor = (page: unknown): unknown =>
  JSON.parse(
    JSON.stringify(page).replace(/"next_cursor":"[\w-]+"/, '"next_cursor":""'),
    (name, value) =>
      name === 'next_page' ? String(value).replace(/cursor=[\w-]+/, 'cursor=') : value,
  )

describe.each([listVisits, listVisitOutcomes, listUsers, listLeads, listContacts])(
  'any query of $id',
  (operation) => {
    it('is answered with a page or a 400 in the documented form (3.5, 8.1)', async () => {
      await fc.assert(
        fc.asyncProperty(anyPairs(operation), fc.boolean(), async (pairs, isEscaped) => {
          const query = isEscaped ? escaped(pairs) : unescaped(pairs)
          expect(await faultsOf(operation, query, [400])).toEqual([])
        }),
        { numRuns: runs({ test: 50, rest: 150, isOfSql: true }) },
      )
    })

    it('that fits has a self link that is answered the same (3.3)', async () => {
      await fc.assert(
        fc.asyncProperty(fittingPairs(operation), async (pairs) => {
          const response = await app.fetch(`${operation.path}?${escaped(pairs)}`)
          const page: unknown = await response.json()
          fc.pre(Check(operation.answer ?? Errors, page))
          const self = await app.fetch(page.meta.links.self.slice(app.url.length))
          expect(withoutCursor(await self.json())).toEqual(withoutCursor(page))
        }),
        { numRuns: runs({ test: 25, rest: 75, isOfSql: true }) },
      )
    })
  },
)

describe('any position', () => {
  const number = fc.oneof(fc.nat(40), fc.maxSafeInteger(), fc.bigInt(), fc.constantFrom('', 'x'))
  const positions = fc.oneof(
    anyText,
    fc.base64String({ maxLength: 250 }),
    fc.string({ unit: 'binary-ascii' }).map((text) => btoa(text)),
    fc
      .tuple(number, number)
      .map(([generation, offset]) => btoa(`firehose.visit.by_account,${generation},${offset}`)),
    fc.nat(40).map((offset) => btoa(`firehose.visit.by_account,0,${offset}`)),
  )
  const numRuns = runs({ test: 75, rest: 250, isOfSql: true })

  it('is answered with a page or a 400 in the documented form (5.1, 5.4)', async () => {
    await fc.assert(
      fc.asyncProperty(positions, fc.boolean(), async (position, isEscaped) => {
        const query = `position=${isEscaped ? encodeURIComponent(position) : position}`
        expect(await faultsOf(streamVisits, query, [400])).toEqual([])
      }),
      { numRuns },
    )
  })

  it('is answered with a page, a 400 or a 410 after drops and a restore (5.4, 5.6)', async () => {
    await app.store.events.drop(app.account, Date.now() + 1, 10)
    await app.store.events.raiseGeneration(app.account, 'stream_reset')
    await fc.assert(
      fc.asyncProperty(positions, fittingPairs(streamVisits), async (position, pairs) => {
        const others = pairs.filter(([name]) => name !== 'position')
        const query = escaped([['position', position], ...others])
        expect(await faultsOf(streamVisits, query, [400, 410])).toEqual([])
      }),
      { numRuns },
    )
  })
})
