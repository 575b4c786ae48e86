import { imports } from '../texts/en/imports.ts'
import { count } from '../texts/format.ts'
import { EqualMark } from './EqualMark.tsx'
import { groupings, type Summary } from './summary.ts'

const { verification } = imports

const short = (checksum: string): string => `${checksum.slice(0, 4)}…${checksum.slice(-4)}`

/** What is compared, a column each, with both sides. */
function columnsOf({ visits, counts, checksums }: Summary) {
  const grouped = groupings.map((group) => {
    const rows = counts[group]
    const print = verification.groupCount[group]
    return {
      name: verification.groups[group],
      sell: print(rows.filter(({ sell }) => sell > 0).length),
      here: print(rows.filter(({ here }) => here > 0).length),
      isEqual: rows.every(({ sell, here }) => sell === here),
    }
  })
  return [
    {
      name: verification.visits,
      sell: count(visits.sell),
      here: count(visits.here),
      isEqual: visits.sell === visits.here,
    },
    ...grouped,
    {
      name: verification.checksum,
      sell: short(checksums.sell),
      here: short(checksums.here),
      isEqual: checksums.sell === checksums.here,
    },
  ]
}

/** Both sides of every count, and whether they are equal. */
export function SidesGrid({ summary }: { readonly summary: Summary }) {
  const columns = columnsOf(summary)
  const sides = ['sell', 'here'] as const
  return (
    <table className="sides">
      <thead>
        <tr>
          <th scope="col">
            <span className="unseen">{verification.side}</span>
          </th>
          {columns.map(({ name }) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {sides.map((side) => (
          <tr key={side}>
            <th scope="row">{verification.sides[side]}</th>
            {columns.map((column) => (
              <td key={column.name} className="num">
                {column[side]}
              </td>
            ))}
          </tr>
        ))}
        <tr>
          <th scope="row">
            <span className="unseen">{verification.comparison}</span>
          </th>
          {columns.map(({ name, isEqual }) => (
            <td key={name}>
              <EqualMark isEqual={isEqual} />
            </td>
          ))}
        </tr>
      </tbody>
    </table>
  )
}
