import { useSyncExternalStore } from 'react'

// A narrow window, or a small screen that is touched, lying on its side.
const narrow = matchMedia('(max-width: 767px), (max-height: 500px) and (pointer: coarse)')

export const isPhone = (): boolean => narrow.matches

function subscribe(listener: () => void): () => void {
  narrow.addEventListener('change', listener)
  return () => narrow.removeEventListener('change', listener)
}

/** Whether the phone's shell is shown; follows the window's width. */
export const useIsPhone = (): boolean => useSyncExternalStore(subscribe, isPhone)
