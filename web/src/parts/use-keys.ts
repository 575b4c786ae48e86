import { useEffect, useRef } from 'react'

/** What a key does, by its `key` in lower case; `shift+x` with Shift. */
export type Keys = Readonly<Record<string, (event: KeyboardEvent) => void>>

const typing = 'input, textarea, select, [contenteditable], [role="menu"], [role="listbox"]'

function isTyping({ target }: KeyboardEvent): boolean {
  return target instanceof Element && target.closest(typing) !== null
}

/** Runs a screen's keys, but not while somebody types or chooses, and not with Ctrl, Alt or ⌘. */
export function useKeys(keys: Keys): void {
  const latest = useRef(keys)
  useEffect(() => {
    latest.current = keys
  })
  useEffect(() => {
    const run = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if (isTyping(event)) return
      const key = event.key.toLowerCase()
      const action = latest.current[event.shiftKey && /^[a-z]$/.test(key) ? `shift+${key}` : key]
      if (!action) return
      event.preventDefault()
      action(event)
    }
    document.addEventListener('keydown', run)
    return () => document.removeEventListener('keydown', run)
  }, [])
}
