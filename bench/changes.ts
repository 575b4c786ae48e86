import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

import type { Api, Item } from './api.ts'
import { commandLine, environment } from './doorstep.ts'

export const changesPerSecond = 20

/**
 * Commits small changes to a store that is being served, evenly: a long import of single objects,
 * a person and the account in turn, since `import json` commits when the kind of object changes.
 */
export async function makeChanges(dataDir: string, api: Api): Promise<AsyncDisposable> {
  // NOTE: the first is of the demo team; an import takes no id that this server gave, as the admin's.
  const [user] = (await api.page('/v2/users?per_page=1')).items
  if (!user) throw new Error('the store has no users')
  const account = await api.object('/v2/accounts/self')
  const child = spawn(process.execPath, commandLine(['import', 'json', '-']), {
    env: environment(dataDir),
    stdio: ['pipe', 'ignore', 'inherit'],
  })
  const exit = once(child, 'exit')
  let count = 0
  const timer = setInterval(() => {
    count++
    write(child, count % 2 === 0 ? account : changed(user, count))
  }, 1000 / changesPerSecond)
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer)
      child.stdin?.end()
      const [status] = await exit
      if (status !== 0) throw new Error(`the import of changes ended with status ${status}`)
    },
  }
}

function write({ stdin }: ChildProcess, item: Item): void {
  stdin?.write(`${JSON.stringify(item)}\n`)
}

const changed = (user: Item, count: number): Item => ({
  data: { ...user.data, phone_number: `+1-202-555-0${100 + (count % 100)}` },
  meta: { type: 'user' },
})
