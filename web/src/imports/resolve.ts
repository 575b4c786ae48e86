import type { ImportConflict } from '@doorstep/contract/import-conflicts'

import { client } from '../api/client.ts'
import { readImportsAgain } from '../api/imports.ts'
import { renew } from '../api/query-client.ts'
import { offerUndo, say } from '../parts/toasts.ts'
import { texts } from '../texts/texts.ts'

const { conflicts: words } = texts.imports

export type Resolution = 'kept_ours' | 'took_theirs'

/** As long as undo is offered: a conflict is decided once. */
const undoMs = 8_000

interface Waiting {
  readonly send: () => Promise<void>
  readonly timer: ReturnType<typeof setTimeout>
}
const waiting = new Set<Waiting>()
const hidden = new Set<number>()
const listeners = new Set<() => void>()
let shownHidden: ReadonlySet<number> = new Set()

function tell(): void {
  shownHidden = new Set(hidden)
  for (const listener of listeners) listener()
}

/** The conflicts that are decided here, and may be so at the server only when undo is over. */
export const decided = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  },
  get: (): ReadonlySet<number> => shownHidden,
}

// A page that goes away sends what it still holds back.
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState !== 'hidden') return
  for (const { send, timer } of waiting) {
    clearTimeout(timer)
    void send()
  }
})

async function send(ids: readonly number[], status: Resolution): Promise<void> {
  for (const id of ids) {
    try {
      await client.importConflicts.resolve(id, { status })
    } catch (error) {
      hidden.delete(id)
      say(words.notSaved(error instanceof Error ? error.message : String(error)))
    }
  }
  await readImportsAgain()
  void renew(['visits'])
  tell()
}

/** Decides conflicts: at once on the screen, at the server when undo is over. */
export function resolve(conflicts: readonly ImportConflict[], status: Resolution): void {
  const ids = conflicts.map(({ id }) => id)
  for (const id of ids) hidden.add(id)
  tell()
  const entry: Waiting = {
    send: async () => {
      waiting.delete(entry)
      await send(ids, status)
    },
    timer: setTimeout(() => void entry.send(), undoMs),
  }
  waiting.add(entry)
  const done = status === 'kept_ours' ? words.kept(ids.length) : words.took(ids.length)
  offerUndo(done, () => {
    if (!waiting.delete(entry)) return
    clearTimeout(entry.timer)
    for (const id of ids) hidden.delete(id)
    tell()
  })
}
