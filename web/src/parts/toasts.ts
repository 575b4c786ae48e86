import { Toast } from '@base-ui/react/toast'

/** How long undo is offered; while the pointer or the focus is on it, longer. */
export const undoMs = 8_000

export const toasts = Toast.createToastManager()

interface Offer {
  /** What was done, in a second line. */
  readonly about?: string | undefined
  /** Runs when undo is no longer offered. */
  readonly onOver?: (() => void) | undefined
}

/**
 * Says what was done and how to take it back, in place of asking before. Returns how to end the offer
 * at once.
 */
export function offerUndo(
  done: string,
  undo: () => void,
  { about, onOver }: Offer = {},
): () => void {
  let isOffered = true
  const id = toasts.add({
    title: done,
    ...(about !== undefined && { description: about }),
    timeout: undoMs,
    onClose: () => {
      if (isOffered) onOver?.()
      isOffered = false
    },
    actionProps: {
      onClick: () => {
        if (!isOffered) return
        isOffered = false
        toasts.close(id)
        undo()
      },
    },
  })
  return () => toasts.close(id)
}

/** Says that something was done that needs no undo. */
export const say = (done: string): string => toasts.add({ title: done, timeout: 4_000 })
