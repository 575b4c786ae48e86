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

let away: ReturnType<typeof setTimeout> | undefined

/** Offers of an undo rest while nobody looks: what they hold back must not wait for ever. */
function leaveAfter(ms: number): void {
  clearTimeout(away)
  away = setTimeout(leave, ms)
}

// A phone may stop a page that nobody sees without a word; a desk only much later.
const isPhone = matchMedia('(pointer: coarse)').matches

document.addEventListener('visibilitychange', () => {
  clearTimeout(away)
  if (document.visibilityState !== 'hidden') return
  if (isPhone) leave()
  else leaveAfter(undoMs)
})
window.addEventListener('blur', () => leaveAfter(undoMs))
window.addEventListener('focus', () => clearTimeout(away))
