import { addLink } from '../../../server/src/runtime/one-time-links.ts'
import { people } from '../../../server/test/support/sell-items.ts'
import type { TestApp } from '../../../server/test/support/start.ts'

export const password = 'correct horse battery'
export const admin = { email: 'admin@acme.example', password }
export const manager = { email: 'manager@acme.example', password }
export const rep = { email: 'rep@acme.example', password }

/** Gives the admin, the manager and the rep of sell-items.ts a password. */
export async function givePasswords(app: TestApp): Promise<void> {
  const { id } = (await app.client.users.self()).data
  const hash = await app.passwords.hash(password)
  await app.store.write(app.account, async (tx) => {
    for (const userId of [id, people.manager, people.rep]) await tx.users.setPassword(userId, hash)
  })
}

/** A link that works once, as the server prints it. */
export async function newLink(app: TestApp, purpose: 'setup' | 'sign_in'): Promise<string> {
  const { id } = (await app.client.users.self()).data
  return app.store.write(app.account, (tx) => addLink(tx, purpose, id, app.url))
}
