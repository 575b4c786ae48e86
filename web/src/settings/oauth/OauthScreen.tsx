import { SettingsPage } from '../SettingsPage.tsx'

export const OauthScreen = () => <SettingsPage section="oauth">{undefined}</SettingsPage>
