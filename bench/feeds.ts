import type { Api } from './api.ts'
import type { Feed } from './load.ts'

/** The requests in turn, whichever connection asks. */
export function inTurn(api: Api, paths: readonly string[]): Feed {
  const requests = paths.map((path) => api.request(path))
  let turn = 0
  return {
    endLength: 0,
    next() {
      const request = requests[turn++ % requests.length]
      if (!request) throw new Error('a feed needs at least one path')
      return request
    },
  }
}

/** The same request again and again, by a client that has the answer. */
export function tagged(api: Api, path: string, tag: string): Feed {
  const request = api.request(path, `If-None-Match: ${tag}\r\n`)
  return { endLength: 0, next: () => request }
}

const walkEndLength = 1_000
const walkEnd = /"next_cursor":"([^"]+)"/

/** Each connection walks a list by its cursor, and begins again at its end. */
export const walking = (api: Api, path: string): Feed => ({
  endLength: walkEndLength,
  next: (_, end) => api.request(`${path}&cursor=${walkEnd.exec(end)?.[1] ?? ''}`),
})

const streamEndLength = 400
const streamEnd = /"position":"([^"]+)","top":(true|false)\}\}$/

const streamPath = (position: string, limit: number): string =>
  `/v3/visits/stream?position=${encodeURIComponent(position)}&limit=${limit}`

/** Each connection reads the stream from `tail`, page after page, and begins again at the top. */
export function draining(api: Api, limit: number): Feed {
  const request = (position: string) => api.request(streamPath(position, limit))
  return {
    endLength: streamEndLength,
    next: (_, end) => request(end === '' ? 'tail' : nextPosition(end)),
  }
}

function nextPosition(end: string): string {
  const [, position, isTop] = streamEnd.exec(end) ?? []
  if (position === undefined) throw new Error(`a page of the stream without a position: ${end}`)
  return isTop === 'true' ? 'tail' : position
}

/** The first pages of the stream. */
export async function drainSome(
  api: Api,
  limit: number,
  pages: number,
): Promise<{ path: string; bytes: Uint8Array; count: number }[]> {
  const drained = []
  for (let position = 'tail'; drained.length < pages;) {
    const path = streamPath(position, limit)
    const { bytes, items } = await api.page(path)
    drained.push({ path, bytes, count: items.length })
    position = nextPosition(Buffer.from(bytes).toString().slice(-streamEndLength))
    if (position === 'tail') break
  }
  return drained
}
