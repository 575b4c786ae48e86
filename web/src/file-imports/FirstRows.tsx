import './first-rows.css'
import { useQuery } from '@tanstack/react-query'

import { usersQuery } from '../api/users.ts'
import { SettingsBox } from '../settings/SettingsBox.tsx'
import { fileImports } from '../texts/en/file-imports.ts'
import { date, time } from '../texts/format.ts'
import { zoneOf } from '../texts/zones.ts'
import type { PreviewedFile } from './choices.ts'
import { attributeName } from './ColumnMap.tsx'

const { first: words } = fileImports

interface FirstRowsProps {
  readonly file: PreviewedFile
  readonly columns: Readonly<Record<string, string | null>>
  readonly timeZone: string
}

type Row = PreviewedFile['rows'][number]

/** Of items: how many of their attributes. */
const shownMax = 10

const printJson = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value)

const times = ['visited_at', 'created_at', 'updated_at']

function printTime(at: string, zone: string): string {
  const timeZone = zoneOf(zone)
  return `${date(at, { timeZone })}, ${time(at, { timeZone })}`
}

/** How the value of an attribute will read; its cells where it is stored as it stands. */
function usePrint(props: FirstRowsProps): (row: Row, attribute: string) => string {
  const { file, columns, timeZone } = props
  const { data: users = [] } = useQuery(usersQuery)
  const joined = ({ cells }: Row, isOf: (column: PreviewedFile['columns'][number]) => boolean) =>
    file.columns
      .flatMap((column, at) => (isOf(column) ? (cells[at] ?? '') : []))
      .filter((cell) => cell !== '')
      .join(' ')
  const cellsOf = (row: Row, attribute: string): string =>
    joined(row, ({ header }) => columns[header] === attribute) ||
    joined(row, ({ header, fills }) => !columns[header] && fills === attribute)
  return (row, attribute) => {
    const value = row.item?.[attribute]
    if (file.format === 'items') return value === undefined ? '' : printJson(value)
    if (times.includes(attribute) && typeof value === 'string') return printTime(value, timeZone)
    const id =
      attribute === 'creator' || attribute === 'owner' ? row.item?.[`${attribute}_id`] : null
    const user = users.find((each) => each.id === id)
    return user?.name ?? cellsOf(row, attribute)
  }
}

/** The first rows as they would be stored; where one would be rejected, why. */
export function FirstRows(props: FirstRowsProps) {
  const { file, columns } = props
  const print = usePrint(props)
  const attributes =
    file.format === 'items'
      ? [...new Set(file.rows.flatMap(({ item }) => Object.keys(item ?? {})))].slice(0, shownMax)
      : [...new Set(file.columns.flatMap(({ header }) => columns[header] ?? []))]
  const problems = file.rows.filter(({ problem }) => problem !== null).length
  if (file.rows.length === 0) return <p className="muted">{words.empty}</p>
  return (
    <SettingsBox
      title={words.title}
      aside={
        <span className={problems > 0 ? 'problems small' : 'faint small'}>
          {words.help(file.rows.length, problems)}
        </span>
      }
      className="first-rows"
    >
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="scroller" tabIndex={0} role="region" aria-label={words.title}>
        <table>
          <thead>
            <tr>
              <th>{words.line}</th>
              {attributes.map((attribute) => (
                <th key={attribute}>{attributeName(attribute)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {file.rows.map((row) => (
              <RowOf key={row.line} row={row} attributes={attributes} print={print} />
            ))}
          </tbody>
        </table>
      </div>
    </SettingsBox>
  )
}

interface RowOfProps {
  readonly row: Row
  readonly attributes: readonly string[]
  readonly print: (row: Row, attribute: string) => string
}

const RowOf = ({ row, attributes, print }: RowOfProps) => (
  <>
    <tr data-rejected={row.problem ? true : undefined}>
      <td className="faint num" rowSpan={row.problem ? 2 : 1}>
        {row.line}
      </td>
      {attributes.map((attribute) => (
        <td key={attribute} data-wrong={row.problem?.attribute === attribute || undefined}>
          {print(row, attribute)}
        </td>
      ))}
    </tr>
    {row.problem && (
      <tr className="why">
        <td colSpan={Math.max(1, attributes.length)}>
          {[row.problem.column, row.problem.reason].filter(Boolean).join(': ')}
        </td>
      </tr>
    )}
  </>
)
