import type { BodyOf } from '@doorstep/contract/operations'
import type { getSettings, updateSettings } from '@doorstep/contract/settings'
import type { createVerificationPreview } from '@doorstep/contract/verification-previews'

import type { AnswerOf } from './answers.ts'
import type { CallOptions, Connection, MatchOptions } from './connection.ts'
import { get } from './request.ts'
import { createOnce, update } from './writes.ts'

export type SettingsItem = AnswerOf<typeof getSettings>
export type SettingsChange = BodyOf<typeof updateSettings>
export type RadiusDraft = BodyOf<typeof createVerificationPreview>
export type VerificationPreviewItem = AnswerOf<typeof createVerificationPreview>

/** The account's settings; for admins, scope `profile`, and `write` too for changes. */
export interface Settings {
  /** The settings in force, and which of them are fixed. Throws a DoorstepError. */
  get(options?: CallOptions): Promise<SettingsItem>

  /** Changes what is given. Throws UnprocessableError, also for a setting that is fixed. */
  update(change: SettingsChange, options?: MatchOptions): Promise<SettingsItem>

  /** What another radius would change; changes nothing. Scope `read`. */
  previewRadius(draft: RadiusDraft, options?: CallOptions): Promise<VerificationPreviewItem>
}

const path: typeof getSettings.path = '/v2/settings'
const previewsPath: typeof createVerificationPreview.path = '/v2/verification_previews'

export const settings = (connection: Connection): Settings => ({
  get: (options) => get(connection, path, {}, options),
  update: (change, options) => update(connection, path, change, {}, options),
  previewRadius: (draft, options) => createOnce(connection, previewsPath, draft, {}, options),
})
