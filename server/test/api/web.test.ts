import { describe, expect, it } from 'vitest'

import { startApp, type TestApp } from '../support/start.ts'
import { temporaryFolder } from '../support/temporary.ts'

const html = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }

async function get(app: TestApp, path: string, headers: Record<string, string> = html) {
  const response = await fetch(`${app.url}${path}`, { headers })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

describe('the web app (1)', () => {
  it('answers its page at every path of a screen, to browsers only', async () => {
    await using app = await startApp()
    for (const path of ['/', '/map', '/visits/12?x=1', '/customers/lead/7', '/settings/people/']) {
      const { status, headers, text } = await get(app, path)
      expect([path, status, headers.get('Cache-Control')]).toEqual([path, 200, 'no-cache'])
      expect(text).toContain('<div id="app">')
    }
    for (const path of ['/v2/nothing', '/v3', '/oauth2/nothing', '/assets/none', '/robots.txt']) {
      expect([path, (await get(app, path)).status]).toEqual([path, 404])
    }
    expect((await get(app, '/visits', { Accept: 'application/json' })).status).toBe(404)
    expect((await fetch(`${app.url}/visits`, { method: 'POST', headers: html })).status).toBe(404)
  })

  it('allows no inline script, and nothing foreign', async () => {
    await using app = await startApp()
    const { headers } = await get(app, '/visits')
    const policy = headers.get('Content-Security-Policy') ?? ''
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'")
    expect(policy).not.toContain('unsafe')
    expect(headers.get('Permissions-Policy')).toBe('geolocation=(self)')
    expect(headers.get('Cross-Origin-Opener-Policy')).toBe('same-origin')
  })

  it('keeps files with a hash in their name for good', async () => {
    await using app = await startApp()
    const { status, headers, text } = await get(app, '/assets/index-Ab12.js')
    expect([status, text]).toEqual([200, 'export {}\n'])
    expect(headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable')
  })

  it('names the path under which the browser sees the server', async () => {
    await using app = await startApp({ trustedProxies: ['127.0.0.1'], basePath: '/inner' })
    const { text } = await get(app, '/visits/12', { ...html, 'X-Forwarded-Prefix': '/outer' })
    expect(text).toContain('data-base="/outer/inner/"')
    expect(text).toContain('src="/outer/inner/assets/index-Ab12.js"')
  })

  it('is announced until it is built, and the API answers', async () => {
    await using app = await startApp({ webFolder: temporaryFolder() })
    const { status, headers, text } = await get(app, '/map')
    expect([status, headers.get('Retry-After')]).toEqual([503, '2'])
    expect(text).toContain('getting ready')
    expect((await app.fetch('/v2/visits')).status).toBe(200)
  })
})
