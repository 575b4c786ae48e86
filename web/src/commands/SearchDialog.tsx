import '../parts/dialog.css'
import '../parts/menu.css'
import './commands.css'
import { Autocomplete } from '@base-ui/react/autocomplete'
import { Dialog } from '@base-ui/react/dialog'
import { Search } from 'lucide-react'
import { useCallback, useRef, useState } from 'react'

import { Kbd } from '../parts/Kbd.tsx'
import { texts } from '../texts/texts.ts'
import { marked } from './marks.ts'
import { palette } from './palette.ts'
import { type Command, type CommandGroup, useCommands } from './use-commands.ts'
import { useFound } from './use-found.ts'

const { commands } = texts

const Marked = ({ text, typed }: { readonly text: string; readonly typed: string }) =>
  marked(text, typed).map((part, at) =>
    // oxlint-disable-next-line react/no-array-index-key
    part.isMatch ? <b key={at}>{part.text}</b> : part.text,
  )

interface LineProps {
  readonly command: Command
  readonly typed: string
  readonly onRun: (command: Command) => void
}

/** By what it was found: a word in what is shown, or else what the server searches besides. */
function Line({ command, typed, onRun }: LineProps) {
  const { label, detail, hint, isElsewhere, Icon } = command
  return (
    <Autocomplete.Item className="item" value={command} onClick={() => onRun(command)}>
      <Icon aria-hidden="true" />
      <span dir="auto" className="ellipsis">
        <Marked text={label} typed={typed} />
      </span>
      {detail && (
        <span dir="auto" className="detail faint ellipsis">
          <Marked text={detail} typed={typed} />
        </span>
      )}
      {isElsewhere && <small className="faint">{commands.elsewhere}</small>}
      {hint !== undefined && <Kbd>{hint}</Kbd>}
    </Autocomplete.Item>
  )
}

const Hints = () => (
  <footer className="faint small" aria-hidden="true">
    <span>
      <Kbd>{'↑'}</Kbd>
      <Kbd>{'↓'}</Kbd>
      {commands.hints.choose}
    </span>
    <span>
      <Kbd>{'Enter'}</Kbd>
      {commands.hints.open}
    </span>
    <span>
      <Kbd>{'Esc'}</Kbd>
      {commands.hints.close}
    </span>
  </footer>
)

/** Finds customers and people, screens and what can be done, by typing. */
export function SearchDialog() {
  const [typed, setTyped] = useState('')
  const { found, isFailed } = useFound(typed)
  const groups = useCommands(typed, found)
  const input = useRef<HTMLInputElement>(null)
  // The dialog focuses it a frame later, and what is typed until then would be lost.
  const focusAtOnce = useCallback((element: HTMLInputElement | null) => {
    input.current = element
    element?.focus()
  }, [])
  const run = (command: Command) => {
    palette.close()
    command.run()
  }
  return (
    <Dialog.Root open onOpenChange={(open) => !open && palette.close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="veil" />
        <Dialog.Popup className="dialog commands" initialFocus={input} aria-label={commands.title}>
          <Autocomplete.Root
            open
            inline
            mode="none"
            items={groups}
            value={typed}
            onValueChange={(value, { reason }) => reason !== 'item-press' && setTyped(value)}
            itemToStringValue={({ label }: Command) => label}
            autoHighlight="always"
            keepHighlight
          >
            <div className="what">
              <Search aria-hidden="true" />
              <Autocomplete.Input
                ref={focusAtOnce}
                aria-label={commands.title}
                placeholder={commands.placeholder}
              />
            </div>
            <Autocomplete.Empty className="none muted">
              {groups.length === 0 && commands.none(typed.trim())}
            </Autocomplete.Empty>
            <Autocomplete.List className="found menu">
              {(group: CommandGroup) => (
                <Autocomplete.Group key={group.value} items={group.items}>
                  <Autocomplete.GroupLabel className="eyebrow">
                    {group.value}
                  </Autocomplete.GroupLabel>
                  <Autocomplete.Collection>
                    {(command: Command) => (
                      <Line key={command.id} command={command} typed={typed} onRun={run} />
                    )}
                  </Autocomplete.Collection>
                </Autocomplete.Group>
              )}
            </Autocomplete.List>
            {isFailed && (
              <p className="none muted" role="alert">
                {commands.failed}
              </p>
            )}
            <Hints />
          </Autocomplete.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
