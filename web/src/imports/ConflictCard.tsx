import type { ImportConflict } from '@doorstep/contract/import-conflicts'
import type { Visit } from '@doorstep/contract/visits'
import { Link } from '@tanstack/react-router'

import { useUserName } from '../api/users.ts'
import { useOutcome } from '../api/visit-outcomes.ts'
import { Button } from '../parts/Button.tsx'
import { SettingsBox } from '../settings/SettingsBox.tsx'
import { imports } from '../texts/en/imports.ts'
import { printShortWhen } from '../texts/short-when.ts'
import { texts } from '../texts/texts.ts'
import { differencesOf, isDeletedInSell } from './conflict-sides.ts'
import { resolve } from './resolve.ts'

const { conflicts: words } = imports

interface ConflictCardProps {
  readonly conflict: ImportConflict
  /** undefined: it is deleted here. */
  readonly visit: Visit | undefined
}

const fieldNames: ReadonlyMap<string, string> = new Map(Object.entries(words.fields))
const findingNames: ReadonlyMap<string, string> = new Map(Object.entries(texts.findingNames))
const kinds: ReadonlyMap<unknown, string> = new Map(Object.entries(words.kinds))

/** A value as people read it: names in place of ids. */
function usePrint(): (field: string, value: unknown) => string {
  const outcome = useOutcome()
  const userName = useUserName()
  return (field, value) => {
    if (value === undefined) return words.deleted
    if (field === 'outcome_id') return outcome(typeof value === 'number' ? value : null).name
    if (value === null || value === '') return words.nothing
    const text = String(value)
    if (field === 'creator_id') return userName(Number(value)) ?? text
    if (field === 'visited_at') return printShortWhen(text)
    if (field === 'resource_type') return kinds.get(value) ?? text
    return findingNames.get(text) ?? text
  }
}

function Differences({ conflict, visit }: ConflictCardProps) {
  const print = usePrint()
  const differences = differencesOf(conflict, visit)
  if (differences.length === 0) {
    return (
      <p className="muted padded">
        {isDeletedInSell(conflict) ? words.sellDeleted : words.hereDeleted}
      </p>
    )
  }
  return (
    <table className="conflict-sides">
      <thead>
        <tr>
          <th scope="col">{words.field}</th>
          <th scope="col">{words.here}</th>
          <th scope="col">{words.sell}</th>
        </tr>
      </thead>
      <tbody>
        {differences.map(({ field, here, sell }) => (
          <tr key={field}>
            <th scope="row">{fieldNames.get(field) ?? field}</th>
            <td>{print(field, here)}</td>
            <td>{print(field, sell)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** A visit that was changed on both sides, and the decision between them. */
export function ConflictCard({ conflict, visit }: ConflictCardProps) {
  const name = visit?.resource?.name ?? words.visit(conflict.visit_id)
  return (
    <SettingsBox className="conflict">
      <header>
        <h3>
          {visit ? (
            <Link className="link" to="/visits/$id" params={{ id: String(visit.id) }}>
              {name}
            </Link>
          ) : (
            name
          )}
        </h3>
        <span className="faint small num">
          {visit &&
            [visit.creator?.name, printShortWhen(visit.visited_at)].filter(Boolean).join(', ')}
        </span>
        <span className="spread" />
        <Button
          size="small"
          aria-label={`${words.keep}: ${name}`}
          onClick={() => resolve([conflict], 'kept_ours')}
        >
          {words.keep}
        </Button>
        <Button
          size="small"
          aria-label={`${words.take}: ${name}`}
          onClick={() => resolve([conflict], 'took_theirs')}
        >
          {words.take}
        </Button>
      </header>
      <Differences conflict={conflict} visit={visit} />
    </SettingsBox>
  )
}
