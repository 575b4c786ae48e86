import { mapAttributionLengthMax, mapStyleUrlLengthMax } from '@doorstep/contract/limits'
import type { Settings } from '@doorstep/contract/settings'
import { type ReactNode, useState } from 'react'

import { problemOf } from '../../api/problem.ts'
import { Button } from '../../parts/Button.tsx'
import { Message } from '../../parts/Message.tsx'
import { TextField } from '../../parts/TextField.tsx'
import { texts } from '../../texts/texts.ts'
import { SaveBar } from '../SaveBar.tsx'
import { SettingsBox } from '../SettingsBox.tsx'
import { SettingsPage } from '../SettingsPage.tsx'
import { useSaveSettings } from '../use-save-settings.ts'

interface StyleFormProps {
  readonly settings: Settings
  readonly before: ReactNode
  readonly after: ReactNode
}

const { mapSettings, saving } = texts

/** What was typed is an address that the server takes; empty: none. */
const isAddress = (typed: string): boolean =>
  typed === '' || (URL.canParse(typed) && /^https?:$/.test(new URL(typed).protocol))

/**
 * Chooses a style elsewhere, or the server's own map again. The page has to be loaded again, since it
 * was told whom it may ask when it was loaded.
 */
export function StyleForm({ settings, before, after }: StyleFormProps) {
  const present = { url: settings.map.style_url ?? '', credits: settings.map.attribution ?? '' }
  const [url, setUrl] = useState(present.url)
  const [credits, setCredits] = useState(present.url === '' ? '' : present.credits)
  const save = useSaveSettings()
  const isRight = isAddress(url.trim())
  const isSame =
    url.trim() === present.url && (url.trim() === '' || credits.trim() === present.credits)
  const foot = isSame ? undefined : (
    <SaveBar
      change={url.trim() === '' ? mapSettings.changeBack : mapSettings.change}
      help={url.trim() === '' ? mapSettings.changeBackHelp : mapSettings.changeHelp}
      problem={save.error ? problemOf(save.error, saving.failed) : undefined}
      isSaving={save.isPending}
      canSave={isRight}
      onDiscard={() => {
        setUrl(present.url)
        setCredits(present.credits)
      }}
      onSave={() =>
        save.mutate(
          {
            map: {
              style_url: url.trim() || null,
              attribution: url.trim() === '' ? null : credits.trim() || null,
            },
          },
          { onSuccess: () => location.reload() },
        )
      }
    />
  )
  return (
    <SettingsPage section="map" about={mapSettings.about} foot={foot}>
      <div className="settings-narrow map-settings">
        {before}
        <SettingsBox title={mapSettings.elsewhere} isPadded className="quiet-head">
          <p className="muted">{mapSettings.elsewhereHelp}</p>
          <div className="style-fields">
            <TextField
              label={mapSettings.styleUrl}
              type="url"
              inputMode="url"
              autoComplete="off"
              spellCheck={false}
              maxLength={mapStyleUrlLengthMax}
              placeholder={mapSettings.example}
              value={url}
              onText={setUrl}
              hint={mapSettings.styleHint}
              problem={isRight ? undefined : mapSettings.wrongUrl}
            />
            <TextField
              label={mapSettings.credits}
              autoComplete="off"
              maxLength={mapAttributionLengthMax}
              placeholder={mapSettings.creditsExample}
              value={credits}
              onText={setCredits}
              hint={mapSettings.creditsHint}
              disabled={url.trim() === ''}
            />
          </div>
          {present.url !== '' && (
            <Message
              kind="info"
              action={
                <Button size="small" onClick={() => setUrl('')}>
                  {mapSettings.back}
                </Button>
              }
            >
              {mapSettings.asks(hostOf(present.url))}
            </Message>
          )}
        </SettingsBox>
        {after}
      </div>
    </SettingsPage>
  )
}

/** The host of an address. */
export const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url)
