import './skeleton.css'
import { texts } from '../texts/texts.ts'
import { classes } from './classes.ts'

interface SkeletonProps {
  readonly rows: number
  /** Whether a disc stands before each. */
  readonly hasDisc?: boolean | undefined
  /** Whether each has one line. */
  readonly isOneLine?: boolean | undefined
  /** Of the rows that come, in pixels: each ends with a line as theirs does. */
  readonly rowPx?: number | undefined
}

const widths = [72, 58, 66, 80, 62]

/** The shape of rows that are on their way; seen only after a moment. */
export const Skeleton = ({ rows, hasDisc = true, isOneLine = false, rowPx }: SkeletonProps) => (
  <div
    className={classes('skeleton', rowPx !== undefined && 'lined')}
    role="status"
    aria-label={texts.parts.loading}
  >
    {Array.from({ length: rows }, (_, row) => {
      const width = widths[row % widths.length] ?? 0
      return (
        <div key={row} className={classes('row', hasDisc && 'disc')} style={{ height: rowPx }}>
          {hasDisc && <i />}
          <span>
            <i style={{ width: `${width}%` }} />
            {!isOneLine && <i style={{ width: `${width - 22}%` }} />}
          </span>
          <i />
        </div>
      )
    })}
  </div>
)
