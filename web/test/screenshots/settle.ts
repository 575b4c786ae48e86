import type { Page } from 'playwright-core'

const pauseMs = 400
const triesMax = 30

/** The picture of a page at which nothing changes any more: fonts, rows and map tiles are there. */
export async function pictureOf(page: Page, isMoving = false): Promise<Buffer> {
  await page.locator('#app h1:visible, #app h2:visible').first().waitFor()
  await page.evaluate(() => document.fonts.ready)
  let last = await page.screenshot()
  for (let tries = 0; tries < (isMoving ? 2 : triesMax); tries += 1) {
    await page.waitForTimeout(pauseMs)
    const next = await page.screenshot()
    const isLoading = (await page.locator('.skeleton, .map-place:empty, #app:empty').count()) > 0
    if (!isLoading && next.equals(last)) return next
    last = next
  }
  return last
}
