import './why.css'
import { useQuery } from '@tanstack/react-query'
import { Crosshair, Eye, Hourglass, X } from 'lucide-react'
import type { ReactNode } from 'react'

import { appQuery } from '../api/app-info.ts'
import { useManager } from '../api/use-manager.ts'
import { Button } from '../parts/Button.tsx'
import { Message } from '../parts/Message.tsx'
import { useTitle } from '../parts/use-title.ts'
import { texts } from '../texts/texts.ts'
import { WhyArt } from './WhyArt.tsx'

const words = texts.near.why

interface ReasonProps {
  readonly icon: ReactNode
  readonly title: string
  readonly text: string
}

const Reason = ({ icon, title, text }: ReasonProps) => (
  <div>
    {icon}
    <dt>{title}</dt>
    <dd>{text}</dd>
  </div>
)

function Reasons() {
  const { data: app } = useQuery(appQuery)
  const who = words.whoTitle(useManager())
  const kept = app ? words.keptTitle(app.location.days_kept) : words.keptFor
  return (
    <dl>
      <Reason icon={<Crosshair aria-hidden="true" />} title={words.onceTitle} text={words.once} />
      <Reason icon={<Eye aria-hidden="true" />} title={who} text={words.who} />
      <Reason icon={<Hourglass aria-hidden="true" />} title={kept} text={words.kept} />
    </dl>
  )
}

interface WhyLocationProps {
  /** Lets the browser ask. */
  readonly onGo: () => void
  readonly onWithout: () => void
  readonly onClose: () => void
  /** How one goes on without it. */
  readonly without: string
  /** Whether the browser has refused it. */
  readonly isDenied?: boolean
  readonly isLooking?: boolean
}

/** Says what a position is used for before the browser asks. */
export function WhyLocation(props: WhyLocationProps) {
  const { onGo, onWithout, onClose, without, isDenied = false, isLooking = false } = props
  useTitle(words.name)
  return (
    <div className="why-screen no-tabs">
      <button type="button" className="near-close" aria-label={words.close} onClick={onClose}>
        <X aria-hidden="true" />
      </button>
      <WhyArt />
      <h1>{words.title}</h1>
      <Reasons />
      {isDenied && (
        <Message kind="warning">
          <b>{words.deniedTitle}</b>
          <p>{words.denied}</p>
        </Message>
      )}
      <div className="near-foot">
        <Button kind="primary" size="large" isWide disabled={isLooking} onClick={onGo}>
          {isDenied ? words.again : words.go}
        </Button>
        <Button kind="ghost" size="large" isWide onClick={onWithout}>
          {without}
        </Button>
      </div>
    </div>
  )
}
