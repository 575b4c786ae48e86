import { leaving } from './leaving.ts'
import { offerUndo } from './toasts.ts'

/** What ends the offer of an undo, and so sends what was held back; and how many requests that is. */
const waiting = new Map<() => void, number>()

function sendAll(): void {
  for (const end of waiting.keys()) end()
}

leaving.add(sendAll)

/** Browsers finish no more than about twenty requests of a page that has gone. */
const keptMax = 16

window.addEventListener('beforeunload', (event) => {
  const count = [...waiting.values()].reduce((sum, each) => sum + each, 0)
  if (count <= keptMax) return
  event.preventDefault()
  sendAll()
})

interface HeldBack {
  /** Says what was done. */
  readonly done: string
  readonly send: () => Promise<void>
  /** How many requests that is, if more than one. */
  readonly size?: number | undefined
  /** Shows again what was before. */
  readonly undo: () => void
}

/**
 * Sends what cannot be taken back at the server only when undo is over; on the screen it is done at
 * once.
 */
export function holdBack({ done, send, size = 1, undo }: HeldBack): void {
  const end = offerUndo(
    done,
    () => {
      waiting.delete(end)
      undo()
    },
    {
      onOver: () => {
        waiting.delete(end)
        void send()
      },
    },
  )
  waiting.set(end, size)
}
