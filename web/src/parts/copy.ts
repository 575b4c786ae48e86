import { say } from './toasts.ts'

/** Copies a text and says so. */
export async function copy(text: string, done: string): Promise<void> {
  await navigator.clipboard.writeText(text)
  say(done)
}
