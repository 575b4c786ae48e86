import { visitMapQuery } from '../api/maps.ts'
import { queryClient } from '../api/query-client.ts'
import { parseMapSearch } from '../search.ts'
import { listQueryOf } from '../visits/list-query.ts'
import { firstView } from './first-view.ts'
import { showsCustomers, visitsOn } from './map-choices.ts'

/** Reads where the visits are, and then what the map shows first: its list, and its pins where they are many. */
export async function readMap(given: object): Promise<void> {
  const search = parseMapSearch({ ...given })
  if (showsCustomers(search)) return
  const filters = visitsOn(search)
  const world = await queryClient.fetchQuery(visitMapQuery(filters, null))
  const view = firstView(search, world)
  if (!view) return
  const { box } = view.seen
  void queryClient.prefetchInfiniteQuery(listQueryOf({ ...search, bbox: box }))
  if (world.clusters.length > 0) void queryClient.prefetchQuery(visitMapQuery(filters, view.part))
}
