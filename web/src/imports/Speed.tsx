import type { Import } from '@doorstep/contract/imports'
import { Link } from '@tanstack/react-router'
import { scaleLinear } from 'd3-scale'
import { area, line } from 'd3-shape'
import type { ReactNode } from 'react'

import { SettingsBox } from '../settings/SettingsBox.tsx'
import { imports } from '../texts/en/imports.ts'
import { count, rate } from '../texts/format.ts'
import { type Sample, ratesOf } from './pace.ts'
import { openGaps } from './phases.ts'

const { speed } = imports

interface SpeedProps {
  readonly sellImport: Import
  readonly samples: readonly Sample[]
}

const width = 290
const height = 52

function Chart({ rates }: { readonly rates: readonly number[] }) {
  const x = scaleLinear([Math.min(0, rates.length - 30), Math.max(1, rates.length - 1)], [0, width])
  const y = scaleLinear([0, Math.max(1, ...rates)], [height, 6])
  const path = line<number>((_, index) => x(index), y)(rates) ?? ''
  const under = area<number>((_, index) => x(index), height, y)(rates) ?? ''
  const last = rates.at(-1)
  return (
    <svg className="pace" viewBox={`0 0 ${width} 56`} aria-hidden="true">
      <path className="ground" d={`M0 ${height}H${width}`} />
      {rates.length > 1 && <path className="under" d={under} />}
      {rates.length > 1 && <path className="line" d={path} />}
      {last !== undefined && rates.length > 1 && (
        <circle cx={x(rates.length - 1)} cy={y(last)} r="3" />
      )}
    </svg>
  )
}

export const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt className="muted">{name}</dt>
    <dd className="num">{children}</dd>
  </div>
)

/** How many need a look, each a way to them. */
function Doubts({ sellImport }: Pick<SpeedProps, 'sellImport'>) {
  const doubts = [
    { show: 'gaps', name: speed.gaps, value: openGaps(sellImport).length },
    { show: 'rejected', name: speed.rejected, value: sellImport.rejected_count },
    { show: 'conflicts', name: speed.conflicts, value: sellImport.open_conflicts },
  ] as const
  return (
    <dl className="import-facts">
      {doubts.map(({ show, name, value }) => (
        <Fact key={show} name={name}>
          {value === 0 ? (
            count(0)
          ) : (
            <Link className="link" to="/import" search={(before) => ({ ...before, show })}>
              {count(value)}
            </Link>
          )}
        </Fact>
      ))}
    </dl>
  )
}

/** How fast a running import is. */
export const Speed = ({ sellImport, samples }: SpeedProps) => (
  <SettingsBox
    className="speed"
    title={speed.title}
    aside={<span className="faint small">{speed.about}</span>}
  >
    <div className="inside">
      <Chart rates={ratesOf(samples)} />
      <dl className="import-facts">
        <Fact name={speed.visits}>{count(sellImport.visits_per_second)}</Fact>
        <Fact name={speed.requests}>{rate(sellImport.requests_per_second)}</Fact>
        <Fact name={speed.repeated}>{count(sellImport.repeated)}</Fact>
        <Fact name={speed.waits}>
          {speed.waited(sellImport.waits.count, sellImport.waits.seconds)}
        </Fact>
      </dl>
      <Doubts sellImport={sellImport} />
    </div>
  </SettingsBox>
)

/** What an import that does not run has come to. */
export const Result = ({ sellImport }: Pick<SpeedProps, 'sellImport'>) => (
  <SettingsBox className="speed" title={speed.result}>
    <div className="inside">
      <dl className="import-facts">
        <Fact name={speed.created}>{count(sellImport.counts.created)}</Fact>
        <Fact name={speed.updated}>{count(sellImport.counts.updated)}</Fact>
        <Fact name={speed.unchanged}>{count(sellImport.counts.unchanged)}</Fact>
        <Fact name={speed.waits}>
          {speed.waited(sellImport.waits.count, sellImport.waits.seconds)}
        </Fact>
      </dl>
      <Doubts sellImport={sellImport} />
    </div>
  </SettingsBox>
)
