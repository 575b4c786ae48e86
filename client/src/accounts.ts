import type { AccountItem, getAccountSelf } from '@doorstep/contract/accounts'

import type { CallOptions, Connection } from './connection.ts'
import { get } from './request.ts'

export interface Accounts {
  /** The token's account, `{data, meta}`; scope `profile`. Throws a DoorstepError. */
  self(options?: CallOptions): Promise<AccountItem>
}

const selfPath: typeof getAccountSelf.path = '/v2/accounts/self'

export const accounts = (connection: Connection): Accounts => ({
  self: (options) => get(connection, selfPath, {}, options),
})
