import type { Store } from '../../domain/store.ts'
import type { Database } from '../database.ts'

/** Does not raise the account's revision: no cached list shows when a credential was used. */
export function saveLastUses(database: Database): Store['saveLastUses'] {
  return (account, uses) =>
    database.write(account, async ({ db }) => {
      for (const { credential, at } of uses) {
        if ('tokenId' in credential) {
          await db
            .updateTable('access_tokens')
            .set({ last_used_at: at })
            .where('account_id', '=', account)
            .where('id', '=', credential.tokenId)
            .execute()
        } else {
          await db
            .updateTable('sessions')
            .set({ last_used_at: at })
            .where('account_id', '=', account)
            .where('hash', '=', credential.sessionHash)
            .execute()
        }
      }
    })
}
