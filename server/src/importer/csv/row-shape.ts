/** What the rows of a file have in common, to distinguish a row from a line of a cell. */
export interface RowShape {
  /** The number of columns. */
  readonly width: number
  learn(cells: readonly string[]): void
  /** Whether the cells could be a row. `before`: cells of the row in which they would lie. */
  fits(cells: readonly string[], before: readonly string[]): boolean
}

const plain = /^[\d.,:/+\-TZ _APMapm]*\d[\d.,:/+\-TZ _APMapm]*$/
const email = /^[^\s@]+@[^\s@]+$/

type Kind = 'number' | 'email' | 'text'

function kindOf(cell: string): Kind {
  const text = cell.trim()
  if (plain.test(text)) return 'number'
  return email.test(text) ? 'email' : 'text'
}

export function shapeOf(header: readonly string[]): RowShape {
  const width = header.length
  /** Of each column, the one kind that its cells have had; `text` where they differ. */
  const kinds: (Kind | undefined)[] = []
  const merge = (known: Kind | undefined, cell: string): Kind | undefined => {
    if (cell.trim() === '') return known
    const kind = kindOf(cell)
    return known === undefined || known === kind ? kind : 'text'
  }
  return {
    width,
    learn: (cells) => {
      for (const [at, cell] of cells.entries()) kinds[at] = merge(kinds[at], cell)
    },
    fits: (cells, before) => {
      if (cells.length !== width || width < 2) return false
      let alike = 0
      for (const [at, cell] of cells.entries()) {
        const present = before[at]
        const kind = present === undefined ? kinds[at] : merge(kinds[at], present)
        if (kind === undefined || kind === 'text' || cell.trim() === '') continue
        if (kindOf(cell) !== kind) return false
        alike++
      }
      // Where no column separates rows from text, their number of cells must.
      const isTold = kinds.some((kind) => kind === 'number' || kind === 'email')
      return alike > 0 || (!isTold && before.every((cell) => kindOf(cell) === 'text'))
    },
  }
}
