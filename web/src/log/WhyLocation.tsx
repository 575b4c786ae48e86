import { useQuery } from '@tanstack/react-query'
import { Crosshair, Eye, Hourglass, X } from 'lucide-react'

import { appQuery } from '../api/queries.ts'
import { useTitle } from '../parts/use-title.ts'
import { texts } from '../texts/texts.ts'
import { MiniMap } from '../visits/MiniMap.tsx'
import { useManager } from './use-manager.ts'

const { log, screens } = texts
const icons = [Crosshair, Eye, Hourglass] as const

interface WhyLocationProps {
  readonly onGo: () => void
  readonly onWithout: () => void
  readonly onClose: () => void
}

const door = { latitude: 38.7, longitude: -9.1 }

/** Says what the location is for before the browser asks. */
export function WhyLocation({ onGo, onWithout, onClose }: WhyLocationProps) {
  useTitle(screens.log)
  const { data: app } = useQuery(appQuery)
  const manager = useManager()
  return (
    <div className="why-location">
      <div className="phone-page">
        <button type="button" className="plain-button" aria-label={log.close} onClick={onClose}>
          <X aria-hidden="true" />
        </button>
        <div className="picture" aria-hidden="true">
          <MiniMap
            point={door}
            phone={{ latitude: door.latitude - 0.0004, longitude: door.longitude + 0.0008 }}
            radiusM={150}
            distanceM={null}
            accuracyM={42}
            color="var(--primary)"
            status="verified"
            height={164}
          />
        </div>
        <h1>{log.why.title}</h1>
        <dl className="facts">
          {log.why.facts(manager, app?.location.days_kept).map(({ name, text }, at) => {
            const Icon = icons[at] ?? Crosshair
            return (
              <div key={name}>
                <Icon aria-hidden="true" />
                <dt>{name}</dt>
                <dd>{text}</dd>
              </div>
            )
          })}
        </dl>
      </div>
      <div className="phone-foot">
        <button type="button" className="save" onClick={onGo}>
          {log.why.go}
        </button>
        <button type="button" className="plain-button wide" onClick={onWithout}>
          {log.why.without}
        </button>
      </div>
    </div>
  )
}
