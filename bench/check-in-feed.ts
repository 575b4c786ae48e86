import { randomUUID } from 'node:crypto'

import { newRandom, pick } from '../server/src/importer/demo/random.ts'
import type { Api } from './api.ts'
import type { Feed } from './load.ts'

const randomStream = 73
const targetPages = 20

/** Where a check-in can be made. */
export interface Target {
  readonly leadId: number
  readonly latitude: number
  readonly longitude: number
}

/** Leads of the store, and where reps stood when they visited them. */
export async function findTargets(api: Api): Promise<Target[]> {
  const targets = new Map<number, Target>()
  for (let page = 0, position = 'tail'; page < targetPages; page++) {
    const path = `/v3/visits/stream?limit=100&position=${encodeURIComponent(position)}`
    const { items, bytes } = await api.page(path)
    for (const { data } of items) {
      const { resource_type: type, resource_id: id, sales_rep_location: place } = data
      const isPlace = typeof place === 'object' && place !== null
      if (type !== 'lead' || !isPlace || !('latitude' in place && 'longitude' in place)) continue
      const { latitude, longitude } = place
      if (typeof latitude !== 'number' || typeof longitude !== 'number') continue
      targets.set(Number(id), { leadId: Number(id), latitude, longitude })
    }
    const body: { meta: { position: string } } = JSON.parse(Buffer.from(bytes).toString())
    position = body.meta.position
  }
  return [...targets.values()]
}

/** Check-ins of many people, each with a key of its own; keeps how long each of them took. */
export class CheckIns implements Feed {
  readonly endLength = 0
  readonly #apis: readonly Api[]
  readonly #targets: readonly Target[]
  readonly #random = newRandom(1, randomStream)
  readonly #startedMs: number[] = []
  #tookMs: number[] = []

  constructor(apis: readonly Api[], targets: readonly Target[]) {
    this.#apis = apis
    this.#targets = targets
  }

  next(connection: number): Buffer {
    const nowMs = performance.now()
    const startedMs = this.#startedMs[connection]
    if (startedMs !== undefined) this.#tookMs.push(nowMs - startedMs)
    this.#startedMs[connection] = nowMs
    const api = this.#apis[connection % this.#apis.length]
    if (!api) throw new Error('nobody to check in')
    return requestOf(api, this.#body())
  }

  /** How long the check-ins since the last call took, in ms. */
  takeTimes(): number[] {
    const taken = this.#tookMs
    this.#tookMs = []
    this.#startedMs.length = 0
    return taken
  }

  #body(): string {
    const { leadId, latitude, longitude } = pick(this.#random, this.#targets)
    const now = Date.now()
    return JSON.stringify({
      data: {
        resource_type: 'lead',
        resource_id: leadId,
        summary:
          'Showed the new range; they want an offer for the larger one by the end of the week.',
        device: {
          latitude,
          longitude,
          accuracy_m: 12,
          fix_at: new Date(now - 4000).toISOString(),
          captured_at: new Date(now - 1000).toISOString(),
        },
      },
    })
  }
}

const requestOf = (api: Api, body: string): Buffer =>
  Buffer.from(
    `POST /v2/visits HTTP/1.1\r\nHost: 127.0.0.1:${api.port}\r\nUser-Agent: bench\r\n` +
      `Accept: application/json\r\nAuthorization: Bearer ${api.token}\r\n` +
      `Content-Type: application/json\r\nIdempotency-Key: ${randomUUID()}\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
