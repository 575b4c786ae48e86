import '../server-settings.css'
import './geocoder.css'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'

import { settingsQuery } from '../../api/settings.ts'
import { Failed } from '../../parts/Failed.tsx'
import { Message } from '../../parts/Message.tsx'
import { Skeleton } from '../../parts/Skeleton.tsx'
import { texts } from '../../texts/texts.ts'
import { AdminsOnly, useIsAdmin } from '../AdminsOnly.tsx'
import { Fixed } from '../Fixed.tsx'
import { SettingsBox } from '../SettingsBox.tsx'
import { SettingsPage } from '../SettingsPage.tsx'
import { SettingsRow } from '../SettingsRow.tsx'
import { PlacingProgress } from './PlacingProgress.tsx'

const { geocoder, saving } = texts
const adapters = ['nominatim', 'photon', 'pelias', 'google'] as const

const nameOf = (adapter: string): string => {
  const known = adapters.find((each) => each === adapter)
  return known === undefined ? adapter : geocoder.services[known].name
}

/** What turns addresses into places; set by whoever runs the server. */
export function GeocoderScreen() {
  const isAdmin = useIsAdmin()
  const { data: settings, error, refetch } = useQuery({ ...settingsQuery, enabled: isAdmin })
  const adapter = settings?.geocoder.adapter
  return (
    <SettingsPage section="geocoder" about={geocoder.about}>
      <div className="settings-narrow geocoder">
        {!isAdmin && <AdminsOnly>{geocoder.adminsOnly}</AdminsOnly>}
        {isAdmin && !settings && !error && <Skeleton rows={3} hasDisc={false} />}
        {isAdmin && !settings && error && (
          <Failed title={geocoder.failed} error={error} onRetry={() => void refetch()} />
        )}
        {settings && adapter === 'none' && <Message kind="info">{geocoder.none}</Message>}
        {settings && adapter !== undefined && adapter !== 'none' && (
          <SettingsBox title={geocoder.inUse} aside={<Fixed />}>
            <SettingsRow label={geocoder.service} help={geocoder.serviceHelp}>
              <b>{nameOf(adapter)}</b>
            </SettingsRow>
            <SettingsRow label={geocoder.key} help={geocoder.keyHelp}>
              <span className="muted">
                {settings.geocoder.has_key ? geocoder.hasKey : geocoder.noKey}
              </span>
            </SettingsRow>
            <p className="box-foot faint small">{saving.fixedBy('GEOCODER')}</p>
          </SettingsBox>
        )}
        <PlacingProgress hasGeocoder={adapter === undefined ? undefined : adapter !== 'none'} />
        {settings && <Services present={adapter} />}
        <p className="muted">
          <Link className="link" to="/addresses">
            {geocoder.addresses}
          </Link>
          {geocoder.addressesHelp}
        </p>
      </div>
    </SettingsPage>
  )
}

const Services = ({ present }: { readonly present: string | undefined }) => (
  <SettingsBox title={geocoder.how} about={geocoder.howAbout}>
    {adapters.map((adapter) => (
      <SettingsRow
        key={adapter}
        label={geocoder.services[adapter].name}
        help={geocoder.services[adapter].help}
      >
        {present === adapter ? (
          <b>{geocoder.present}</b>
        ) : (
          <code className="mono muted">{geocoder.services[adapter].code}</code>
        )}
      </SettingsRow>
    ))}
    <p className="box-foot muted">{geocoder.restart}</p>
  </SettingsBox>
)
