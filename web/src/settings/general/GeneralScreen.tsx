import '../server-settings.css'
import { useQuery } from '@tanstack/react-query'

import { appQuery } from '../../api/app-info.ts'
import { settingsQuery } from '../../api/settings.ts'
import { Failed } from '../../parts/Failed.tsx'
import { Skeleton } from '../../parts/Skeleton.tsx'
import { texts } from '../../texts/texts.ts'
import { AdminsOnly, useIsAdmin } from '../AdminsOnly.tsx'
import { SettingsBox } from '../SettingsBox.tsx'
import { SettingsPage } from '../SettingsPage.tsx'
import { SettingsRow } from '../SettingsRow.tsx'
import { GeneralForm } from './GeneralForm.tsx'

const { general } = texts

/** The account as a whole. */
export function GeneralScreen() {
  const isAdmin = useIsAdmin()
  const { data: settings, error, refetch } = useQuery({ ...settingsQuery, enabled: isAdmin })
  if (settings) return <GeneralForm settings={settings} />
  return (
    <SettingsPage section="general" about={general.about}>
      {!isAdmin && <ForOthers />}
      {isAdmin && !error && <Skeleton rows={6} hasDisc={false} />}
      {isAdmin && error && (
        <Failed title={general.failed} error={error} onRetry={() => void refetch()} />
      )}
    </SettingsPage>
  )
}

function ForOthers() {
  const { data: app } = useQuery(appQuery)
  return (
    <div className="settings-narrow">
      <AdminsOnly />
      <SettingsBox>
        <SettingsRow label={general.name}>
          <span>{app?.account_name}</span>
        </SettingsRow>
      </SettingsBox>
    </div>
  )
}
