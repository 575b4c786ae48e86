import { useNavigate } from '@tanstack/react-router'
import { useCallback, useEffect } from 'react'

import { useHere } from '../offline/use-here.ts'
import { texts } from '../texts/texts.ts'
import { keepConsent } from './consent.ts'
import { WhyLocation } from './WhyLocation.tsx'

/** For whoever wants the nearest customers first. */
export function WhyScreen() {
  const here = useHere()
  const navigate = useNavigate()
  const close = useCallback(() => void navigate({ to: '/near', replace: true }), [navigate])
  const isAllowed = here.state === 'allowed'
  useEffect(() => {
    if (isAllowed) close()
  }, [isAllowed, close])
  const go = () => {
    // Whoever logs a visit next has read this.
    keepConsent('asked')
    here.look()
  }
  return (
    <WhyLocation
      onGo={go}
      onWithout={close}
      onClose={close}
      without={texts.near.why.without}
      isDenied={here.state === 'denied'}
      isLooking={here.isLooking}
    />
  )
}
