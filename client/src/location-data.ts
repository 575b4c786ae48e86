import type { getLocationData, updateLocationData } from '@doorstep/contract/location-data'
import type { BodyOf, QueryOf } from '@doorstep/contract/operations'

import type { AnswerOf } from './answers.ts'
import type { CallOptions, Connection } from './connection.ts'
import type { Query } from './query.ts'
import { get, remove } from './request.ts'
import { update } from './writes.ts'

export type LocationDataQuery = QueryOf<typeof getLocationData>
export type LocationDataItem = AnswerOf<typeof getLocationData>
export type LocationDataChange = BodyOf<typeof updateLocationData>

/** What is held about where the token's user was; scope `profile`, and `write` for changes. */
export interface LocationData {
  /** What is held, until when, and a page of who looked. */
  get(query?: Query<LocationDataQuery>, options?: CallOptions): Promise<LocationDataItem>

  /** Switches the user's location on or off, for coming check-ins. */
  update(change: LocationDataChange, options?: CallOptions): Promise<LocationDataItem>

  /** Removes the precise places now; findings stay. */
  remove(options?: CallOptions): Promise<void>
}

const path: typeof getLocationData.path = '/v2/users/self/location_data'

export const locationData = (connection: Connection): LocationData => ({
  get: (query = {}, options = {}) => get(connection, path, { ...query }, options),
  update: (change, options) => update(connection, path, change, {}, options),
  remove: (options) => remove(connection, path, options),
})
