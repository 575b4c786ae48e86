import { both, type Shot } from '../shot.ts'

/** The first run, and how people come in. */
export const startShots: readonly Shot[] = [
  { name: 'not-set-up', isLightOnly: true, path: '/sign-in', as: 'nobody', when: 'before setup' },
  {
    name: 'setup',
    isLightOnly: true,
    path: ({ setupLink }) => setupLink,
    as: 'nobody',
    when: 'before setup',
    on: both,
  },
  { name: 'setup-visits', isLightOnly: true, path: '/setup/visits', on: both },
  { name: 'setup-people', isLightOnly: true, path: '/setup/people', on: both },
  { name: 'sign-in', path: '/sign-in', as: 'nobody', on: both },
  {
    name: 'sign-in-refused',
    isLightOnly: true,
    path: '/sign-in',
    as: 'nobody',
    prepare: async (page) => {
      await page.getByLabel('E-mail').fill('admin@northwind.example')
      await page.getByLabel('Password', { exact: true }).fill('not the password')
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.getByRole('alert').first().waitFor()
    },
  },
  { name: 'invitation', isLightOnly: true, path: '/invitation#code=made-up', as: 'nobody' },
]
