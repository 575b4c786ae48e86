import '../server-settings.css'
import { Link } from '@tanstack/react-router'

import { texts } from '../../texts/texts.ts'
import { SettingsBox } from '../SettingsBox.tsx'

interface KeptBoxProps {
  readonly days: number
}

const { privacy } = texts

/** How long exact places are kept, and where that is set. */
export const KeptBox = ({ days }: KeptBoxProps) => (
  <SettingsBox title={privacy.kept} isPadded className="quiet-head">
    <p className="muted">{privacy.keptHelp}</p>
    <dl className="kept-facts">
      <div>
        <dt>{privacy.exactPlaces}</dt>
        <dd>
          <Link className="link num" to="/settings/privacy">
            {privacy.days(days)}
          </Link>
        </dd>
      </div>
      <div>
        <dt>{privacy.canSwitchOff}</dt>
        <dd className="muted">{privacy.always}</dd>
      </div>
      <div>
        <dt>{privacy.seeWhoLooked}</dt>
        <dd className="muted">{privacy.always}</dd>
      </div>
    </dl>
  </SettingsBox>
)
