import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { answer, type DoubleOptions } from './answers.ts'
import { type Faults, noFaults } from './faults.ts'
import { type DoubleVisit, SellData, visitItem } from './sell-data.ts'

export const sellToken = '5e11'.repeat(16)

export type ChangeKind = 'create' | 'update' | 'delete' | 'delete-lead'

/** A stand-in for the incumbent's API: it speaks HTTP, and tests change its data and its manners. */
export interface SellDouble extends AsyncDisposable {
  readonly url: string
  /** The ids that Sell has now, ascending. */
  ids(): number[]
  /** Every visit as a list would answer it, by id. */
  visits(): Map<number, ReturnType<typeof visitItem>['data']>
  leads(): readonly number[]
  counts(): Readonly<Record<string, number>>
  resetCounts(): void
  setFaults(faults: Partial<Faults>): void
  /** Something changes with every so many requests, kind by kind, so many times; the counts say how often each. */
  setChurn(everyRequests: number, changes?: number, kinds?: readonly ChangeKind[]): void
  /** Does something before the n-th request for a path is answered, counted from now. */
  before(path: string, request: number, act: () => void): void
  create(given?: Partial<DoubleVisit>): DoubleVisit
  update(id: number, given: Partial<DoubleVisit>): void
  remove(id: number): void
  /** Changes this lead, or creates it. */
  touchLead(id: number): void
  removeLead(id: number): void
  /** Makes every position given so far too old. */
  expire(): void
}

export async function startSellDouble(given: Partial<DoubleOptions>): Promise<SellDouble> {
  const options = { token: sellToken, perSecond: 5000, visits: 0, ...given }
  const data = new SellData(options)
  const faults = noFaults()
  const counts: Record<string, number> = {}
  const planned: { readonly path: string; left: number; readonly act: () => void }[] = []
  let churn = { everyRequests: 1, changes: 0, kinds: [] as readonly ChangeKind[] }
  let requests = 0

  function changeSomething(): void {
    const kind = churn.kinds[--churn.changes % churn.kinds.length] ?? 'update'
    counts[kind] = (counts[kind] ?? 0) + 1
    const visit = data.any()
    if (kind === 'create') data.create({})
    else if (kind === 'delete-lead') data.removeLead(data.leads[0] ?? 0)
    else if (kind === 'delete') data.remove(visit?.id ?? 0)
    else data.update(visit?.id ?? 0, { summary: `changed ${requests}` })
  }

  function onRequest(path: string): void {
    if (++requests % churn.everyRequests === 0 && churn.changes > 0) changeSomething()
    for (const each of planned) if (each.path === path && --each.left === 0) each.act()
  }

  const state = { options, data, faults, counts, sentAt: [], onRequest }
  const server = createServer((request, response) => {
    answer(state, request, response).catch((error: unknown) => {
      process.stderr.write(`the double of Sell: ${String(error)}\n`)
      response.destroy()
    })
  })
  server.keepAliveTimeout = 30_000
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ids: () => [...data.visits.keys()].sort((one, other) => one - other),
    visits: () => new Map(data.visits.values().map((visit) => [visit.id, visitItem(visit).data])),
    leads: () => data.leads,
    counts: () => ({ ...counts }),
    resetCounts: () => Object.keys(counts).forEach((name) => delete counts[name]),
    setFaults: (changed) => void Object.assign(faults, changed),
    setChurn: (everyRequests, changes = 1e9, kinds = ['create', 'update', 'delete']) =>
      void (churn = { everyRequests, changes, kinds }),
    before: (path, request, act) => void planned.push({ path, left: request, act }),
    create: (visit = {}) => data.create(visit),
    update: (id, visit) => data.update(id, visit),
    remove: (id) => data.remove(id),
    touchLead: (id) => data.touchLead(id),
    removeLead: (id) => data.removeLead(id),
    expire: () => Object.values(data.streams).forEach((stream) => stream.expire()),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
