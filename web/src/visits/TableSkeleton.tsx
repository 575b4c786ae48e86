import '../parts/skeleton.css'
import './visit-table.css'
import { classes } from '../parts/classes.ts'
import { texts } from '../texts/texts.ts'

interface TableSkeletonProps {
  /** Of the table that is on its way. */
  readonly className?: string
  readonly tracks: string
  readonly columns: readonly { readonly name: string; readonly isRight?: boolean | undefined }[]
  /** Whether rows stand under days and have a checkbox. */
  readonly hasDays?: boolean
}

const rows = 24
const widths = [72, 58, 86, 66, 80, 62, 74]

/** The shape of a table whose rows are on their way; seen only after a moment. */
export const TableSkeleton = ({ className, tracks, columns, hasDays }: TableSkeletonProps) => (
  <div
    className={classes('visit-table skeleton table', className)}
    role="status"
    aria-label={texts.parts.loading}
  >
    <div className="head" aria-hidden="true">
      <div className="line" style={{ gridTemplateColumns: tracks }}>
        {hasDays && <span className="check" />}
        {columns.map(({ name, isRight }) => (
          <span key={name} className={classes('cell', isRight && 'right')}>
            {name}
          </span>
        ))}
      </div>
    </div>
    {hasDays && (
      <div className="day">
        <i style={{ width: 108 }} />
      </div>
    )}
    {Array.from({ length: rows }, (_, row) => (
      <div key={row} className="line" style={{ gridTemplateColumns: tracks }}>
        {hasDays && <span className="check" />}
        {columns.map(({ name, isRight }, at) => (
          <i
            key={name}
            className={isRight ? 'right' : undefined}
            style={{ width: `${widths[(row * 3 + at) % widths.length] ?? 0}%` }}
          />
        ))}
      </div>
    ))}
  </div>
)
