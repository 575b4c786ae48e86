import type { Import } from '@doorstep/contract/imports'
import { useQuery } from '@tanstack/react-query'
import { Download, Printer } from 'lucide-react'

import { verificationQuery } from '../api/import-verifications.ts'
import { useUserName } from '../api/users.ts'
import { outcomesQuery } from '../api/visit-outcomes.ts'
import { Button } from '../parts/Button.tsx'
import { Empty } from '../parts/Empty.tsx'
import { Failed } from '../parts/Failed.tsx'
import { saveFile } from '../parts/save-file.ts'
import { Skeleton } from '../parts/Skeleton.tsx'
import { SettingsBox } from '../settings/SettingsBox.tsx'
import { imports } from '../texts/en/imports.ts'
import { count, date, time } from '../texts/format.ts'
import { texts } from '../texts/texts.ts'
import { EqualMark } from './EqualMark.tsx'
import { SidesGrid } from './SidesGrid.tsx'
import { SubPageFrame } from './SubPageFrame.tsx'
import { fileOf, type Grouping, groupings, readSummary, type Summary } from './summary.ts'
import { resultOf } from './verification-result.ts'

const { summary: words, verification } = imports

interface SummaryProps {
  readonly summary: Summary
}

const moment = (at: string): string => `${date(at)}, ${time(at)}`

/** Who or what a row of counts stands for. */
function useGroupName(): (group: Grouping, name: string) => string {
  const userName = useUserName()
  const { data: outcomes = [] } = useQuery(outcomesQuery)
  const findings: ReadonlyMap<string, string> = new Map(Object.entries(texts.findingNames))
  return (group, name) => {
    if (group === 'creator') return userName(Number(name)) ?? name
    if (group === 'status') return findings.get(name) ?? name
    if (group === 'month') return name
    if (name === 'none') return words.noOutcome
    return outcomes.find(({ id }) => id === Number(name))?.name ?? name
  }
}

function Counts({ summary, group }: SummaryProps & { readonly group: Grouping }) {
  const nameOf = useGroupName()
  const title = verification.groups[group]
  return (
    <SettingsBox className="counts" title={title.charAt(0).toUpperCase() + title.slice(1)}>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.name}</th>
            <th scope="col">{verification.sides.sell}</th>
            <th scope="col">{verification.sides.here}</th>
            <th scope="col">
              <span className="unseen">{verification.comparison}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {summary.counts[group].map(({ name, sell, here }) => (
            <tr key={name}>
              <th scope="row" dir="auto" className="ellipsis">
                {nameOf(group, name)}
              </th>
              <td className="num">{count(sell)}</td>
              <td className="num">{count(here)}</td>
              <td>
                <EqualMark isEqual={sell === here} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </SettingsBox>
  )
}

/** What the signature covers beside the counts. */
function Proof({ summary }: SummaryProps) {
  const { beganAt, endedAt, checksums } = summary
  const lines = [
    [words.account, summary.account],
    [words.source, summary.sell],
    [words.period, `${moment(beganAt)} – ${moment(endedAt)}`],
    [words.requests, count(summary.requests)],
    [words.sample, count(summary.sampled)],
    [words.madeBy, summary.madeBy],
    [`${words.checksums}, ${verification.sides.sell}`, checksums.sell],
    [`${words.checksums}, ${verification.sides.here}`, checksums.here],
    [words.key, summary.publicKey],
    [words.signature, summary.signature],
  ] as const
  return (
    <SettingsBox className="proof" isPadded>
      <dl>
        {lines.map(([name, value]) => (
          <div key={name}>
            <dt className="muted">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="muted small">{words.check}</p>
    </SettingsBox>
  )
}

const Differences = ({ summary }: SummaryProps) => (
  <SettingsBox className="differences" title={words.differences} about={count(summary.differences)}>
    <ul>
      {summary.first.map(({ id, kind, fields }) => (
        <li key={id} className="num">
          {`${id}: ${words.kinds[kind]} ${fields.join(', ')}`}
        </li>
      ))}
    </ul>
  </SettingsBox>
)

const Everything = ({ sellImport, summary }: SummaryProps & { readonly sellImport: Import }) => (
  <div className="summary">
    <SettingsBox className="import-verification" isPadded>
      <div>
        <h2>{words.results[summary.result]}</h2>
        <p className="muted">
          {`${resultOf(summary, sellImport)} ${verification.changedHere(summary.changedHere)} ${verification.openConflicts(summary.openConflicts)}`}
        </p>
      </div>
      <SidesGrid summary={summary} />
    </SettingsBox>
    {summary.first.length > 0 && <Differences summary={summary} />}
    <div className="all-counts">
      {groupings.map((group) => (
        <Counts key={group} group={group} summary={summary} />
      ))}
    </div>
    <Proof summary={summary} />
  </div>
)

/** The signed summary, to be read, printed and kept as a file. */
export function SummaryView({ sellImport }: { readonly sellImport: Import }) {
  const { data, error, refetch } = useQuery(verificationQuery(sellImport.id))
  const summary = data && readSummary(data.summary)
  const actions = data && summary && (
    <>
      <Button size="small" onClick={() => print()}>
        <Printer aria-hidden="true" />
        {verification.print}
      </Button>
      <Button
        size="small"
        kind="primary"
        onClick={() =>
          saveFile(
            fileOf(summary),
            'application/json',
            `${JSON.stringify(data.summary, null, 2)}\n`,
          )
        }
      >
        <Download aria-hidden="true" />
        {verification.download}
      </Button>
    </>
  )
  return (
    <SubPageFrame title={words.title} help={summary ? fileOf(summary) : ''} actions={actions}>
      {!data && error && (
        <Failed title={words.failed} error={error} onRetry={() => void refetch()} />
      )}
      {!data && !error && <Skeleton rows={8} hasDisc={false} />}
      {data && !summary && <Empty title={words.none} help={words.noneHelp} />}
      {summary && <Everything sellImport={sellImport} summary={summary} />}
    </SubPageFrame>
  )
}
