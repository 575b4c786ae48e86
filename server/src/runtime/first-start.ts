import { scopes } from '../domain/scopes.ts'
import type { Store } from '../domain/store.ts'
import { listAccounts, makeAccount } from './first-account.ts'
import { addToken } from './new-token.ts'
import { print } from './print.ts'

const email = 'admin@doorstep.local'

/**
 * On an empty store: creates an account with an admin and a token, and prints how to use it. The
 * token is printed this once. Of several processes that start together, one does this.
 */
export async function createFirstAccount(
  store: Store,
  firstId: number,
  url: string,
): Promise<void> {
  if ((await listAccounts(store)).length > 0) return
  if (!(await store.claim('first account'))) return
  let token = ''
  await makeAccount(store, 'My team', email, undefined, firstId, async (tx) => {
    token = await addToken(tx, {
      email,
      description: 'created at the first start',
      scopes,
      expiresAt: null,
    })
  })
  print(`
Doorstep has created an account and its admin, ${email}.
This token is shown only now:

  ${token}

Try it:

  curl -H "Authorization: Bearer ${token}" ${url}/v2/visits
  curl -H "Authorization: Bearer ${token}" "${url}/v3/visits/stream?position=tail"

The documentation of the API: ${url}/docs
`)
}
