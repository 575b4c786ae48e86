import { setTimeout as pause } from 'node:timers/promises'

import { type Client, createClient } from '@doorstep/client/client'
import {
  DoorstepError,
  NetworkError,
  NotFoundError,
  RequestInProgressError,
} from '@doorstep/client/errors'

import { between, pick, type Random } from '../../src/demo/random.ts'
import { removalOf } from './crash-faults.ts'
import type { Invoked, RequestLog } from './request-log.ts'

export const crashLead = 899

export interface Target {
  readonly url: string
  readonly token: string
}

/** Transaction to the server until `isOver`, or until the server is gone. */
export type Writer = (target: Target, isOver: () => boolean) => Promise<void>

type Write = Omit<Invoked, 'at'>

/**
 * A client that logs, changes and removes visits of its own. A write whose outcome it does not know
 * comes first the next time, with the same key and body, until the outcome is known.
 */
export function newWriter(name: string, log: RequestLog, random: Random): Writer {
  const live: number[] = []
  let pending: Write | undefined
  let count = 0

  function next(): Write {
    const request = `${name}-${++count}`
    const chance = random()
    if (live.length === 0 || chance < 0.5) return { request, operation: 'create', visit: null }
    const visit = pick(random, live)
    if (chance < 0.75) return { request, operation: 'change', visit }
    return { request: removalOf(visit), operation: 'remove', visit }
  }

  async function settle(write: Write, target: Target): Promise<boolean> {
    // A phone that thinks it has sent nothing, and sends again at once.
    const isDoubled = write.operation === 'create' && random() < 0.1
    const attempts = [attempt(log, write, target)]
    if (isDoubled) attempts.push(attempt(log, write, target))
    const outcomes = await Promise.all(attempts)
    if (outcomes.includes('refused')) {
      if (write.visit !== null) live.splice(live.indexOf(write.visit), 1)
      return true
    }
    const visit = outcomes.find((outcome) => typeof outcome === 'number')
    if (visit === undefined) return false
    if (write.operation === 'create') live.push(visit)
    if (write.operation === 'remove') live.splice(live.indexOf(visit), 1)
    else if (random() < 0.05) await readBack(log, write, visit, target)
    return true
  }

  return async (target, isOver) => {
    while (pending || !isOver()) {
      pending ??= next()
      if (await settle(pending, target)) pending = undefined
      else if (await isGone(target)) return
      else await pause(between(random, 5, 20))
    }
  }
}

/** Sends once; the visit's id, or undefined when the outcome is unknown. */
async function attempt(
  log: RequestLog,
  write: Write,
  target: Target,
): Promise<number | 'refused' | undefined> {
  const { request, operation, visit } = write
  const answer = { status: 0, isReplayed: false }
  const client = clientOf(target, (response) => {
    answer.status = response.status
    answer.isReplayed = response.headers.get('Idempotency-Replayed') === 'true'
  })
  log.append({ at: 'inv', ...write })
  try {
    const done = await send(client, write)
    const id = done?.data.id ?? visit
    if (id === null) throw new Error('a visit without an id')
    const position = done?.meta.position ?? null
    log.append({ at: 'ok', request, ...answer, visit: id, position })
    return id
  } catch (error) {
    if (error instanceof NotFoundError && operation === 'remove' && visit !== null) {
      log.append({ at: 'ok', request, ...answer, visit, position: null })
      return visit
    }
    if (!(error instanceof DoorstepError)) throw error
    const isUnknown = error instanceof NetworkError || error instanceof RequestInProgressError
    const at = isUnknown ? 'unknown' : 'refused'
    log.append({ at, request, why: error.message })
    return isUnknown ? undefined : 'refused'
  }
}

async function send(client: Client, { request, operation, visit }: Write) {
  if (visit === null) {
    return client.visits.create(
      {
        resource_type: 'lead',
        resource_id: crashLead,
        summary: request,
        device: { unavailable: 'timeout' },
      },
      { idempotencyKey: request },
    )
  }
  if (operation === 'change') return client.visits.update(visit, { summary: request })
  await client.visits.remove(visit)
  return undefined
}

async function readBack(log: RequestLog, { request }: Write, id: number, target: Target) {
  const read = await clientOf(target)
    .visits.list({ ids: [id] })
    .catch((error: unknown) => {
      if (!(error instanceof NetworkError)) throw error
    })
  if (read) log.append({ at: 'read', request, summary: read.items[0]?.data.summary })
}

async function isGone({ url }: Target): Promise<boolean> {
  return fetch(`${url}/healthz`).then(
    (response) => response.text().then(() => false),
    () => true,
  )
}

/** Tries once, so that the log has every attempt. */
export const clientOf = (
  { url, token }: Target,
  onResponse: (response: Response) => void = () => {},
): Client =>
  createClient({
    url,
    token,
    retry: { attemptsMax: 1 },
    timeoutMs: 10_000,
    fetch: async (address, init) => {
      const response = await fetch(address, init)
      onResponse(response)
      return response
    },
  })
