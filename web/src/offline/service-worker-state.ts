import { basePath } from '../base-path.ts'

const listeners = new Set<() => void>()
let waiting: ServiceWorker | null = null
let isOutdated = false
const takeOverMaxMs = 3_000

function changed(): void {
  for (const listener of listeners) listener()
}

function setWaiting(worker: ServiceWorker | null): void {
  waiting = worker
  changed()
}

async function register(): Promise<void> {
  const registration = await navigator.serviceWorker.register(`${basePath}/service-worker.js`)
  setWaiting(registration.waiting)
  // The browser looks for a newer version by itself, which may have begun before this.
  follow(registration.installing)
  registration.addEventListener('updatefound', () => follow(registration.installing))
}

function follow(installing: ServiceWorker | null): void {
  installing?.addEventListener('statechange', () => {
    // The first one has nothing to replace.
    if (installing.state === 'installed' && navigator.serviceWorker.controller) {
      setWaiting(installing)
    }
  })
}

/** What makes the app open without a network, and a newer version of it. */
export const serviceWorker = {
  /**
   * Registers it after so many ms, or as soon as the page is hidden before that. A browser that refuses, as
   * on a page without HTTPS, still shows the app while there is a network.
   */
  registerAfter(ms: number): void {
    if (!('serviceWorker' in navigator) || import.meta.env.DEV) return
    let isRegistered = false
    const registerOnce = () => {
      if (isRegistered) return
      isRegistered = true
      void register().catch((error: unknown) => console.warn('No service worker:', error))
    }
    setTimeout(registerOnce, ms)
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') registerOnce()
    })
  },
  /** A newer version of the app has taken over what this browser stores: this page can go on no longer. */
  noteOutdated(): void {
    isOutdated = true
    changed()
  },
  /** Whether a newer version of the app waits for `update`; for useSyncExternalStore. */
  hasUpdate: (): boolean => waiting !== null || isOutdated,
  /** Whether a newer version of the app has taken over; for useSyncExternalStore. */
  isOutdated: (): boolean => isOutdated,
  subscribe(listener: () => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
  /** Opens the newer version in all tabs. What was typed is in its drafts. */
  update(): void {
    if (!waiting) return location.reload()
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload())
    waiting.postMessage('take over')
    // NOTE: Chromium lets the old worker end what it does, for minutes. Pages come from the network first.
    setTimeout(() => location.reload(), takeOverMaxMs)
  },
}
