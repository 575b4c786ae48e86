import type { Page } from 'playwright-core'

/** Makes it `now` for the page, also where it asks the server for the time. */
export async function setClock(page: Page, now: Date): Promise<void> {
  await page.clock.setFixedTime(now)
  await page.route('**/healthz', (route) =>
    route.fulfill({ body: '{}', headers: { Date: now.toUTCString() } }),
  )
}
