import type { Settings } from '@doorstep/contract/settings'
import { type ReactNode, useState } from 'react'

import { problemOf } from '../../texts/problem.ts'
import { texts } from '../../texts/texts.ts'
import { SaveBar } from '../SaveBar.tsx'
import { SettingsPage } from '../SettingsPage.tsx'
import { useSaveSettings } from '../use-save-settings.ts'
import { isAddress } from './addresses.ts'
import { StyleBox } from './StyleBox.tsx'

interface StyleFormProps {
  readonly settings: Settings
  readonly before: ReactNode
  readonly after: ReactNode
}

const { mapSettings, saving } = texts

/**
 * Chooses a style elsewhere, or the server's own map again. The page has to be loaded again, since it
 * learned whom it may ask when it was loaded.
 */
export function StyleForm({ settings, before, after }: StyleFormProps) {
  const presentUrl = settings.map.style_url ?? ''
  const presentCredits = presentUrl === '' ? '' : (settings.map.attribution ?? '')
  const [typedUrl, setUrl] = useState(presentUrl)
  const [typedCredits, setCredits] = useState(presentCredits)
  const save = useSaveSettings()
  const url = typedUrl.trim()
  const credits = url === '' ? '' : typedCredits.trim()
  const isRight = isAddress(url)
  const isOwn = url === ''
  const put = () =>
    save.mutate(
      { map: { style_url: url || null, attribution: credits || null } },
      { onSuccess: () => location.reload() },
    )
  const foot =
    url === presentUrl && credits === presentCredits ? undefined : (
      <SaveBar
        change={isOwn ? mapSettings.changeBack : mapSettings.change}
        help={isOwn ? mapSettings.changeBackHelp : mapSettings.changeHelp}
        problem={save.error ? problemOf(save.error, saving.failed) : undefined}
        isSaving={save.isPending}
        canSave={isRight}
        onDiscard={() => {
          setUrl(presentUrl)
          setCredits(presentCredits)
        }}
        onSave={put}
      />
    )
  return (
    <SettingsPage section="map" about={mapSettings.about} foot={foot}>
      <div className="settings-narrow map-settings">
        {before}
        <StyleBox
          presentUrl={presentUrl}
          url={typedUrl}
          credits={typedCredits}
          isRight={isRight}
          onUrl={setUrl}
          onCredits={setCredits}
        />
        {after}
      </div>
    </SettingsPage>
  )
}
