import { describe, expect, it } from 'vitest'

import { givePasswords, rep } from './support/people.ts'
import { chromiumPath, openWeb, phone, signIn } from './support/web.ts'

describe.skipIf(chromiumPath === undefined)('without a network', () => {
  it('the app opens at any screen for who was signed in, and is installable', async () => {
    await using web = await openWeb({ isSingle: true })
    await givePasswords(web.app)
    const context = await web.newContext({ viewport: phone, hasTouch: true, isMobile: true })
    const page = await context.newPage()
    await signIn(page, web.app.url, rep.email, rep.password)
    const isActive = () => navigator.serviceWorker.ready.then(({ active }) => active?.state)
    expect(await page.evaluate(isActive)).toMatch(/activat/)
    const manifest = await page.evaluate(async () => {
      const link = document.querySelector<HTMLLinkElement>('link[rel=manifest]')
      const { icons, ...rest } = await (await fetch(link?.href ?? '')).json()
      const sizes = await Promise.all(
        icons.map(async (icon: { src: string }) => {
          const image = new Image()
          image.src = new URL(icon.src, link?.href).href
          await image.decode()
          return image.naturalWidth
        }),
      )
      return { ...rest, sizes }
    })
    expect(manifest).toMatchObject({
      display: 'standalone',
      start_url: './',
      sizes: [192, 512, 512],
    })

    await context.setOffline(true)
    await page.goto(`${web.app.url}/visits`)
    await page.getByRole('navigation', { name: 'Screens' }).waitFor()
    await page.goto(`${web.app.url}/me`)
    await page.getByRole('navigation', { name: 'Screens' }).waitFor()
  })
})
