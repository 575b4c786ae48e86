import axe, { type AxeResults, type RunOnly, type RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'

const tags = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']

/** What axe finds by some of its rules, as sentences; none is what every screen must have. */
async function findingsOf(page: Page, runOnly: RunOnly): Promise<string[]> {
  await page.evaluate(() => document.fonts.ready)
  const isThere = await page.evaluate(() => 'axe' in globalThis)
  if (!isThere) await page.evaluate(axe.source)
  // NOTE: parts of popups that hand the focus on as soon as they get it are no hidden ones that have it.
  const context = { exclude: ['[data-base-ui-focus-guard]'] }
  const options: RunOptions = { runOnly, resultTypes: ['violations'] }
  const { violations }: AxeResults = await page.evaluate(
    ([where, how]) => Reflect.get(globalThis, 'axe').run(where, how),
    [context, options] as const,
  )
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help} (${node.target.join(' ')})`),
  )
}

export const axeFindings = (page: Page): Promise<string[]> =>
  findingsOf(page, { type: 'tag', values: tags })

/** Themes differ in nothing but colours. */
export const contrastFindings = (page: Page): Promise<string[]> =>
  findingsOf(page, { type: 'rule', values: ['color-contrast'] })
