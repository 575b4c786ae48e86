import type * as contract from '@doorstep/contract/maps'
import type { QueryOf } from '@doorstep/contract/operations'

import { parseTime, printMillis } from '../domain/clock.ts'
import type { CustomerMapFilter, MapView } from '../domain/maps.ts'
import type { Box } from '../domain/ranges.ts'
import type { Handler } from './request/call.ts'
import { customerIdsOf } from './request/external-ids.ts'
import { type FilterReaders, type OfEveryList, readFilter } from './request/filter-readers.ts'
import { printItem } from './request/pages.ts'
import { readVisitFilter, toBox } from './visits/filters.ts'

export const getVisitMap: Handler<typeof contract.getVisitMap> = async (call) => {
  const { store, actor, query, lookLog, clock } = call
  const { bbox, zoom, clusters: isClustered, ...filters } = query
  const filter = await readVisitFilter(store, actor.accountKey, filters)
  const request = { viewer: actor, filter, ...toView(bbox, zoom, isClustered) }
  const { clusters, points, located, ...sums } = await store.visitSums.map(
    actor.accountKey,
    request,
  )
  lookLog.note(actor.accountKey, actor.userId, located, clock())
  const answer: contract.VisitMap = {
    clusters: clusters.map(({ box, ...cluster }) => ({ ...cluster, bbox: printBox(box) })),
    points: points.map(({ outcomeId, creatorId, visitedAt, ...point }) => ({
      ...point,
      outcome_id: outcomeId,
      creator_id: creatorId,
      visited_at: printMillis(visitedAt),
    })),
    ...sums,
  }
  return printItem('visit_map', answer)
}

export const getCustomerMap: Handler<typeof contract.getCustomerMap> = async (call) => {
  const { store, actor, query } = call
  const { clusters, points, ...sums } = await store.visitSums.customerMap(actor.accountKey, {
    viewer: actor,
    filter: {
      ...readFilter(Object.values(customerReaders), query),
      ids: await customerIdsOf(store, actor.accountKey, query),
    },
    ...toView(query.bbox, query.zoom, query.clusters),
  })
  const answer: contract.CustomerMap = {
    clusters: clusters.map(({ box, ...cluster }) => ({ ...cluster, bbox: printBox(box) })),
    points: points.map(({ resourceKind, id, latitude, longitude, ownerId, lastVisit }) => ({
      resource_type: resourceKind,
      id,
      latitude,
      longitude,
      owner_id: ownerId,
      last_visit: lastVisit && {
        at: printMillis(lastVisit.at),
        outcome_id: lastVisit.outcomeId,
      },
    })),
    ...sums,
  }
  return printItem('customer_map', answer)
}

type CustomerQuery = QueryOf<typeof contract.getCustomerMap>

const customerReaders: FilterReaders<
  CustomerQuery,
  OfEveryList | 'bbox' | 'zoom' | 'clusters',
  CustomerMapFilter
> = {
  resource_type: ({ resource_type: resourceKind }) => ({ resourceKind }),
  owner_id: ({ owner_id: ownerId }) => ({ ownerId }),
  below: ({ below }) => ({ below }),
  unvisited_since: ({ unvisited_since: since }) => ({
    unvisitedSince: since === undefined ? undefined : parseTime(since),
  }),
  outcome_id: ({ outcome_id: outcomeId }) => ({ outcomeId }),
}

const world: Box = { west: -180, south: -90, east: 180, north: 90 }

const toView = (
  bbox: Parameters<typeof toBox>[0] | undefined,
  zoom: number,
  isClustered = true,
): MapView => ({ box: bbox ? toBox(bbox) : world, zoom, isApart: !isClustered })

const printBox = ({ west, south, east, north }: Box): number[] => [west, south, east, north]
