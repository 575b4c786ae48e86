import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

const tags = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']

/** Without the parts of popups that hand the focus on as soon as they get it, which axe takes for hidden ones. */
export const axe = (page: Page) =>
  new AxeBuilder({ page }).exclude('[data-base-ui-focus-guard]').setLegacyMode()

/** What axe finds, as sentences; none is what every screen must have. */
export async function axeFindings(page: Page): Promise<string[]> {
  await page.evaluate(() => document.fonts.ready)
  const { violations } = await axe(page).withTags(tags).analyze()
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help} (${node.target.join(' ')})`),
  )
}
