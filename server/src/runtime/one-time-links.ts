import type { AccountKey } from '../domain/accounts.ts'
import { DomainError } from '../domain/errors.ts'
import type { Store, Transaction } from '../domain/store.ts'
import type { User } from '../domain/users.ts'
import { hashToken } from '../http/access/auth.ts'
import { codeLink } from '../http/access/one-time-codes.ts'
import { addCode } from '../rules/one-time-codes.ts'
import { needsSetup } from '../rules/setup.ts'
import { newSecret } from './secrets.ts'

/** Adds a link that works once, for a day. `url`: the server's address. */
export async function addLink(
  tx: Transaction,
  purpose: 'setup' | 'sign_in',
  userId: number,
  url: string,
): Promise<string> {
  const code = newSecret()
  await addCode(tx, { hash: hashToken(code), purpose, userId }, Date.now())
  return codeLink(url, purpose === 'setup' ? 'setup' : 'sign-in', code)
}

/** A new setup link, which replaces the former one. Throws `conflict` once an admin has a password. */
export async function makeSetupLink(
  store: Store,
  account: AccountKey,
  url: string,
): Promise<string> {
  const admin = await findAdmin(store, account)
  return store.write(account, async (tx) => {
    if (!(await needsSetup(tx))) {
      throw new DomainError(
        'conflict',
        'An admin has a password already. To set another one, run ' +
          '`./doorstep user password --email EMAIL`.',
      )
    }
    return addLink(tx, 'setup', admin.id, url)
  })
}

/** The active admin who was there first: one made here has a higher id than an imported one. */
export async function findAdmin(store: Store, account: AccountKey): Promise<User> {
  const sort = { field: 'id', descending: false } as const
  const filter = { role: 'admin', status: 'active' }
  const { rows } = await store.users.list(account, filter, { offset: 0, limit: adminsMax, sort })
  const firstLocalId = await store.accounts.firstLocalId(account)
  const admin = rows.find(({ id }) => id >= firstLocalId) ?? rows[0]
  if (admin) return admin
  throw new DomainError('not_found', 'There is no active admin. Run `./doorstep doctor`.')
}

const adminsMax = 1_000
