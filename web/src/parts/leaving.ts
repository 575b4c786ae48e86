import { undoMs } from './toasts.ts'

let isNow = false
const listeners = new Set<() => void>()

/** Runs as long as the page can still send something: before it goes away, or may be thrown away. */
export const leaving = {
  add: (listener: () => void): void => void listeners.add(listener),
  isNow: (): boolean => isNow,
}

function leave(): void {
  isNow = true
  for (const listener of listeners) listener()
  isNow = false
}

window.addEventListener('pagehide', leave)
document.addEventListener('freeze', leave)

// A phone may stop a page that nobody sees without a word; a desk only much later.
const graceMs = matchMedia('(pointer: coarse)').matches ? 0 : undoMs
let unseen: ReturnType<typeof setTimeout> | undefined

document.addEventListener('visibilitychange', () => {
  clearTimeout(unseen)
  if (document.visibilityState !== 'hidden') return
  if (graceMs === 0) leave()
  else unseen = setTimeout(leave, graceMs)
})
