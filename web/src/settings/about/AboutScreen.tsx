import '../server-settings.css'
import './about.css'
import { useQuery } from '@tanstack/react-query'

import { appQuery } from '../../api/app-info.ts'
import { serverClockQuery } from '../../api/settings.ts'
import { basePath } from '../../base-path.ts'
import { Failed } from '../../parts/Failed.tsx'
import { Mark } from '../../parts/Mark.tsx'
import { Skeleton } from '../../parts/Skeleton.tsx'
import { duration } from '../../texts/durations.ts'
import { time } from '../../texts/format.ts'
import { texts } from '../../texts/texts.ts'
import { SettingsBox } from '../SettingsBox.tsx'
import { SettingsPage } from '../SettingsPage.tsx'
import { SettingsRow } from '../SettingsRow.tsx'

const { about } = texts

/** What runs here, by which licences, and whether the clocks agree. */
export function AboutScreen() {
  const { data: app, error, refetch } = useQuery(appQuery)
  return (
    <SettingsPage section="about" about={about.about}>
      <div className="settings-narrow about-page">
        {!app && !error && <Skeleton rows={4} hasDisc={false} />}
        {!app && error && (
          <Failed title={about.failed} error={error} onRetry={() => void refetch()} />
        )}
        {app && (
          <>
            <SettingsBox className="product">
              <Mark size={44} />
              <div>
                <h2>{about.name}</h2>
                <p className="muted num">{about.version(app.version)}</p>
              </div>
            </SettingsBox>
            <SettingsBox title={about.server}>
              <SettingsRow label={about.address}>
                <span className="muted">{`${location.host}${basePath}`}</span>
              </SettingsRow>
              {app.account_name !== null && (
                <SettingsRow label={about.account}>
                  <span className="muted">{app.account_name}</span>
                </SettingsRow>
              )}
              <Clock />
            </SettingsBox>
            <SettingsBox title={about.programs}>
              <LinkRow label={about.docs} help={about.docsHelp} href="/docs" path="/docs" />
              <LinkRow
                label={about.description}
                help={about.descriptionHelp}
                href="/openapi.json"
                path="/openapi.json"
              />
            </SettingsBox>
            <SettingsBox title={about.licences}>
              <SettingsRow label={about.name} help={about.licenceHelp}>
                <span className="muted">{about.licence}</span>
              </SettingsRow>
              <SettingsRow label={about.places} help={about.placesHelp}>
                <a className="link" href={about.geonamesUrl} rel="noreferrer" target="_blank">
                  {about.geonames}
                </a>
              </SettingsRow>
              <SettingsRow label={about.land} help={about.landHelp}>
                <span className="muted">{about.publicDomain}</span>
              </SettingsRow>
              <LinkRow
                label={about.others}
                help={about.othersHelp}
                href="/assets/third-party.txt"
                path={about.othersLink}
              />
            </SettingsBox>
          </>
        )}
      </div>
    </SettingsPage>
  )
}

interface LinkRowProps {
  readonly label: string
  readonly help: string
  readonly href: string
  readonly path: string
}

const LinkRow = ({ label, help, href, path }: LinkRowProps) => (
  <SettingsRow label={label} help={help}>
    <a className="link" href={`${basePath}${href}`}>
      {path}
    </a>
  </SettingsRow>
)

/** Less is the way of the answer, and its whole seconds. */
const agreeS = 3

function Clock() {
  const { data: clock } = useQuery(serverClockQuery)
  if (!clock) return undefined
  const off = Math.abs(clock.aheadS)
  return (
    <SettingsRow
      label={about.time}
      help={
        off <= agreeS
          ? about.inStep
          : about.off(duration(off), clock.aheadS > 0 ? 'ahead' : 'behind')
      }
    >
      <span className="muted num">{time(clock.at)}</span>
    </SettingsRow>
  )
}
