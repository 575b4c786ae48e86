import { offerUndo } from './toasts.ts'

/** As long as undo is offered. */
const undoMs = 8_000

interface Waiting {
  readonly send: () => Promise<void>
  readonly timer: ReturnType<typeof setTimeout>
}
const waiting = new Set<Waiting>()

function sendAll(): void {
  for (const each of waiting) {
    clearTimeout(each.timer)
    void each.send()
  }
}

// A page that goes away sends what it still holds back.
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') sendAll()
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
  const entry: Waiting = {
    send: async () => {
      if (waiting.delete(entry)) await send()
    },
    timer: setTimeout(() => void entry.send(), undoMs),
  }
  waiting.add(entry)
  offerUndo(done, () => {
    if (!waiting.delete(entry)) return
    clearTimeout(entry.timer)
    undo()
  })
}
