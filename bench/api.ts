import type { Server } from './servers.ts'

export type Query = Readonly<Record<string, string | number>>

export interface Item {
  readonly data: Readonly<Record<string, unknown>>
  readonly meta: unknown
}

export interface Page {
  readonly bytes: Uint8Array
  readonly items: readonly Item[]
}

/** A server as one user sees it, for everything that is not timed. */
export class Api {
  readonly port: number
  readonly token: string

  constructor({ port }: Server, token: string) {
    this.port = port
    this.token = token
  }

  /** One page; throws for any other answer than 200 with the items that its `meta` counts. */
  async page(path: string): Promise<Page> {
    const response = await fetch(`http://127.0.0.1:${this.port}${path}`, {
      headers: { Authorization: `Bearer ${this.token}` },
    })
    const bytes = await response.bytes()
    const told = Buffer.from(bytes).toString()
    if (response.status !== 200) throw new Error(`${path} answered ${response.status}: ${told}`)
    const body: { items: Item[]; meta: { count?: number } } = JSON.parse(told)
    const { items, meta } = body
    if (meta.count !== undefined && meta.count !== items.length) {
      throw new Error(`${path} counts ${meta.count} items and holds ${items.length}`)
    }
    return { bytes, items }
  }

  /** Every item of a list. */
  async all(path: string): Promise<Item[]> {
    const found: Item[] = []
    for (let page = 1; ; page++) {
      const { items } = await this.page(`${path}?page=${page}&per_page=100`)
      found.push(...items)
      if (items.length < 100) return found
    }
  }

  /** One object as `import json` takes it. */
  async object(path: string): Promise<Item> {
    const response = await fetch(`http://127.0.0.1:${this.port}${path}`, {
      headers: { Authorization: `Bearer ${this.token}` },
    })
    if (response.status !== 200) throw new Error(`${path} answered ${response.status}`)
    const object: Item = JSON.parse(await response.text())
    return object
  }

  /** The request as it goes over the wire. */
  request(path: string): Buffer {
    return Buffer.from(
      `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${this.port}\r\nUser-Agent: bench\r\n` +
        `Accept: application/json\r\nAuthorization: Bearer ${this.token}\r\n\r\n`,
    )
  }
}

export const visitsPath = (query: Query): string =>
  `/v2/visits?${Object.entries(query)
    .map(([name, value]) => `${name}=${value}`)
    .join('&')}`

const pageMax = 100

/** How many pages of the list are full, at most 100: found by halving. */
export async function countFullPages(api: Api, query: Query, perPage: number): Promise<number> {
  const isFull = async (page: number) =>
    (await api.page(visitsPath({ ...query, per_page: perPage, page }))).items.length === perPage
  if (await isFull(pageMax)) return pageMax
  let low = 0
  let high = pageMax
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (await isFull(middle)) low = middle
    else high = middle
  }
  return low
}
