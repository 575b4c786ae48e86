import { scopes } from '../domain/scopes.ts'
import type { Store } from '../domain/store.ts'
import { listAccounts, createAccount } from './first-account.ts'
import { addToken } from './new-token.ts'
import { addLink } from './one-time-links.ts'
import { print } from './print.ts'

const email = 'admin@doorstep.local'

/**
 * On an empty store: creates an account with an admin, a token and a setup link, and prints how to
 * use them. Both are printed this once. Of several processes that start together, one does this.
 */
export async function createFirstAccount(
  store: Store,
  firstId: number,
  url: string,
): Promise<void> {
  if ((await listAccounts(store)).length > 0) return
  if (!(await store.claim('first account'))) return
  let token = ''
  let link = ''
  await createAccount(store, 'My team', email, undefined, firstId, async (tx) => {
    token = await addToken(tx, {
      email,
      description: 'created at the first start',
      scopes,
      expiresAt: null,
    })
    const admin = (await tx.users.findByEmail([email])).get(email)
    if (admin) link = await addLink(tx, 'setup', admin.id, url)
  })
  print(`
Doorstep has created an account and its admin, ${email}.
Open this link within a day to choose a name, an e-mail address and a password; it works once:

  ${link}

For programs, this token is shown only now:

  ${token}

Try it:

  curl -H "Authorization: Bearer ${token}" ${url}/v2/visits
  curl -H "Authorization: Bearer ${token}" "${url}/v3/visits/stream?position=tail"

The documentation of the API: ${url}/docs
`)
}
