import { type SellApi, SellRefusal } from './client.ts'

const limit = '100'
/** Answers in a row that lead nowhere, with more to come, after which it is looked at again later. */
const stuckMax = 20

/** The newest end of a stream, or why it may not be read. */
export async function findTop(
  api: SellApi,
  path: string,
  signal: AbortSignal | undefined,
): Promise<{ position: string } | { refusal: string }> {
  try {
    const { meta } = await api.list(path, { position: 'top', limit: '1' }, signal)
    const { position } = meta
    if (typeof position === 'string' && position !== '') return { position }
    return { refusal: 'Sell answered no position' }
  } catch (error) {
    if (error instanceof SellRefusal && error.status !== 401) return { refusal: error.message }
    throw error
  }
}

export interface StreamPage {
  readonly items: readonly unknown[]
  /** Where to go on. */
  readonly position: string
  readonly isTop: boolean
  /** In ms. */
  readonly askedAt: number
}

/**
 * `gone`: Sell does not go on from there, be it that the position is too old or that the stream may not be
 * read any more, so that changes are missed. `behind`: there is more, untold.
 */
export type StreamEnd = 'top' | 'gone' | 'behind'

/** Reads a stream to its newest end. */
export async function readStream(
  api: SellApi,
  path: string,
  from: string,
  signal: AbortSignal | undefined,
  clock: () => number,
  take: (page: StreamPage) => Promise<void>,
): Promise<StreamEnd> {
  let position = from
  for (let stuck = 0; stuck < stuckMax;) {
    const askedAt = clock()
    let page
    try {
      page = await api.list(path, { position, limit }, signal)
    } catch (error) {
      if (error instanceof SellRefusal && error.status !== 401) return 'gone'
      throw error
    }
    const { items, meta } = page
    const next = typeof meta['position'] === 'string' ? meta['position'] : position
    const isTop = meta['top'] === true
    await take({ items, position: next, isTop, askedAt })
    if (isTop) return 'top'
    stuck = items.length === 0 || next === position ? stuck + 1 : 0
    position = next
  }
  return 'behind'
}
