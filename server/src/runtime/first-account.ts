import { hash } from '@node-rs/argon2'

import type { Account, AccountKey } from '../domain/accounts.ts'
import { DomainError } from '../domain/errors.ts'
import type { Store, Transaction } from '../domain/store.ts'
import { newUser } from '../domain/users.ts'
import { addDefaultOutcomes } from '../rules/default-outcomes.ts'
import { addDefaultStatuses } from '../rules/labels.ts'

export interface CreatedAccount {
  readonly key: AccountKey
  readonly accountId: number
  readonly userId: number
}

/**
 * Creates an account with one admin and the defaults; the password is stored as an Argon2
 * hash. `addMore` runs in the transaction that adds the admin. An account of this name without users
 * is one whose creation failed halfway, and is completed. Throws `conflict` for a name that is taken.
 */
export async function createAccount(
  store: Store,
  name: string,
  email: string,
  password?: string,
  firstId?: number,
  addMore: (tx: Transaction) => Promise<void> = async () => {},
): Promise<CreatedAccount> {
  const known = (await store.accounts.list()).find(({ account }) => account.name === name)
  if (known && (await hasUsers(store, known.key))) {
    throw new DomainError(
      'conflict',
      `An account with the name ${name} already exists. Choose another name.`,
    )
  }
  const passwordHash = password === undefined ? undefined : await hash(password)
  const now = Date.now()
  const key = known?.key ?? (await store.accounts.add(newAccount(name, now), firstId))
  const userId = await store.write(key, async (tx) => {
    const id = await tx.users.nextId()
    await tx.users.save([
      newUser({ id, name: 'Admin', email, role: 'admin', reportsTo: null }, now),
    ])
    if (passwordHash !== undefined) await tx.users.setPassword(id, passwordHash)
    await addDefaultOutcomes(tx, now)
    await addDefaultStatuses(tx, now)
    await addMore(tx)
    return id
  })
  const account = await store.accounts.find(key)
  return { key, userId, accountId: account?.id ?? key }
}

/** The accounts of the store, except those whose creation failed halfway. */
export async function listAccounts(store: Store): ReturnType<Store['accounts']['list']> {
  const accounts = await store.accounts.list()
  const areComplete = await Promise.all(accounts.map(({ key }) => hasUsers(store, key)))
  return accounts.filter((_, at) => areComplete[at])
}

async function hasUsers(store: Store, account: AccountKey): Promise<boolean> {
  const sort = { field: 'id', descending: false } as const
  const { rows } = await store.users.list(account, {}, { offset: 0, limit: 1, sort })
  return rows.length > 0
}

const newAccount = (name: string, now: number): Omit<Account, 'id'> => ({
  name,
  currency: 'USD',
  timeFormat: '24H',
  timezone: 'UTC+00:00',
  phone: null,
  subdomain: null,
  createdAt: now,
  updatedAt: now,
})
