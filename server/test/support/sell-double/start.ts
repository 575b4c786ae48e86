import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

import type { Faults } from './faults.ts'
import type { DoubleOptions } from './main.ts'
import type { DoubleVisit } from './world.ts'

const script = fileURLToPath(new URL('./main.ts', import.meta.url))

export const sellToken = '5e11'.repeat(16)

export type ChangeKind = 'create' | 'update' | 'delete' | 'delete-lead'
export type PlannedKind = ChangeKind | 'touch-lead' | 'faults'

export interface SellDouble extends AsyncDisposable {
  readonly url: string
  /** The ids that Sell has now, rising. */
  ids(): Promise<number[]>
  /** Every visit as a list would answer it, by id. */
  dump(): Promise<Map<number, Readonly<Record<string, unknown>>>>
  counts(): Promise<Readonly<Record<string, number>>>
  resetCounts(): Promise<void>
  setFaults(faults: Partial<Faults>): Promise<void>
  /** Something changes with every so many requests, in turns, so many times; the counts tell how often each. */
  setChurn(everyRequests: number, changes?: number, kinds?: readonly ChangeKind[]): Promise<void>
  /** Before this request for a path is answered, counted from now, this happens. */
  plan(path: string, request: number, what: PlannedKind, given: object): Promise<void>
  create(given?: Partial<DoubleVisit>): Promise<DoubleVisit>
  update(id: number, given: Partial<DoubleVisit>): Promise<void>
  remove(id: number): Promise<void>
  /** Changes this lead, or makes it. */
  touchLead(id: number): Promise<void>
  /** The leads that Sell has now. */
  leads(): Promise<number[]>
  removeLead(id: number): Promise<void>
  /** Every position given so far is too old now. */
  expire(): Promise<void>
}

/** Starts the stand-in for Sell in a process of its own. */
export async function startSellDouble(given: Partial<DoubleOptions>): Promise<SellDouble> {
  const options = { token: sellToken, perSecond: 5000, visits: 0, ...given }
  const child = spawn(process.execPath, [script, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let url = ''
  for await (const line of createInterface({ input: child.stdout })) {
    url = /^listening on (\S+)$/.exec(line)?.[1] ?? ''
    if (url !== '') break
  }
  if (url === '') throw new Error('the double of Sell did not start')
  const ask = async (what: string, body?: object) => {
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
    const response = await fetch(`${url}/control/${what}`, init)
    return response.json()
  }
  return {
    url,
    ids: async () => ((await ask('ids')) as number[]).sort((one, other) => one - other),
    dump: async () => {
      const visits = (await ask('dump')) as (Record<string, unknown> & { id: number })[]
      return new Map(visits.map((visit) => [visit.id, visit]))
    },
    counts: async () => (await ask('counts')) as Record<string, number>,
    resetCounts: async () => void (await ask('reset-counts', {})),
    setFaults: async (faults) => void (await ask('faults', faults)),
    setChurn: async (everyRequests, changes = 1e9, kinds = ['create', 'update', 'delete']) =>
      void (await ask('churn', { everyRequests, changes, kinds })),
    plan: async (path, request, what, given) =>
      void (await ask('plan', { path, left: request, what, given })),
    create: async (visit = {}) => (await ask('create', visit)) as DoubleVisit,
    update: async (id, visit) => void (await ask('update', { id, ...visit })),
    remove: async (id) => void (await ask('delete', { id })),
    touchLead: async (id) => void (await ask('touch-lead', { id })),
    leads: async () => (await ask('leads')) as number[],
    removeLead: async (id) => void (await ask('delete-lead', { id })),
    expire: async () => void (await ask('expire', {})),
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
  }
}
