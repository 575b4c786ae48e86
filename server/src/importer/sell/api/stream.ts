import type { SellApi } from './client.ts'
import { isRefusal } from './refusals.ts'

const limit = '100'
/** After so many answers in a row that make no progress, the rest is left for later. */
const stuckMax = 20

/** The position of a stream's newest end, or why it cannot be read. */
export async function findTop(
  api: SellApi,
  path: string,
  signal: AbortSignal | undefined,
): Promise<StreamTop> {
  try {
    const { meta } = await api.list(path, { position: 'top', limit: '1' }, signal)
    const { position } = meta
    if (typeof position === 'string' && position !== '') return { position, refusal: null }
    return { position: null, refusal: 'the answer has no position' }
  } catch (error) {
    if (isRefusal(error)) return { position: null, refusal: error.message }
    throw error
  }
}

/** null: there is none. */
export interface StreamTop {
  readonly position: string | null
  readonly refusal: string | null
}

export interface StreamPage {
  readonly items: readonly unknown[]
  /** Where the next page starts. */
  readonly position: string
  readonly isTop: boolean
  /** In ms. */
  readonly askedAt: number
}

/**
 * `top`: the newest end. `lost`: Sell rejects the position, which is too old, or the whole stream;
 * so changes are missed. `behind`: there are more events that Sell does not send.
 */
export type StreamEnd = 'top' | 'lost' | 'behind'

/** Reads a stream up to its newest end. */
export async function readStream(
  api: SellApi,
  path: string,
  from: string,
  signal: AbortSignal | undefined,
  clock: () => number,
  save: (page: StreamPage) => Promise<void>,
): Promise<StreamEnd> {
  let position = from
  for (let stuck = 0; stuck < stuckMax;) {
    const askedAt = clock()
    let page
    try {
      page = await api.list(path, { position, limit }, signal)
    } catch (error) {
      if (isRefusal(error)) return 'lost'
      throw error
    }
    const { items, meta } = page
    const next = typeof meta['position'] === 'string' ? meta['position'] : position
    const isTop = meta['top'] === true
    await save({ items, position: next, isTop, askedAt })
    if (isTop) return 'top'
    stuck = items.length === 0 || next === position ? stuck + 1 : 0
    position = next
  }
  return 'behind'
}
