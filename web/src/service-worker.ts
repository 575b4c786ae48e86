/// <reference lib="webworker" />
import { isMap, isServerPath } from '@doorstep/contract/paths'
import { ExpirationPlugin } from 'workbox-expiration'
import { addRoute, createHandlerBoundToURL, precache } from 'workbox-precaching'
import { registerRoute } from 'workbox-routing'
import { CacheFirst } from 'workbox-strategies'

import { sendInBackground } from './offline/send-in-background.ts'

declare const self: ServiceWorkerGlobalScope

/** The files of this build with their revisions; scripts/build-web.js fills them in. */
declare const PRECACHE: readonly { readonly url: string; readonly revision: string | null }[]

const tilesMax = 2_000

/** Longer than this nobody waits for the page; the one of the installed build then opens. */
const pageMs = 3_000

const tooMany = 429

const base = new URL('./', self.location.href).pathname

/** As the server knows it; undefined: it is not of this app. */
const pathOf = ({ origin, pathname }: URL): string | undefined =>
  origin === self.location.origin && pathname.startsWith(base)
    ? `/${pathname.slice(base.length)}`
    : undefined

precache([...PRECACHE])

const isScreen = (path: string | undefined) =>
  path !== undefined && !isServerPath(path) && !isMap(path) && !/\.[^/]*$/.test(path)

const installedPage = createHandlerBoundToURL('./')
const pause = (ms: number) => new Promise<undefined>((resolve) => setTimeout(resolve, ms))

// The policy of the page says from where a map may come, and the account may choose another: so it is
// the server's page as long as that answers.
registerRoute(
  ({ request, url }) => request.mode === 'navigate' && isScreen(pathOf(url)),
  async (options) => {
    const asked = fetch(options.request).catch(() => undefined)
    const page = await Promise.race([asked, pause(pageMs)])
    const isAnswer = page !== undefined && page.status < 500 && page.status !== tooMany
    return isAnswer ? page : installedPage(options)
  },
)

// NOTE: after the route above, since the first page is among the files.
addRoute()

const { cachedResponseWillBeUsed, cacheDidUpdate } = new ExpirationPlugin({
  maxEntries: tilesMax,
  purgeOnQuotaError: true,
})

// Tiles never change under one address. The style does, and can be elsewhere: the page keeps it.
registerRoute(
  ({ url }) => /^\/map\/[^/]+\/\d/.test(pathOf(url) ?? ''),
  new CacheFirst({
    cacheName: 'map',
    plugins: [
      {
        ...(cachedResponseWillBeUsed && { cachedResponseWillBeUsed }),
        ...(cacheDidUpdate && { cacheDidUpdate }),
      },
    ],
  }),
)

self.addEventListener('message', ({ data }) => {
  if (data === 'take over') void self.skipWaiting()
})

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

/** Background Sync: a page may be frozen and send nothing, so the worker sends as well, or after it. */
async function send(): Promise<void> {
  const pages = await self.clients.matchAll({ type: 'window' })
  for (const page of pages) page.postMessage('send')
  await sendInBackground(new URL(base, self.location.origin).href)
}

self.addEventListener('sync', (event: Event) => {
  if ('waitUntil' in event && typeof event.waitUntil === 'function') event.waitUntil(send())
})
