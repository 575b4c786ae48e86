import type { ImportConflict } from '@doorstep/contract/import-conflicts'

import { client } from '../api/client.ts'
import { readImportsAgain } from '../api/imports.ts'
import { renew } from '../api/query-client.ts'
import { type HeldStore, newHeld } from '../parts/held.ts'
import { holdBack } from '../parts/hold-back.ts'
import { sendEach } from '../parts/send-each.ts'
import { say } from '../parts/toasts.ts'
import { imports } from '../texts/en/imports.ts'
import { problemOf } from '../texts/problem.ts'
import { texts } from '../texts/texts.ts'

const { conflicts: words } = imports

export type Resolution = 'kept_ours' | 'took_theirs'

/** The conflicts that are decided here, and will be so at the server when undo is over. */
export const heldConflicts: HeldStore<number, Resolution> = newHeld()

async function send(ids: readonly number[], status: Resolution): Promise<void> {
  let why: string | undefined
  await sendEach(ids, async (id) => {
    try {
      await client.importConflicts.resolve(id, { status })
    } catch (error) {
      why = problemOf(error, texts.parts.tryAgain)
    }
  })
  if (why !== undefined) say(words.notSaved(why))
  void renew(['visits'])
  await readImportsAgain()
  heldConflicts.drop(ids)
}

/** Decides conflicts: at once on the screen, at the server when undo is over. */
export function resolve(conflicts: readonly ImportConflict[], status: Resolution): void {
  const ids = conflicts.map(({ id }) => id)
  heldConflicts.hold(ids.map((id) => [id, status]))
  holdBack({
    done: status === 'kept_ours' ? words.kept(ids.length) : words.took(ids.length),
    send: () => send(ids, status),
    size: ids.length,
    undo: () => heldConflicts.drop(ids),
  })
}
