import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** Whether the page's databases hold a text, such as what somebody has typed. */
const holds = (page: Page, text: string): Promise<boolean> =>
  page.evaluate(async (sought) => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result))
        request.addEventListener('error', () => reject(request.error))
      })
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name))
      const stores = [...database.objectStoreNames]
      const values = stores.map((store) =>
        done(database.transaction(store).objectStore(store).getAll()),
      )
      const text = JSON.stringify(await Promise.all(values))
      database.close()
      if (text.includes(sought)) return true
    }
    return false
  }, text)

/** Waits until the phone has stored what was typed. */
export async function untilStored(page: Page, text: string): Promise<void> {
  await expect.poll(() => holds(page, text)).toBe(true)
}
