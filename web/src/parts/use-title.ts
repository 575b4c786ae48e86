import { useEffect } from 'react'

import { texts } from '../texts/texts.ts'

/** Names the browser's tab. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · ${texts.shells.name}`
    return () => {
      document.title = texts.shells.name
    }
  }, [title])
}
