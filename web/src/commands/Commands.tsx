import { useRouter } from '@tanstack/react-router'
import { lazy, Suspense, useSyncExternalStore } from 'react'

import { copy } from '../parts/copy.ts'
import { useKeys } from '../parts/use-keys.ts'
import { texts } from '../texts/texts.ts'
import { palette } from './palette.ts'
import { allScreens } from './screens.ts'

// Read when they are first asked for: no screen needs them.
const SearchDialog = lazy(async () => ({
  default: (await import('./SearchDialog.tsx')).SearchDialog,
}))
const KeysDialog = lazy(async () => ({ default: (await import('./KeysDialog.tsx')).KeysDialog }))

/** The keys that work everywhere, and what they open. */
export function Commands() {
  const router = useRouter()
  const shown = useSyncExternalStore(palette.subscribe, palette.shown)
  const screens = allScreens.map(
    ({ to, letter }) => [`g ${letter.toLowerCase()}`, () => void router.navigate({ to })] as const,
  )
  useKeys(
    {
      ...Object.fromEntries(screens),
      'mod+k': palette.search,
      '/': palette.search,
      '?': palette.keys,
      c: () => void copy(location.href, texts.visits.linkCopied),
      f: () => document.querySelector<HTMLElement>('.filter-bar button')?.focus(),
    },
    'everywhere',
  )
  return (
    <Suspense fallback={null}>
      {shown === 'search' && <SearchDialog />}
      {shown === 'keys' && <KeysDialog />}
    </Suspense>
  )
}
