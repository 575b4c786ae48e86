import { type RefObject, useEffect, useRef } from 'react'

/**
 * What a key does, by its `key` in lower case: `x`, `shift+x` with Shift, `mod+k` with ⌘ or Ctrl, and
 * `g m` for one after the other.
 */
export type Keys = Readonly<Record<string, (event: KeyboardEvent) => void>>

/** A screen's own keys come before those that work everywhere. */
const levels = ['screen', 'everywhere'] as const
type Level = (typeof levels)[number]

const registered: Readonly<Record<Level, Set<RefObject<Keys>>>> = {
  screen: new Set(),
  everywhere: new Set(),
}

const typing = 'input, textarea, select, [contenteditable], [role="menu"], [role="listbox"]'
const dialog = '[role="dialog"], [role="alertdialog"]'
/** How long the second key of two may take. */
const secondMs = 1_500

let first: { readonly key: string; readonly untilMs: number } | undefined

const all = (): readonly Keys[] =>
  levels.flatMap((level) => [...registered[level]].map(({ current }) => current))

const find = (name: string) => all().find((keys) => keys[name])?.[name]

/** Whether a key does something now, by the name that it has in `Keys`. */
export const doesWork = (name: string): boolean => find(name) !== undefined

/** Whether it is a link or button, but not one of a row that keys move to. */
export const isControl = (element: Element): boolean =>
  element.closest('a, button') !== null && element.closest('[role="rowgroup"].body') === null

/** Enter on a link or button is that one's own, until a key has moved along the list. */
function isPress({ key, target }: KeyboardEvent): boolean {
  return key === 'Enter' && target instanceof Element && isControl(target)
}

const moves = new Set(['j', 'k', 'arrowdown', 'arrowup'])

function leaveControl({ target }: KeyboardEvent): void {
  if (target instanceof HTMLElement && isControl(target)) target.blur()
}

/** undefined: it is none of ours, since somebody types or chooses, or the browser has a use for it. */
function nameOf(event: KeyboardEvent): string | undefined {
  const key = event.key.toLowerCase()
  if (event.ctrlKey || event.metaKey) return `mod+${key}`
  const { target } = event
  if (isPress(event)) return undefined
  if (target instanceof Element && (target.closest(typing) || target.closest(dialog))) {
    return undefined
  }
  return event.shiftKey && /^[a-z]$/.test(key) ? `shift+${key}` : key
}

function run(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.altKey) return
  const name = nameOf(event)
  if (name === undefined) return
  const before = first && event.timeStamp < first.untilMs ? first : undefined
  if (!event.repeat) first = undefined
  const action = find(before ? `${before.key} ${name}` : name)
  if (action) {
    event.preventDefault()
    // A key that is held down decides once; it moves for as long as it is held.
    if (event.repeat && !moves.has(name)) return
    if (moves.has(name)) leaveControl(event)
    action(event)
  } else if (!before && all().some((keys) => Object.keys(keys).some(beginsWith(name)))) {
    first = { key: name, untilMs: event.timeStamp + secondMs }
  }
}

const beginsWith = (name: string) => (keys: string) => keys.startsWith(`${name} `)

document.addEventListener('keydown', run)

/** Runs keys, but not while somebody types or chooses; in a dialog only those with ⌘ or Ctrl. */
export function useKeys(keys: Keys, level: Level = 'screen'): void {
  const latest = useRef(keys)
  useEffect(() => {
    latest.current = keys
  })
  useEffect(() => {
    registered[level].add(latest)
    return () => void registered[level].delete(latest)
  }, [level])
}
