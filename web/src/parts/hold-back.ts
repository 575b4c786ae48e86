import { leaving } from './leaving.ts'
import { offerUndo } from './toasts.ts'

/** What ends the offer of an undo, and so sends what was held back. */
const waiting = new Set<() => void>()

leaving.add(() => {
  for (const end of waiting) end()
})

interface HeldBack {
  /** Says what was done. */
  readonly done: string
  readonly send: () => Promise<void>
  /** Shows again what was before. */
  readonly undo: () => void
}

/**
 * Sends what cannot be taken back at the server only when undo is over; on the screen it is done at
 * once.
 */
export function holdBack({ done, send, undo }: HeldBack): void {
  const end = offerUndo(
    done,
    () => {
      waiting.delete(end)
      undo()
    },
    () => {
      waiting.delete(end)
      void send()
    },
  )
  waiting.add(end)
}
