import type { MapTheme } from '@doorstep/contract/map-palette'
import { useSyncExternalStore } from 'react'

const prefersDark = matchMedia('(prefers-color-scheme: dark)')

/** The theme that the page has now: the one that the person fixed, or that of their system. */
export const useMapTheme = (): MapTheme => useSyncExternalStore(subscribe, presentTheme)

function presentTheme(): MapTheme {
  const { theme } = document.documentElement.dataset
  if (theme === 'light' || theme === 'dark') return theme
  return prefersDark.matches ? 'dark' : 'light'
}

function subscribe(listener: () => void): () => void {
  const observer = new MutationObserver(listener)
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  prefersDark.addEventListener('change', listener)
  return () => {
    observer.disconnect()
    prefersDark.removeEventListener('change', listener)
  }
}
