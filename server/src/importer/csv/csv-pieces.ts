import { basename } from 'node:path'

import type { AccountKey } from '../../domain/accounts.ts'
import type { Store } from '../../domain/store.ts'
import { isObject } from '../attributes.ts'
import { type Source, SourceError, textOf } from '../files.ts'
import type { Piece } from '../run-import.ts'
import { csvRows } from './csv-rows.ts'
import { type ExportedKind, exportedKinds, exportedRecord } from './sell-export.ts'
import type { UsersByName } from './users-by-name.ts'
import { type HeaderMap, visitOfRow, type VisitNames } from './visit-rows.ts'

export interface CsvOptions {
  readonly store: Store
  readonly account: AccountKey
  readonly users: UsersByName
  readonly outcomes: VisitNames['outcomes']
  readonly map: HeaderMap
  /** Offset of times without one: `+02:00`. */
  readonly offset: string
  readonly isDryRun: boolean
  readonly onBytes: (count: number) => void
}

/** What a file holds, by its name; visits if headers are mapped. */
export const kindOfFile = (name: string, hasMap: boolean): ExportedKind | undefined =>
  hasMap ? 'visits' : exportedKinds.find((kind) => basename(name).toLowerCase().startsWith(kind))

/** The rows of the files as the API would answer them, leads and contacts before visits. */
export async function* csvPieces(
  sources: readonly Source[],
  options: CsvOptions,
): AsyncGenerator<Piece> {
  const hasMap = options.map.size > 0
  const ranked = exportedKinds.flatMap((kind) =>
    sources
      .filter(({ name }) => kindOfFile(name, hasMap) === kind)
      .map((source) => ({ kind, source })),
  )
  const ids = new VisitIds(options)
  for (const { kind, source } of ranked) {
    ids.beginFile()
    const checkHeader = (names: readonly string[]): void => {
      const lacking = [...options.map.values()].filter((header) => !names.includes(header))
      if (lacking.length === 0) return
      throw new SourceError(
        `${source.name} has no column ${lacking.join(', ')}, which --map names. It has: ${names.join(', ')}`,
      )
    }
    for await (const row of csvRows(textOf(source, options.onBytes), checkHeader)) {
      const place = { file: source.name, line: row.line, index: row.index }
      if (!('cells' in row)) yield { ...place, broken: row.broken, reason: row.reason }
      else yield { ...place, ...(await itemOf(kind, row.cells, options, ids)) }
    }
  }
}

async function itemOf(
  kind: ExportedKind,
  cells: ReadonlyMap<string, string>,
  options: CsvOptions,
  ids: VisitIds,
): Promise<Pick<Piece & { value: unknown }, 'value' | 'isNumberedHere'>> {
  const { users, outcomes, map, offset } = options
  if (kind !== 'visits') {
    const known = await findKnown(kind, cells.get('id'), options)
    const name = kind === 'leads' ? 'lead' : 'contact'
    return { value: exportedRecord(name, cells, users, offset, known) }
  }
  const item = visitOfRow(cells, map, { users, outcomes }, offset)
  if (item.data.id !== undefined) return { value: item }
  const id = await ids.find(item.data)
  return { value: { ...item, data: { ...item.data, id } }, isNumberedHere: true }
}

/** The attributes of a record that is here. */
async function findKnown(
  kind: 'leads' | 'contacts',
  cell: string | undefined,
  { store, account }: CsvOptions,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const id = Number(cell)
  if (!Number.isSafeInteger(id)) return undefined
  const page = { offset: 0, limit: 1, sort: { field: 'id', descending: false } } as const
  const { rows } = await store[kind].list(account, { ids: [id] }, page)
  const attributes: unknown = rows[0] && JSON.parse(rows[0].attributes)
  return isObject(attributes) ? attributes : undefined
}

const reserved = 500
const perPage = 100

/** Ids for visits without one: that of the same visit from an earlier import, or a new one. */
class VisitIds {
  readonly #options: CsvOptions
  readonly #given = new Map<string, number>()
  /** How often each place and time has come up in this file. */
  readonly #repeats = new Map<string, number>()
  #free: number[] = []

  constructor(options: CsvOptions) {
    this.#options = options
  }

  beginFile(): void {
    this.#repeats.clear()
  }

  /**
   * Rows of a file with the same user, place and time are different visits; many files have no time
   * of day. The second of them is the second such visit that is stored.
   */
  async find(data: Readonly<Record<string, unknown>>): Promise<number> {
    const { creator_id: creator, resource_type: type, resource_id: resource } = data
    const at = Date.parse(String(data['visited_at']))
    const place = `${String(creator)} ${String(type)} ${String(resource)} ${at}`
    const nth = this.#repeats.get(place) ?? 0
    this.#repeats.set(place, nth + 1)
    const key = `${place} ${nth}`
    const known =
      this.#given.get(key) ?? (await this.#findStored(data, at, nth)) ?? (await this.#next())
    this.#given.set(key, known)
    return known
  }

  async #findStored(
    data: Readonly<Record<string, unknown>>,
    at: number,
    nth: number,
  ): Promise<number | undefined> {
    const { store, account } = this.#options
    const type = data['resource_type']
    const resourceId = Number(data['resource_id'])
    const creatorId = Number(data['creator_id'])
    if (type !== 'lead' && type !== 'contact') return undefined
    if (!Number.isSafeInteger(resourceId) || !Number.isSafeInteger(creatorId)) return undefined
    let before = nth
    for (let offset = 0; ; offset += perPage) {
      const { items, hasMore } = await store.visits.list(account, {
        filter: { resourceKind: type, resourceId, creatorIds: [creatorId] },
        viewer: { userId: 0, isAdmin: true },
        sort: { field: 'id', descending: false },
        offset,
        limit: perPage,
      })
      const visits: { data: { id: number; visited_at: string } }[] = JSON.parse(
        `[${items.toString()}]`,
      )
      const same = visits.filter((visit) => Date.parse(visit.data.visited_at) === at)
      const found = same[before]
      if (found || !hasMore) return found?.data.id
      before -= same.length
    }
  }

  async #next(): Promise<number> {
    const { store, account, isDryRun } = this.#options
    if (this.#free.length === 0) {
      const reserve = async (): Promise<number[]> =>
        store[isDryRun ? 'preview' : 'write'](account, async (tx) => {
          const ids: number[] = []
          for (let n = 0; n < reserved; n++) ids.push(await tx.visits.nextId())
          return ids
        })
      this.#free = (await reserve()).reverse()
    }
    const id = this.#free.pop()
    if (id === undefined) throw new Error('no id was reserved')
    return id
  }
}
