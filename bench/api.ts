import type { Server } from './servers.ts'

export type Query = Readonly<Record<string, string | number>>

export interface Item {
  readonly data: Readonly<Record<string, unknown>>
  readonly meta: unknown
}

export interface Page {
  readonly bytes: Uint8Array
  readonly items: readonly Item[]
  /** Of a page that was asked for with a cursor, unless it was the last. */
  readonly next: string | undefined
}

const endLength = 400

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
    const bytes = await this.bytes(path)
    const answer = Buffer.from(bytes).toString()
    const body: { items: Item[]; meta: { count?: number; next_cursor?: string } } =
      JSON.parse(answer)
    const { items, meta } = body
    if (meta.count !== undefined && meta.count !== items.length) {
      throw new Error(`${path} counts ${meta.count} items and holds ${items.length}`)
    }
    return { bytes, items, next: meta.next_cursor }
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
    const object: Item = JSON.parse(await (await this.#get(path)).text())
    return object
  }

  /** An answer of any shape. */
  async bytes(path: string): Promise<Uint8Array> {
    const response = await this.#get(path)
    return response.bytes()
  }

  /** Reads an answer of any length as it comes; its last bytes. */
  async drain(path: string): Promise<string> {
    const { body } = await this.#get(path)
    let end = ''
    for await (const bytes of body ?? []) {
      end = (end + Buffer.from(bytes.subarray(-endLength)).toString('latin1')).slice(-endLength)
    }
    return end
  }

  /** The `total_count` of a list that is asked for it. */
  async total(path: string): Promise<number> {
    const text = await (await this.#get(path)).text()
    const answer: { meta: { total_count: number } } = JSON.parse(text)
    return answer.meta.total_count
  }

  /** The tag of an answer that is not packed. */
  async tag(path: string): Promise<string> {
    const { headers } = await this.#get(path)
    return headers.get('ETag') ?? ''
  }

  async #get(path: string): Promise<Response> {
    const response = await fetch(`http://127.0.0.1:${this.port}${path}`, {
      headers: { Authorization: `Bearer ${this.token}`, 'Accept-Encoding': 'identity' },
    })
    if (response.status === 200) return response
    throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
  }

  /** The request as it goes over the wire; `headers` are further lines. */
  request(path: string, headers = ''): Buffer {
    return Buffer.from(
      `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${this.port}\r\nUser-Agent: bench\r\n` +
        `Accept: application/json\r\nAuthorization: Bearer ${this.token}\r\n${headers}\r\n`,
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
