import type { SessionItem } from '@doorstep/client/sessions'

const key = 'session'

/** Who was last signed in on this device, and in which account. It holds no secret. */
export interface LastSession {
  readonly accountId: number
  readonly session: SessionItem['data']
}

const isLast = (value: unknown): value is LastSession =>
  typeof value === 'object' && value !== null && 'accountId' in value && 'session' in value

export function readLastSession(): LastSession | undefined {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? 'null')
    return isLast(value) ? value : undefined
  } catch {
    return undefined
  }
}

type Person = SessionItem['data']['user']

/** Users of two accounts can have the same id. */
export const isSamePerson = (one: Person, other: Person): boolean =>
  one.id === other.id && one.created_at === other.created_at

/** What waits on this device stays, for when the same person signs in again. */
export function forgetLastSession(): void {
  try {
    localStorage.removeItem(key)
  } catch {
    // NOTE: a browser that refuses to keep anything has kept nothing.
  }
}

export function keepLastSession({ accountId, session }: LastSession): void {
  try {
    // The CSRF token is a secret: the server answers a new one.
    const kept = { accountId, session: { ...session, csrf_token: null } }
    localStorage.setItem(key, JSON.stringify(kept))
  } catch {
    // NOTE: without it, the app opens only where the server answers.
  }
}
