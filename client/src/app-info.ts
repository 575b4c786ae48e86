import type { getApp } from '@doorstep/contract/app-info'

import type { AnswerOf } from './answers.ts'
import type { CallOptions, Connection } from './connection.ts'
import { get } from './request.ts'

export type AppItem = AnswerOf<typeof getApp>

export interface AppInfo {
  /** What a page needs before somebody signs in; needs no token. Throws a DoorstepError. */
  get(options?: CallOptions): Promise<AppItem>
}

const path: typeof getApp.path = '/v2/app'

export const appInfo = (connection: Connection): AppInfo => ({
  get: (options) => get(connection, path, {}, options),
})
