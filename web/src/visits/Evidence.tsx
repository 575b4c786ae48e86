import type { Visit } from '@doorstep/contract/visits'

import { findingOf } from '../api/visits.ts'
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
  const finding = findingOf(visit)
  if (!finding) return null
  const { distance_m: distance, accuracy_m: sure, radius_m: radius, flags } = finding
  const facts = [
    [evidence.distance, distance === null ? evidence.unknown : metres(distance)],
    [evidence.radius, metres(radius)],
    [evidence.accuracy, sure === null ? evidence.unknown : accuracy(sure)],
    [evidence.fixAge, fixAge(visit) ?? evidence.unknown],
    [evidence.address, precisionName(finding.precision)],
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
