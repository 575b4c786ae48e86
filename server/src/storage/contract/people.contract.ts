import { afterAll, beforeAll, expect, it } from 'vitest'

import type { Store } from '../../domain/store.ts'
import { newUser } from '../../domain/users.ts'
import { addAccount, type OpenStore, start } from './example-store.ts'

export function describePeople(open: OpenStore): void {
  let store: Store
  let account: number
  let other: number
  beforeAll(async () => {
    ;({ store } = await open())
    account = await addAccount(store, 'One')
    other = await addAccount(store, 'Other')
    for (const key of [account, other]) {
      await store.write(key, async (tx) => {
        const given = { name: 'Ada', email: 'Ada@example.com', reportsTo: null } as const
        await tx.users.save([newUser({ ...given, id: 1, role: 'admin' }, start)])
        await tx.users.setPassword(1, `hash of ${key}`)
      })
    }
  })
  afterAll(() => store[Symbol.asyncDispose]())

  const session = (hash: string) => ({ hash, userId: 1, createdAt: start, lastUsedAt: start })

  it('finds the active users with an e-mail, in every account', async () => {
    const found = await store.users.findSignIns('ADA@example.com', 10)
    expect(found.map(({ accountKey, passwordHash }) => [accountKey, passwordHash])).toEqual([
      [account, `hash of ${account}`],
      [other, `hash of ${other}`],
    ])
    expect(await store.users.findSignIns('ada@example.com', 1)).toHaveLength(1)
    await store.write(other, async (tx) => {
      const [ada] = (await tx.users.find([1])).values()
      if (ada) await tx.users.save([{ ...ada, status: 'inactive' }])
    })
    expect(await store.users.findSignIns('ada@example.com', 10)).toHaveLength(1)
    expect(await store.users.findPassword(account, 1)).toBe(`hash of ${account}`)
    expect(await store.users.findPassword(account, 2)).toBeNull()
  })

  it('separates sessions by account, and drops idle ones', async () => {
    await store.write(account, async (tx) => {
      await tx.sessions.add(session('a'))
      await tx.sessions.add(session('b'))
    })
    await store.write(other, (tx) => tx.sessions.remove('a'))
    expect(await store.sessions.findActor('a', start - 1)).toMatchObject({
      accountKey: account,
      userId: 1,
      isAdmin: true,
    })
    expect(await store.sessions.findActor('a', start)).toBeUndefined()
    await store.saveLastUses(account, [{ credential: { sessionHash: 'a' }, at: start + 5 }])
    await store.sessions.drop(account, start)
    expect(await store.sessions.findActor('a', start)).toMatchObject({ userId: 1 })
    expect(await store.sessions.findActor('b', 0)).toBeUndefined()
    await store.write(account, (tx) => tx.sessions.removeOf(1, 'a'))
    expect(await store.sessions.findActor('a', 0)).toMatchObject({ userId: 1 })
    await store.write(account, (tx) => tx.sessions.removeOf(1, undefined))
    expect(await store.sessions.findActor('a', 0)).toBeUndefined()
  })

  it('revokes what clients were granted for one user, and no personal token', async () => {
    const scopes = ['read'] as const
    const token = { scopes, description: '', createdAt: start, expiresAt: null, revokedAt: null }
    const names = ['one', 'two'] as const
    await store.write(account, async (tx) => {
      const given = { name: 'Bo', email: 'bo@example.com', role: 'user', reportsTo: null } as const
      await tx.users.save([newUser({ ...given, id: 2 }, start)])
      for (const [index, hash] of names.entries()) {
        const userId = index + 1
        const grant = { clientId: 1, grantHash: hash }
        const allowance = { hash, userId, scopes, createdAt: start, ...grant }
        const redirect = { redirectUri: '', codeChallenge: null, codeChallengeMethod: null }
        await tx.oauth.addCode({ ...allowance, ...redirect, expiresAt: start })
        await tx.oauth.addRefreshToken(allowance)
        await tx.tokens.add({ ...token, hash: `${hash} access`, userId }, grant)
        await tx.tokens.add({ ...token, hash: `${hash} personal`, userId })
      }
    })
    await store.write(other, (tx) => tx.oauth.revokeGrantsOf(2, start))
    await store.write(account, (tx) => tx.oauth.revokeGrantsOf(1, start))
    const left = async (hash: string) => [
      (await store.oauth.findCode(account, hash)) !== undefined,
      (await store.oauth.findRefreshToken(account, hash)) !== undefined,
      (await store.tokens.findActor(`${hash} access`, start)) !== undefined,
      (await store.tokens.findActor(`${hash} personal`, start)) !== undefined,
    ]
    expect(await left('one')).toEqual([false, false, false, true])
    expect(await left('two')).toEqual([true, true, true, true])
  })

  it('stores the first secret of a name', async () => {
    expect(await store.secret('cookies', 'first')).toBe('first')
    expect(await store.secret('cookies', 'second')).toBe('first')
    expect(await store.secret('others', 'second')).toBe('second')
  })
}
