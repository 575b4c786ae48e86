import type { Settings } from '@doorstep/contract/settings'
import { useState } from 'react'

import { offerUndo } from '../../parts/toasts.ts'
import { problemOf } from '../../texts/problem.ts'
import { texts } from '../../texts/texts.ts'
import { SaveBar } from '../SaveBar.tsx'
import { SettingsPage } from '../SettingsPage.tsx'
import { useSaveSettings } from '../use-save-settings.ts'
import { DemoBox } from './DemoBox.tsx'
import { changedIn, changeOf, type Draft, draftOf, type Field, isWrong } from './draft.ts'
import { GeneralFields } from './GeneralFields.tsx'

interface GeneralFormProps {
  readonly settings: Settings
}

const { general, saving } = texts

export function GeneralForm({ settings }: GeneralFormProps) {
  const present = draftOf(settings)
  const [draft, setDraft] = useState(present)
  const save = useSaveSettings()
  const changed = changedIn(draft, present)
  const canSave = changed.every((field) => !isWrong(draft, field))

  const put = (to: Draft, fields: readonly Field[], onDone: () => void) =>
    save.mutate(changeOf(to, fields), {
      onSuccess: ({ data }) => {
        const saved = draftOf(data)
        // What was typed elsewhere meanwhile stays.
        setDraft((now) => ({
          ...now,
          ...Object.fromEntries(fields.map((field) => [field, saved[field]])),
        }))
        onDone()
      },
    })
  const foot =
    changed.length === 0 ? undefined : (
      <SaveBar
        change={canSave ? general.changed(changed.map((name) => general[name])) : general.wrong}
        help={canSave ? general.changedHelp : ''}
        problem={save.error ? problemOf(save.error, saving.failed) : undefined}
        isSaving={save.isPending}
        canSave={canSave}
        onDiscard={() => setDraft(present)}
        onSave={() =>
          put(draft, changed, () =>
            offerUndo(general.saved, () => put(present, changed, () => undefined)),
          )
        }
      />
    )
  return (
    <SettingsPage section="general" about={general.about} foot={foot}>
      <div className="settings-narrow general">
        <GeneralFields settings={settings} draft={draft} onDraft={setDraft} />
        {settings.has_demo && <DemoBox />}
      </div>
    </SettingsPage>
  )
}
