import { expect } from 'vitest'

/** Waits until something is so, however slow the machine is: only what hangs fails. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  await expect.poll(condition, { interval: 20 }).toBe(true)
}
