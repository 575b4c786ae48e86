import './why.css'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Crosshair, Eye, Hourglass, X } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'

import { appQuery } from '../api/queries.ts'
import { useHere } from '../offline/use-here.ts'
import { Button, buttonClass } from '../parts/Button.tsx'
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
  const kept = app ? words.keptTitle(app.location.days_kept) : words.keptFor
  return (
    <dl>
      <Reason icon={<Crosshair aria-hidden="true" />} title={words.onceTitle} text={words.once} />
      <Reason icon={<Eye aria-hidden="true" />} title={words.whoTitle} text={words.who} />
      <Reason icon={<Hourglass aria-hidden="true" />} title={kept} text={words.kept} />
    </dl>
  )
}

/** Says what a position is used for, and only then lets the browser ask. */
export function WhyScreen() {
  useTitle(words.name)
  const here = useHere()
  const navigate = useNavigate()
  const isAllowed = here.state === 'allowed'
  useEffect(() => {
    if (isAllowed) void navigate({ to: '/near', replace: true })
  }, [isAllowed, navigate])
  const isDenied = here.state === 'denied'
  return (
    <div className="why-screen no-tabs">
      <Link className="near-close" to="/near" aria-label={words.close}>
        <X aria-hidden="true" />
      </Link>
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
        <Button kind="primary" size="large" isWide disabled={here.isLooking} onClick={here.look}>
          {isDenied ? words.again : words.go}
        </Button>
        <Link className={buttonClass({ kind: 'ghost', size: 'large', isWide: true })} to="/near">
          {words.without}
        </Link>
      </div>
    </div>
  )
}
