import { SettingsPage } from '../SettingsPage.tsx'

export const PeopleScreen = () => <SettingsPage section="people">{undefined}</SettingsPage>
