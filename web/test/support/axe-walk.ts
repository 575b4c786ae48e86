import type { Page, Route } from 'playwright-core'

import { axeFindings, contrastFindings } from './axe.ts'
import { whoIsThere } from './who-is-there.ts'

/** Looks at one state after another, and collects what axe finds in the light and in the dark. */
export class AxeWalk {
  readonly findings: string[] = []
  readonly #page: Page
  /** Kinds of menus and dialogs that were opened. */
  readonly #opened = new Set<string>()

  constructor(page: Page) {
    this.#page = page
  }

  async look(state: string): Promise<void> {
    const page = this.#page
    const found = await axeFindings(page)
    await page.emulateMedia({ colorScheme: 'dark' })
    const inTheDark = await contrastFindings(page)
    await page.emulateMedia({ colorScheme: 'light' })
    const all = [...found, ...inTheDark.map((each) => `in the dark, ${each}`)]
    this.findings.push(...all.map((each) => `${state}: ${each}`))
  }

  /** Opens each kind of menu, list and dialog that the page has a button for, one after the other. */
  async lookAtPopups(state: string): Promise<string[]> {
    const page = this.#page
    const openers = page.locator('[aria-haspopup]:visible')
    const names: string[] = []
    for (let at = 0; at < (await openers.count()); at += 1) {
      const opener = openers.nth(at)
      const { kind, name } = await opener.evaluate((element) => {
        const isInRow = element.closest('li, tr, [role=row]') !== null
        const text = element.getAttribute('aria-label') ?? element.textContent
        const words = isInRow ? 'in a row' : text.replaceAll(/\d+/g, '')
        return { kind: `${element.className} ${element.role} ${words}`, name: text }
      })
      if (this.#opened.has(kind)) continue
      this.#opened.add(kind)
      names.push(name)
      const mark = `[data-walk="${this.#opened.size}"]`
      await opener.evaluate(
        (element, n) => element.setAttribute('data-walk', n),
        `${this.#opened.size}`,
      )
      await page.locator(mark).click()
      await page.locator(`${mark}[aria-expanded=true]`).waitFor({ state: 'attached' })
      await this.look(`${state}, ${name}`)
      await page.keyboard.press('Escape')
      await page.locator(`${mark}[aria-expanded=true]`).waitFor({ state: 'detached' })
    }
    return names
  }
}

/** Holds up what screens ask the server for, and lets it fail or pass. */
export async function holdRequests(page: Page) {
  let mode: 'passing' | 'holding' | 'failing' = 'passing'
  const held: Route[] = []
  const fail = (route: Route) =>
    route.fulfill({
      status: 500,
      headers: { 'X-Request-Id': '5b1f6a52-6c0f-4b27-9a39-8e1c1f1d7c11' },
      json: { errors: [], meta: { type: 'errors' } },
    })
  await page.route(
    ({ pathname }) => pathname.startsWith('/v2/') && !whoIsThere.test(pathname),
    async (route) => {
      if (mode === 'holding') held.push(route)
      else await (mode === 'failing' ? fail(route) : route.fallback())
    },
  )
  return {
    hold: () => void (mode = 'holding'),
    async fail() {
      mode = 'failing'
      for (const route of held.splice(0)) await fail(route).catch(() => undefined)
    },
    async pass() {
      mode = 'passing'
      for (const route of held.splice(0)) await route.fallback().catch(() => undefined)
    },
  }
}
