import { describe, expect, it } from 'vitest'

import { givePasswords, rep } from './support/people.ts'
import { chromiumPath, openWeb, phone, signIn, withWorker } from './support/web.ts'

describe.skipIf(chromiumPath === undefined)('without a network', () => {
  it('the app opens at any screen for who was signed in, and is installable', async () => {
    await using web = await openWeb({ isSingle: true })
    await givePasswords(web.app)
    const context = await web.newContext({
      ...withWorker,
      viewport: phone,
      hasTouch: true,
      isMobile: true,
    })
    const page = await context.newPage()
    await signIn(page, web.app.url, rep.email, rep.password)
    const isActive = () => navigator.serviceWorker.ready.then(({ active }) => active?.state)
    expect(await page.evaluate(isActive)).toMatch(/activat/)
    // The browser itself can read it.
    const browser = await context.newCDPSession(page)
    expect(await browser.send('Page.getAppManifest')).toMatchObject({ errors: [] })
    const manifest = await page.evaluate(async () => {
      const link = document.querySelector<HTMLLinkElement>('link[rel=manifest]')
      const { icons, shortcuts, ...rest } = await (await fetch(link?.href ?? '')).json()
      const opened = await Promise.all(
        shortcuts.map(
          async ({ url }: { url: string }) =>
            (await fetch(new URL(url, link?.href), { headers: { Accept: 'text/html' } })).ok,
        ),
      )
      const sizes = await Promise.all(
        icons.map(async (icon: { src: string }) => {
          const image = new Image()
          image.src = new URL(icon.src, link?.href).href
          await image.decode()
          return image.naturalWidth
        }),
      )
      const purposes = icons.map(({ purpose }: { purpose: string }) => purpose)
      const named = shortcuts.map(({ name }: { name: string }) => name)
      return { ...rest, sizes, purposes, named, opened }
    })
    expect(manifest).toMatchObject({
      display: 'standalone',
      id: './',
      start_url: './',
      name: 'Doorstep',
      sizes: [192, 512, 512],
      purposes: ['any', 'any', 'maskable'],
      named: ['Log visit', 'Today'],
      opened: [true, true],
    })

    const grounds = page.locator('meta[name=theme-color]')
    expect(
      await grounds.evaluateAll((each) => each.map((meta) => meta.getAttribute('media'))),
    ).toEqual(['(prefers-color-scheme: light)', '(prefers-color-scheme: dark)'])

    await context.setOffline(true)
    await page.goto(`${web.app.url}/visits`)
    await page.getByRole('navigation', { name: 'Screens' }).waitFor()
    await page.goto(`${web.app.url}/me`)
    await page.getByRole('navigation', { name: 'Screens' }).waitFor()
  })
})
