import { setImmediate } from 'node:timers/promises'

import { visitExportColumns } from '@doorstep/contract/exports'

import type { AccountKey } from '../../domain/accounts.ts'
import type { Viewer } from '../../domain/actor.ts'
import type { LocatedVisit } from '../../domain/location-data.ts'
import type { Store } from '../../domain/store.ts'
import type { VisitFilter, VisitPart, VisitWalkPart } from '../../domain/visits.ts'
import {
  at,
  chooseColumns,
  type Columns,
  externalIds,
  integer,
  isRow,
  list,
  number,
  text,
  time,
} from './columns.ts'
import type { ExportSource, Lines } from './export-source.ts'

type Name = (typeof visitExportColumns)[number]

/** The part of a visit that a column is read from; the others are attributes of its own. */
const partOf: Partial<Readonly<Record<Name, VisitPart>>> = {
  creator_name: 'creator',
  resource_name: 'resource',
  resource_owner_id: 'resource',
  resource_latitude: 'resource',
  resource_longitude: 'resource',
  reason: 'verification',
  distance_m: 'verification',
  radius_m: 'verification',
  accuracy_m: 'verification',
  flags: 'verification',
  review_state: 'review',
  review_note: 'review',
  reviewed_by: 'review',
  reviewed_at: 'review',
  external_ids: 'external_ids',
  rep_latitude: 'verification',
  rep_longitude: 'verification',
}

const columns: Columns<Name> = {
  id: integer('id'),
  creator_id: integer('creator_id'),
  creator_name: text('creator', 'name'),
  outcome_id: integer('outcome_id'),
  outcome_name: text('outcome_name'),
  resource_type: text('resource_type'),
  resource_id: integer('resource_id'),
  resource_name: text('resource', 'name'),
  resource_owner_id: integer('resource', 'owner_id'),
  visited_at: time('visited_at'),
  resource_address: text('resource_address'),
  resource_latitude: number('resource', 'latitude'),
  resource_longitude: number('resource', 'longitude'),
  rep_location_verification_status: text('rep_location_verification_status'),
  reason: text('verification', 'reason'),
  distance_m: number('verification', 'distance_m'),
  radius_m: number('verification', 'radius_m'),
  accuracy_m: number('verification', 'accuracy_m'),
  flags: list('verification', 'flags'),
  review_state: text('review', 'state'),
  review_note: text('review', 'note'),
  reviewed_by: integer('review', 'by'),
  reviewed_at: time('review', 'at'),
  summary: text('summary'),
  created_at: time('created_at'),
  updated_at: time('updated_at'),
  external_ids: externalIds,
  rep_latitude: number('verification', 'location', 'latitude'),
  rep_longitude: number('verification', 'location', 'longitude'),
}

const showsRep = (name: Name): boolean => name === 'rep_latitude' || name === 'rep_longitude'
const byDefault = visitExportColumns.filter((name) => !showsRep(name))

/** Of text, as the store joins it: half a megabyte. */
const linesMax = 1_000
/** Of rows that are taken apart, for which no other request should wait long. */
const rowsMax = 100
const outcomesMax = 200

export interface VisitExport {
  readonly store: Pick<Store, 'visits' | 'visitOutcomes'>
  readonly account: AccountKey
  readonly viewer: Viewer
  readonly filter: VisitFilter
  /** undefined: all of them, except where the rep was. */
  readonly columns: readonly Name[] | undefined
  /** Called for visits that show where their creators were, before they are answered. */
  readonly onLocated: (located: readonly LocatedVisit[]) => Promise<void>
}

export function visitSource(asked: VisitExport): ExportSource {
  const names = asked.columns ?? byDefault
  const parts = [...new Set(names.flatMap((name) => partOf[name] ?? []))]
  const include = [...new Set<VisitPart>([...parts, 'resource'])]
  const isShown = names.some(showsRep)
  async function* rows() {
    const outcomes = await readOutcomes(asked)
    for await (const part of walk(asked, { limit: rowsMax, separator: 'commas', include })) {
      if (isShown && part.located) await asked.onLocated(part.located)
      const items: unknown = JSON.parse(`[${part.items}]`)
      yield (Array.isArray(items) ? items : []).flatMap((item) => {
        const data = at(item, 'data')
        return isRow(data) ? { ...data, outcome_name: outcomes.get(data['outcome_id']) } : []
      })
    }
  }
  async function* lines(): AsyncGenerator<Lines> {
    for await (const part of walk(asked, { limit: linesMax, separator: 'lines', include: [] })) {
      yield { bytes: part.items, count: part.count }
    }
  }
  return {
    type: 'visit',
    columns: chooseColumns(columns, names),
    rows,
    lines: asked.columns ? undefined : lines,
    place: { latitude: columns.resource_latitude.read, longitude: columns.resource_longitude.read },
  }
}

interface WalkOptions {
  readonly limit: number
  readonly separator: 'commas' | 'lines'
  readonly include: readonly VisitPart[]
}

async function* walk(
  { store, account, viewer, filter }: VisitExport,
  options: WalkOptions,
): AsyncGenerator<VisitWalkPart> {
  for (let fromId: number | undefined = 0; fromId !== undefined;) {
    const part: VisitWalkPart = await store.visits.walk(account, {
      viewer,
      filter,
      fromId,
      ...options,
    })
    if (part.count > 0) yield part
    fromId = part.nextId
    // NOTE: on SQLite the page was read without giving way to anybody.
    await setImmediate()
  }
}

/** The names of all outcomes, by id. */
async function readOutcomes({ store, account }: VisitExport): Promise<Map<unknown, string>> {
  const names = new Map<unknown, string>()
  for (let hasMore = true; hasMore;) {
    const page = await store.visitOutcomes.list(account, undefined, {
      offset: names.size,
      limit: outcomesMax,
      sort: { field: 'id', descending: false },
    })
    for (const { id, name } of page.rows) names.set(id, name)
    ;({ hasMore } = page)
  }
  return names
}
