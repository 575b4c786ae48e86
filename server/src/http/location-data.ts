import type * as contract from '@doorstep/contract/location-data'
import type { Operation } from '@doorstep/contract/operations'

import type { Actor } from '../domain/actor.ts'
import { printSeconds } from '../domain/clock.ts'
import { settingsInForce } from '../domain/settings.ts'
import { countHeldPlaces, removeHeldPlaces } from '../rules/location-data.ts'
import { noteTaken } from '../rules/taken-data.ts'
import type { Call, Handler } from './request/call.ts'
import { pageLinks, type PageQuery, pageRequest, printItem } from './request/pages.ts'

const dayMs = 24 * 3_600_000

export const getLocationData: Handler<typeof contract.getLocationData> = async (call) => {
  const { store, actor, request } = call
  const { download, ...query } = call.query
  if (download === true && request.method !== 'HEAD') {
    await noteTaken(
      () => store.audit.add(actor.accountKey, actor, 'location_data_downloaded', itself(actor)),
      (err) =>
        request.log.error(
          { err, logref: request.id, userId: actor.userId },
          'a download could not be noted',
        ),
    )
  }
  return answerLocationData({ ...call, query })
}

const itself = ({ userId: id }: Actor) => ({ kind: 'user', id }) as const

export const updateLocationData: Handler<typeof contract.updateLocationData> = async (call) => {
  const { store, actor, body } = call
  await store.write(actor.accountKey, (tx) =>
    tx.users.setSharesLocation(actor.userId, body.shares_location),
  )
  return answerLocationData({ ...call, query: {} })
}

export const deleteLocationData: Handler<typeof contract.deleteLocationData> = async (call) => {
  const { store, actor, newEventId } = call
  await removeHeldPlaces(store, actor, newEventId)
  return undefined
}

async function answerLocationData(
  call: Omit<Call<Operation>, 'query' | 'body'> & { readonly query: PageQuery },
): Promise<string> {
  const { store, actor, settings } = call
  const { accountKey, userId } = actor
  const own = await store.accounts.findSettings(accountKey)
  const { repLocationMs } = settingsInForce(settings, own)
  const part = pageRequest(call, { field: 'id', descending: false })
  const [sharesLocation, held, { rows, hasMore }] = await Promise.all([
    store.locationData.sharesLocation(accountKey, userId),
    countHeldPlaces(store, accountKey, userId, repLocationMs),
    store.locationData.listLooks(accountKey, userId, part),
  ])
  const data: contract.LocationData = {
    shares_location: sharesLocation,
    held: {
      visits: held.visits,
      until: held.until === null ? null : printSeconds(held.until),
      by_day: [...held.byDay].map(([date, visits]) => ({ date, visits })),
      imported_visits: held.importedVisits,
    },
    retention: { days: repLocationMs / dayMs, set_by: null, set_at: null },
    looks: rows.map(({ viewerId, at, visitId }) => ({
      user_id: viewerId,
      at: printSeconds(at),
      visit_id: visitId,
    })),
  }
  const links = pageLinks(call, hasMore)
  return printItem('location_data', data, { links })
}
