import { describe } from 'vitest'

import { describeCheckIns } from './check-ins.contract.ts'
import { describeCustomers } from './customers.contract.ts'
import { describeEvents } from './events.contract.ts'
import type { OpenStore } from './example-store.ts'
import { describeImports } from './imports.contract.ts'
import { describePeople } from './people.contract.ts'
import { describeRateBuckets } from './rate-buckets.contract.ts'
import { describeRecords } from './records.contract.ts'
import { describeSearch } from './search.contract.ts'
import { describeSums } from './sums.contract.ts'
import { describeTransactions } from './transactions.contract.ts'
import { describeVisibility } from './visibility.contract.ts'
import { describeVisitLists } from './visits.contract.ts'

/** The promises of every store. `open` opens a new, empty store. */
export function describeStore(name: string, open: OpenStore): void {
  describe(`${name}: lists of visits`, () => {
    describeVisitLists(open)
  })
  describe(`${name}: who sees which visits`, () => {
    describeVisibility(open)
  })
  describe(`${name}: sums of visits`, () => {
    describeSums(open)
  })
  describe(`${name}: the stream`, () => {
    describeEvents(open)
  })
  describe(`${name}: check-ins`, () => {
    describeCheckIns(open)
  })
  describe(`${name}: leads and contacts`, () => {
    describeRecords(open)
  })
  describe(`${name}: search`, () => {
    describeSearch(open)
  })
  describe(`${name}: customers`, () => {
    describeCustomers(open)
  })
  describe(`${name}: people`, () => {
    describePeople(open)
  })
  describe(`${name}: imports`, () => {
    describeImports(open)
  })
  describe(`${name}: rate limits`, () => {
    describeRateBuckets(open)
  })
  describe(`${name}: transactions`, () => {
    describeTransactions(open)
  })
}
