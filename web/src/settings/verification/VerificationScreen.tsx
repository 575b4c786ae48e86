import '../server-settings.css'
import './verification.css'
import { useQuery } from '@tanstack/react-query'

import { appQuery } from '../../api/app-info.ts'
import { settingsQuery } from '../../api/settings.ts'
import { Failed } from '../../parts/Failed.tsx'
import { Skeleton } from '../../parts/Skeleton.tsx'
import { metres } from '../../texts/format.ts'
import { texts } from '../../texts/texts.ts'
import { AdminsOnly, useIsAdmin } from '../AdminsOnly.tsx'
import { SettingsBox } from '../SettingsBox.tsx'
import { SettingsPage } from '../SettingsPage.tsx'
import { SettingsRow } from '../SettingsRow.tsx'
import { RadiusForm } from './RadiusForm.tsx'

const { verification } = texts

/** When a visit counts as made at the customer. */
export const VerificationScreen = () => (useIsAdmin() ? <ForAdmins /> : <ForOthers />)

function ForAdmins() {
  const { data: settings, error, refetch } = useQuery(settingsQuery)
  if (settings) return <RadiusForm settings={settings} />
  return (
    <SettingsPage section="verification" about={verification.about}>
      {error ? (
        <Failed title={verification.failed} error={error} onRetry={() => void refetch()} />
      ) : (
        <Skeleton rows={6} hasDisc={false} />
      )}
    </SettingsPage>
  )
}

/** What others may know: the radius, without what they cannot change. */
function ForOthers() {
  const { data: app, error, refetch } = useQuery(appQuery)
  return (
    <SettingsPage section="verification" about={verification.about}>
      <div className="settings-narrow">
        <AdminsOnly>{verification.adminsOnly}</AdminsOnly>
        {!app && error && (
          <Failed title={verification.failed} error={error} onRetry={() => void refetch()} />
        )}
        <SettingsBox>
          <SettingsRow label={verification.title} help={verification.help}>
            <b className="num">{app && metres(app.location.radius_m)}</b>
          </SettingsRow>
          <SettingsRow label={verification.own} help={verification.ownHelp}>
            {undefined}
          </SettingsRow>
        </SettingsBox>
      </div>
    </SettingsPage>
  )
}
