/** Asks the browser not to clear what waits, and to say when there is a network though no page is open. */
export async function keepForLong(): Promise<void> {
  await navigator.storage?.persist?.()
  await registerSync()
}

/** A browser uses it up as it says so, and may refuse it: the next start sends what waits. */
export async function registerSync(): Promise<void> {
  const registration = await navigator.serviceWorker?.ready
  const sync: unknown = registration && Reflect.get(registration, 'sync')
  if (isSync(sync)) await sync.register('outbox').catch(() => {})
}

const isSync = (value: unknown): value is { register(tag: string): Promise<void> } =>
  typeof value === 'object' && value !== null && 'register' in value
