import '../parts/menu.css'
import './checklist.css'
import { Popover } from '@base-ui/react/popover'
import { Link } from '@tanstack/react-router'
import { Check } from 'lucide-react'
import { lazy, Suspense } from 'react'

import { Button } from '../parts/Button.tsx'
import { texts } from '../texts/texts.ts'
import { endChecklist, type StepName, stepNames, useSteps } from './use-steps.ts'

const { checklist } = texts

const PhoneCode = lazy(async () => ({ default: (await import('./PhoneCode.tsx')).PhoneCode }))

const places = {
  outcomes: '/settings',
  people: '/setup/people',
  visits: '/import',
  addresses: '/addresses',
} as const

interface StepProps {
  readonly name: StepName
  readonly isDone: boolean
  readonly help: string
}

const Step = ({ name, isDone, help }: StepProps) => (
  <li data-is-done={isDone}>
    <i>{isDone && <Check aria-hidden="true" />}</i>
    <div>
      {name === 'phone' || isDone ? (
        <b>{checklist.steps[name]}</b>
      ) : (
        <Popover.Close nativeButton={false} render={<Link className="link" to={places[name]} />}>
          {checklist.steps[name]}
        </Popover.Close>
      )}
      {isDone && <span className="unseen">{checklist.isDone}</span>}
      {!isDone && <p className="muted small">{help}</p>}
      {name === 'phone' && !isDone && (
        <Suspense fallback={null}>
          <PhoneCode />
        </Suspense>
      )}
    </div>
  </li>
)

interface RingProps {
  readonly share: number
}

/** How much is done, as a ring. */
const Ring = ({ share }: RingProps) => (
  <svg viewBox="0 0 20 20" className="ring" aria-hidden="true">
    <circle cx="10" cy="10" r="8" pathLength="1" />
    <circle cx="10" cy="10" r="8" pathLength="1" strokeDasharray={`${share} 1`} />
  </svg>
)

/** In the rail: what is left to do on a new server, until it is done or hidden. */
export function Checklist() {
  const steps = useSteps()
  if (!steps) return null
  const done = stepNames.length - steps.left.length
  return (
    <Popover.Root>
      <Popover.Trigger className="entry">
        <Ring share={done / stepNames.length} />
        <span className="num">{checklist.progress(done, stepNames.length)}</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className="float" side="right" align="end" sideOffset={8}>
          <Popover.Popup className="menu checklist">
            <Popover.Title className="title">{checklist.title}</Popover.Title>
            <ol>
              {stepNames.map((name) => (
                <Step
                  key={name}
                  name={name}
                  isDone={steps.done[name]}
                  help={
                    name === 'addresses' && steps.unplaced > 0
                      ? checklist.unplaced(steps.unplaced)
                      : checklist.help[name]
                  }
                />
              ))}
            </ol>
            <Button kind="ghost" size="small" onClick={endChecklist}>
              {checklist.hide}
            </Button>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
