import type { AccountKey } from '../../domain/accounts.ts'
import type { Store } from '../../domain/store.ts'
import type { User } from '../../domain/users.ts'
import { addLink, findAdmin } from '../one-time-links.ts'

const usersMax = 1_000

/** Links that sign in once, as the admin, a manager and a rep; undefined: there is no demo team. */
export async function demoLinks(store: Store, url: string): Promise<string | undefined> {
  const only = await store.accounts.findOnly()
  if (!only) return undefined
  const { manager, rep } = await findExamples(store, only.key)
  if (!manager || !rep) return undefined
  const admin = await findAdmin(store, only.key)
  const [asAdmin, asManager, asRep] = await store.write(only.key, async (tx) => [
    await addLink(tx, 'sign_in', admin.id, url),
    await addLink(tx, 'sign_in', manager.id, url),
    await addLink(tx, 'sign_in', rep.id, url),
  ])
  return `
Each of these links signs in once, within a day:

  as the admin:  ${asAdmin}
  as a manager:  ${asManager}
  as a rep:      ${asRep}
`
}

/** A manager of the demo team, and somebody who reports to them. */
async function findExamples(
  store: Store,
  account: AccountKey,
): Promise<{ readonly manager?: User | undefined; readonly rep?: User | undefined }> {
  const ids = await store.demo.list(account, 'user', usersMax)
  if (ids.length === 0) return {}
  const sort = { field: 'id', descending: false } as const
  const filter = { ids, role: 'user', status: 'active' }
  const { rows } = await store.users.list(account, filter, { offset: 0, limit: usersMax, sort })
  const leads = ({ id }: User): boolean => rows.some(({ reportsTo }) => reportsTo === id)
  const manager = rows.find(leads)
  return { manager, rep: rows.find((user) => user.reportsTo === manager?.id && !leads(user)) }
}
