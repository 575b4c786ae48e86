import { isObject } from '../../attributes.ts'
import { isRefusal } from '../api/refusals.ts'
import type { Ledger } from '../ledger.ts'
import type { ImportSellOptions } from '../options.ts'
import { sellCap } from '../ranges/walk.ts'
import { type NamedList, type Source, sources } from './named-sources.ts'

/** Reads one list from its beginning. Where Sell refuses it, notes why, which is no gap. */
export async function readNamedList(
  ledger: Ledger,
  options: ImportSellOptions,
  list: NamedList,
): Promise<void> {
  try {
    const { items, isWhole } = await request(options, sources[list])
    await ledger.enter({
      list,
      items,
      progress: (so) => ({ lists: [...new Set([...so.lists, list])] }),
    })
    await noteNotGiven(ledger, list, isWhole ? undefined : 'it is longer than Sell shows')
  } catch (error) {
    if (!isRefusal(error)) throw error
    await noteNotGiven(ledger, list, error.message)
  }
}

const noteNotGiven = (ledger: Ledger, list: NamedList, reason: string | undefined) =>
  ledger.note({
    progress: ({ notGiven = {} }) => {
      const { [list]: _, ...others } = notGiven
      return { notGiven: reason === undefined ? others : { ...others, [list]: reason } }
    },
  })

async function request(
  { api, signal }: ImportSellOptions,
  { path, query, added }: Source,
): Promise<{ readonly items: readonly unknown[]; readonly isWhole: boolean }> {
  const items: unknown[] = []
  const { pages, perPage } = sellCap
  for (let page = 1; page <= pages; page++) {
    const params = { ...query, page: String(page), per_page: String(perPage) }
    const found = await api.list(path, params, signal)
    items.push(...found.items.map((item) => (added ? withData(item, added) : item)))
    if (found.items.length < perPage && !found.hasMore) return { items, isWhole: true }
  }
  return { items, isWhole: false }
}

function withData(item: unknown, added: object): unknown {
  if (!isObject(item) || !isObject(item['data'])) return item
  return { ...item, data: { ...item['data'], ...added } }
}
