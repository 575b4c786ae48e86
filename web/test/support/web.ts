import { fileURLToPath } from 'node:url'

import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core'

import { startApp, type StartOptions } from '../../../server/test/support/start.ts'
import { desk, look, sharedBrowser } from './browser.ts'

export { chromiumPath, desk, phone } from './browser.ts'

/** What scripts/build-web.js has built. */
export const webFolder = fileURLToPath(new URL('../../dist', import.meta.url))

export interface PageOptions extends BrowserContextOptions {
  readonly theme?: 'light' | 'dark' | undefined
}

/**
 * With the app's own worker, which stores the whole app: for what works without a network. Other tests go
 * without: it takes 3 s of a processor, and would answer what they hold back or refuse.
 */
export const withWorker = { serviceWorkers: 'allow' } as const

export interface WebOptions extends StartOptions {
  /** Whether the browser can draw maps. */
  readonly drawsMaps?: boolean
}

/**
 * A real server with the built web app, and a browser. Closing them fails the test if a page broke the
 * content security policy or threw an error.
 */
export async function openWeb({ drawsMaps = false, ...options }: WebOptions = {}) {
  const app = await startApp({ webFolder, ...options })
  const browser = await sharedBrowser(drawsMaps)
  const contexts: BrowserContext[] = []
  const faults: string[] = []

  async function newContext(wanted: PageOptions = {}): Promise<BrowserContext> {
    const { theme = 'light', ...rest } = wanted
    const context = await browser.newContext({
      viewport: desk,
      ...look,
      colorScheme: theme,
      serviceWorkers: 'block',
      ...rest,
    })
    contexts.push(context)
    // A limit for what hangs, and not for what is slow.
    context.setDefaultTimeout(100_000)
    await context.exposeFunction('noteFault', (fault: string) => void faults.push(fault))
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        const { violatedDirective, blockedURI, sourceFile, lineNumber } = event
        const fault = `CSP: ${violatedDirective} ${blockedURI} in ${sourceFile}:${lineNumber}`
        Reflect.get(globalThis, 'noteFault')(fault)
      })
    })
    context.on('weberror', (error) => void faults.push(`thrown: ${error.error().stack}`))
    return context
  }

  async function newPage(wanted?: PageOptions): Promise<Page> {
    const context = await newContext(wanted)
    return context.newPage()
  }

  return {
    app,
    /** What pages did wrong so far. */
    faults,
    newContext,
    newPage,
    async [Symbol.asyncDispose](): Promise<void> {
      for (const context of contexts) await context.close()
      await app.close()
      if (faults.length > 0) throw new Error(`The page did wrong:\n${faults.join('\n')}`)
    },
  }
}

export type Web = Awaited<ReturnType<typeof openWeb>>

/** Signs the page in through the form, as the person with this address, and waits for the first screen. */
export async function signIn(page: Page, url: string, email: string, password: string) {
  await page.goto(`${url}/sign-in`)
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(/\/(map|near)/)
  await page.getByRole('navigation', { name: 'Screens' }).waitFor()
}

/** Waits until the app opens without a network; of a page `withWorker`. */
export const untilInstalled = (page: Page): Promise<void> =>
  page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))

/** Undo is offered for 8 s, and for as long as the pointer is on it. */
export const staysOffered = (page: Page): Promise<void> =>
  page.getByRole('button', { name: 'Undo' }).last().hover()

/** Types into the field that gets the focus: a dialog gives it a moment after it is shown. */
export async function typeInFocus(page: Page, text: string): Promise<void> {
  await page.locator('input:focus, textarea:focus').waitFor()
  await page.keyboard.type(text)
}
