import type { Visit } from '@doorstep/contract/visits'

import { Tag } from '../parts/Tag.tsx'
import { accuracy, metres } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import { fixAge, flagName } from './columns.tsx'

const { evidence } = texts.visit

interface EvidenceProps {
  readonly visit: Visit
}

const precisionName = (precision: string | null | undefined): string =>
  Object.entries(evidence.precisions).find(([name]) => name === precision)?.[1] ?? evidence.unknown

/** The numbers behind a verdict. */
export function Evidence({ visit }: EvidenceProps) {
  const { verification } = visit
  if (!verification) return null
  const { distance_m: distance, accuracy_m: sure, radius_m: radius, flags } = verification
  const facts = [
    [evidence.distance, distance === null ? evidence.unknown : metres(distance)],
    [evidence.radius, metres(radius)],
    [evidence.accuracy, sure === null ? evidence.unknown : accuracy(sure)],
    [evidence.fixAge, fixAge(visit) ?? evidence.unknown],
    [evidence.address, precisionName(verification.precision)],
    [evidence.flags, flags.length === 0 ? evidence.none : String(flags.length)],
  ] as const
  return (
    <>
      <dl className="evidence num">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {flags.length > 0 && (
        <p className="flags">
          {flags.map((flag) => (
            <Tag key={flag} kind="warning">
              {flagName(flag)}
            </Tag>
          ))}
        </p>
      )}
    </>
  )
}
