import { useEffect, useState } from 'react'

const key = 'location'

/** Whether somebody has read on this device what the location is for, and goes on with or without it. */
export type Consent = 'asked' | 'unasked' | 'declined'

export function keepConsent(consent: 'asked' | 'declined'): void {
  try {
    localStorage.setItem(key, consent)
  } catch {
    // NOTE: a browser that stores nothing says it each time.
  }
}

function readConsent(): Consent {
  try {
    const kept = localStorage.getItem(key)
    return kept === 'asked' || kept === 'declined' ? kept : 'unasked'
  } catch {
    return 'unasked'
  }
}

/** What the browser itself allows; undefined while it is being asked, or if it does not say. */
async function isAllowed(): Promise<boolean | undefined> {
  try {
    const { state } = await navigator.permissions.query({ name: 'geolocation' })
    return state === 'prompt' ? undefined : state === 'granted'
  } catch {
    return undefined
  }
}

/** Whether to explain first; undefined while that is not known. */
export function useConsent() {
  const [consent, setConsent] = useState<Consent>()
  useEffect(() => {
    let isOver = false
    const kept = readConsent()
    void isAllowed().then((allowed) => {
      if (isOver) return
      // What was decided in the browser before needs no other question.
      setConsent(kept === 'unasked' && allowed !== undefined ? 'asked' : kept)
    })
    return () => {
      isOver = true
    }
  }, [])
  return {
    consent,
    decide(next: 'asked' | 'declined') {
      keepConsent(next)
      setConsent(next)
    },
    explain: () => setConsent('unasked'),
  }
}
