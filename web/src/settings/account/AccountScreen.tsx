import '../server-settings.css'
import './account.css'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { sessionQuery } from '../../api/sessions.ts'
import { Segmented } from '../../parts/Segmented.tsx'
import { chosenTheme, chooseTheme, themes } from '../../parts/theme-choice.ts'
import { texts } from '../../texts/texts.ts'
import { SettingsBox } from '../SettingsBox.tsx'
import { SettingsPage } from '../SettingsPage.tsx'
import { SettingsRow } from '../SettingsRow.tsx'
import { LocationBox } from './LocationBox.tsx'
import { LooksBox } from './LooksBox.tsx'
import { NameForm } from './NameForm.tsx'
import { PasswordForm } from './PasswordForm.tsx'
import { SignOutSetting } from './SignOutSetting.tsx'

const { account, shells } = texts

/** What belongs to whoever is signed in. */
export function AccountScreen() {
  const { data: session } = useQuery(sessionQuery)
  return (
    <SettingsPage section="account" about={account.about}>
      <div className="settings-narrow account-page">
        {session && <NameForm key={session.user.updated_at} user={session.user} />}
        <SettingsBox title={account.device} about={account.deviceAbout}>
          <ThemeRow />
          <SignOutSetting />
        </SettingsBox>
        <PasswordForm />
        <LocationBox />
        <LooksBox />
      </div>
    </SettingsPage>
  )
}

function ThemeRow() {
  const [theme, setTheme] = useState(chosenTheme)
  return (
    <SettingsRow label={shells.theme}>
      <Segmented
        name={shells.theme}
        value={theme}
        onValue={(value) => {
          chooseTheme(value)
          setTheme(value)
        }}
        choices={themes.map((value) => ({ value, name: shells.themes[value] }))}
      />
    </SettingsRow>
  )
}
