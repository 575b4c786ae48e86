import { Popover } from '@base-ui/react/popover'
import { Columns3, GripVertical } from 'lucide-react'
import { type DragEvent, type KeyboardEvent, useState } from 'react'

import { Button, buttonClass } from '../parts/Button.tsx'
import { Checkbox } from '../parts/Checkbox.tsx'
import { texts } from '../texts/texts.ts'
import { type ColumnName, columnNames } from './column-names.ts'

const { columns, columnsMenu } = texts.visits

interface ColumnsMenuProps {
  readonly shown: readonly ColumnName[]
  /** undefined: the usual ones. */
  readonly onShown: (shown: readonly ColumnName[] | undefined) => void
}

function moved(shown: readonly ColumnName[], name: ColumnName, to: number): readonly ColumnName[] {
  const rest = shown.filter((each) => each !== name)
  return rest.toSpliced(Math.max(0, Math.min(rest.length, to)), 0, name)
}

function Shown({ shown, onShown }: ColumnsMenuProps) {
  const [dragged, setDragged] = useState<ColumnName>()
  const step = (event: KeyboardEvent, name: ColumnName) => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
    if (by === 0) return
    event.preventDefault()
    onShown(moved(shown, name, shown.indexOf(name) + by))
  }
  const over = (event: DragEvent, name: ColumnName) => {
    event.preventDefault()
    if (dragged && dragged !== name) onShown(moved(shown, dragged, shown.indexOf(name)))
  }
  return (
    <ul>
      {shown.map((name) => (
        <li key={name} className={dragged === name ? 'item dragged' : 'item'}>
          <label className="check-line">
            <Checkbox
              isChecked
              isDisabled={name === 'customer'}
              onChecked={() => onShown(shown.filter((each) => each !== name))}
            />
            {columns[name]}
          </label>
          <button
            type="button"
            className="grip"
            aria-label={columnsMenu.move(columns[name])}
            draggable
            onDragStart={() => setDragged(name)}
            onDragOver={(event) => over(event, name)}
            onDragEnd={() => setDragged(undefined)}
            onKeyDown={(event) => step(event, name)}
          >
            <GripVertical aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  )
}

/** Which columns are shown, and in which order. The customer's is the link, so it stays. */
export function ColumnsMenu({ shown, onShown }: ColumnsMenuProps) {
  const hidden = columnNames.filter((name) => !shown.includes(name))
  return (
    <Popover.Root>
      <Popover.Trigger className={buttonClass({ size: 'small' })}>
        <Columns3 aria-hidden="true" />
        {columnsMenu.name}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className="float" align="end" sideOffset={6}>
          <Popover.Popup className="menu columns-menu" aria-label={columnsMenu.name}>
            <p className="eyebrow">{columnsMenu.shown}</p>
            <Shown shown={shown} onShown={onShown} />
            {hidden.length > 0 && (
              <>
                <div className="rule" />
                <p className="eyebrow">{columnsMenu.notShown}</p>
              </>
            )}
            {hidden.map((name) => (
              <label key={name} className="item check-line">
                <Checkbox isChecked={false} onChecked={() => onShown([...shown, name])} />
                {columns[name]}
              </label>
            ))}
            <div className="rule" />
            <div className="foot">
              <span className="faint small">
                {columnsMenu.of(shown.length, columnNames.length)}
              </span>
              <Button kind="ghost" size="small" onClick={() => onShown(undefined)}>
                {columnsMenu.reset}
              </Button>
            </div>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
