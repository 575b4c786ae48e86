import { Toast } from '@base-ui/react/toast'

const undoMs = 8_000

export const toasts = Toast.createToastManager()

/** Says what was done and how to take it back, in place of asking before. */
export function offerUndo(done: string, undo: () => void): void {
  const id = toasts.add({
    title: done,
    timeout: undoMs,
    actionProps: {
      onClick: () => {
        toasts.close(id)
        undo()
      },
    },
  })
}

/** Says that something was done that needs no undo. */
export const say = (done: string): string => toasts.add({ title: done, timeout: 4_000 })
