/** What Chromium reports once the app can be installed. */
interface InstallEvent extends Event {
  prompt(): Promise<{ readonly outcome: 'accepted' | 'dismissed' }>
}

const isInstallEvent = (event: Event): event is InstallEvent => 'prompt' in event

const listeners = new Set<() => void>()
let offered: InstallEvent | null = null

function set(event: InstallEvent | null): void {
  offered = event
  for (const listener of listeners) listener()
}

/** Putting the app on the home screen. */
export const installation = {
  /** Keeps the browser's offer for when somebody asks: it comes once, soon after the start. */
  listen(): void {
    addEventListener('beforeinstallprompt', (event) => {
      event.preventDefault()
      if (isInstallEvent(event)) set(event)
    })
    addEventListener('appinstalled', () => set(null))
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
  /** Whether `ask` does something; for useSyncExternalStore. */
  isOffered: (): boolean => offered !== null,
  /** Lets the browser ask. True: it was accepted. */
  async ask(): Promise<boolean> {
    const event = offered
    set(null)
    return event !== null && (await event.prompt()).outcome === 'accepted'
  },
}

/** Whether this is the app on the home screen, and no tab of a browser. */
export const isInstalled = (): boolean =>
  matchMedia('(display-mode: standalone)').matches ||
  ('standalone' in navigator && navigator.standalone === true)

/** Whether this is a phone or tablet of Apple. An iPad calls itself a Mac, which nobody touches. */
export const isIphone = (): boolean =>
  /iPhone|iPad|iPod/.test(navigator.userAgent) ||
  (navigator.userAgent.includes('Macintosh') && navigator.maxTouchPoints > 1)
