/// <reference lib="webworker" />
import { ExpirationPlugin } from 'workbox-expiration'
import { createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { CacheFirst, NetworkFirst } from 'workbox-strategies'

declare const self: ServiceWorkerGlobalScope

/** The files of this build with their revisions; scripts/build-web.js fills them in. */
declare const PRECACHE: readonly { readonly url: string; readonly revision: string | null }[]

const tilesMax = 2_000

const base = new URL('./', self.location.href).pathname

precacheAndRoute([...PRECACHE])

/** Paths of the server itself, which are no screens. */
const ofServer = new RegExp(`^${base}(v2|v3|docs|oauth2|openapi\\.json|healthz|readyz|map/)`)

registerRoute(new NavigationRoute(createHandlerBoundToURL('./'), { denylist: [ofServer] }))

const { cachedResponseWillBeUsed, cacheDidUpdate } = new ExpirationPlugin({
  maxEntries: tilesMax,
  purgeOnQuotaError: true,
})

// Tiles never change under one address, but the style does.
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && new RegExp(`^${base}map/[^/]+/\\d`).test(url.pathname),
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

registerRoute(
  ({ url, sameOrigin }) => sameOrigin && url.pathname === `${base}map/style.json`,
  new NetworkFirst({ cacheName: 'map-style', networkTimeoutSeconds: 3 }),
)

self.addEventListener('message', ({ data }) => {
  if (data === 'take over') void self.skipWaiting()
})

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

/** Background Sync: an open page sends what waits. */
self.addEventListener('sync', (event: Event) => {
  if (!('waitUntil' in event) || typeof event.waitUntil !== 'function') return
  event.waitUntil(
    self.clients.matchAll({ type: 'window' }).then((pages) => {
      for (const page of pages) page.postMessage('send')
    }),
  )
})
