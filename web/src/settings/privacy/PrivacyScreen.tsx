import '../server-settings.css'
import './privacy.css'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'

import { appQuery } from '../../api/app-info.ts'
import { settingsQuery } from '../../api/settings.ts'
import { Failed } from '../../parts/Failed.tsx'
import { Skeleton } from '../../parts/Skeleton.tsx'
import { texts } from '../../texts/texts.ts'
import { AdminsOnly, useIsAdmin } from '../AdminsOnly.tsx'
import { SettingsBox } from '../SettingsBox.tsx'
import { SettingsPage } from '../SettingsPage.tsx'
import { SettingsRow } from '../SettingsRow.tsx'
import { DaysForm } from './DaysForm.tsx'

const { privacy } = texts

/** Where reps were: how long it is kept, and who sees it. */
export const PrivacyScreen = () => (useIsAdmin() ? <ForAdmins /> : <ForOthers />)

function ForAdmins() {
  const { data: settings, error, refetch } = useQuery(settingsQuery)
  if (settings) {
    return (
      <DaysForm settings={settings}>
        <WhoSees />
        <Always />
      </DaysForm>
    )
  }
  return (
    <SettingsPage section="privacy" about={privacy.about}>
      {error ? (
        <Failed title={privacy.failed} error={error} onRetry={() => void refetch()} />
      ) : (
        <Skeleton rows={6} hasDisc={false} />
      )}
    </SettingsPage>
  )
}

function ForOthers() {
  const { data: app } = useQuery(appQuery)
  return (
    <SettingsPage section="privacy" about={privacy.about}>
      <div className="settings-narrow privacy">
        <AdminsOnly>{privacy.adminsOnly}</AdminsOnly>
        <SettingsBox>
          <SettingsRow label={privacy.exactPlaces} help={privacy.keptHelp}>
            <b className="num">{app && privacy.days(app.location.days_kept)}</b>
          </SettingsRow>
        </SettingsBox>
        <WhoSees />
        <Always />
      </div>
    </SettingsPage>
  )
}

const WhoSees = () => (
  <SettingsBox title={privacy.who} about={privacy.whoAbout}>
    {privacy.whoSees.map(({ who, sees, help }) => (
      <SettingsRow key={who} label={who} help={help}>
        <span className="muted">{sees}</span>
      </SettingsRow>
    ))}
  </SettingsBox>
)

const Always = () => (
  <SettingsBox title={privacy.rights} about={privacy.rightsAbout}>
    {privacy.everyRep.map(({ name, help }) => (
      <SettingsRow key={name} label={name} help={help}>
        <span className="muted">{privacy.always}</span>
      </SettingsRow>
    ))}
    <p className="box-foot">
      <Link className="link" to="/settings/people">
        {privacy.people}
      </Link>
    </p>
  </SettingsBox>
)
