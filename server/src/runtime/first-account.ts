import { hash } from '@node-rs/argon2'

import type { AccountKey } from '../domain/accounts.ts'
import { DomainError } from '../domain/errors.ts'
import type { Store } from '../domain/store.ts'
import { newUser } from '../domain/users.ts'
import { addDefaultOutcomes } from '../rules/default-outcomes.ts'

export interface MadeAccount {
  readonly key: AccountKey
  readonly accountId: number
  readonly userId: number
}

/**
 * Creates an account with one admin and the default outcomes; the password is stored as an Argon2
 * hash. Throws `conflict` for a name that is taken.
 */
export async function makeAccount(
  store: Store,
  name: string,
  email: string,
  password?: string,
  firstId?: number,
): Promise<MadeAccount> {
  const existing = await store.accounts.list()
  if (existing.some(({ account }) => account.name === name)) {
    throw new DomainError('conflict', `An account with the name ${name} already exists.`)
  }
  const passwordHash = password === undefined ? undefined : await hash(password)
  const now = Date.now()
  const given = {
    name,
    currency: 'USD',
    timeFormat: '24H' as const,
    timezone: 'UTC+00:00',
    phone: null,
    subdomain: null,
    createdAt: now,
    updatedAt: now,
  }
  const key = await store.accounts.add(given, firstId)
  const userId = await store.write(key, async (tx) => {
    const id = await tx.users.nextId()
    await tx.users.save([
      newUser({ id, name: 'Admin', email, role: 'admin', reportsTo: null }, now),
    ])
    if (passwordHash !== undefined) await tx.users.setPassword(id, passwordHash)
    await addDefaultOutcomes(tx, now)
    return id
  })
  const account = await store.accounts.find(key)
  return { key, userId, accountId: account?.id ?? key }
}
