import { texts } from '../texts/texts.ts'
import { say } from './toasts.ts'

/** Copies a text and says so, or that it has to be done by hand. */
export async function copy(text: string, done: string): Promise<void> {
  say((await isCopied(text)) ? done : texts.parts.notCopied)
}

async function isCopied(text: string): Promise<boolean> {
  // Without HTTPS, as on a first run in a local network, browsers have no clipboard.
  if (!('clipboard' in navigator)) return isCopiedFromField(text)
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return isCopiedFromField(text)
  }
}

/** Copies from a field that is there for a moment, inside the dialog that keeps the focus. */
function isCopiedFromField(text: string): boolean {
  const focused = document.activeElement
  const field = document.createElement('textarea')
  field.className = 'unseen'
  field.readOnly = true
  field.value = text
  const around = focused?.closest('[role="dialog"]') ?? document.body
  around.append(field)
  field.select()
  // NOTE: deprecated, and the only way that pages without HTTPS have.
  const isDone = document.execCommand('copy')
  field.remove()
  if (focused instanceof HTMLElement) focused.focus()
  return isDone
}
