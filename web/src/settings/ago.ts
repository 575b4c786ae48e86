import { texts } from '../texts/texts.ts'
import { lastSeen } from './users/last-seen.ts'

/** "used 4 min ago", "never used" */
export const lastUsed = (at: string | null, nowMs: number): string =>
  at === null ? texts.settings.neverUsed : texts.settings.used(lastSeen(at, nowMs))
