import type { Scope } from '../../domain/tokens.ts'
import type { Authorization } from './authorization.ts'

export interface ConsentPage {
  readonly authorization: Authorization
  readonly scopes: readonly Scope[]
  readonly formToken: string
  /** Who is signed in; null: the page asks for e-mail and password. */
  readonly user: { readonly name: string; readonly email: string } | null
  readonly accountName: string
  /** What was wrong with the last attempt. */
  readonly problem?: string
  readonly email?: string
}

/** What the form hands on as it came. */
const carried = [
  'response_type',
  'client_id',
  'redirect_uri',
  'state',
  'scope',
  'code_challenge',
  'code_challenge_method',
]

const meanings: Readonly<Record<Scope, string>> = {
  read: 'read visits, outcomes, leads and contacts',
  write: 'change visits, outcomes, leads and contacts',
  profile: 'read the account and the people in it',
  sync: 'keep a copy in step',
}

const meaningOf = (granted: readonly Scope[]): string[] => [
  ...granted.map((scope) => meanings[scope]),
  ...(granted.includes('profile') && granted.includes('write')
    ? ['make tokens, and for admins: change people, passwords and programs']
    : []),
]

export function printConsent(page: ConsentPage): string {
  const { client, redirectUri, given } = page.authorization
  const hidden = [...given, ['form_token', page.formToken] as const]
    .filter(([name]) => carried.includes(name) || name === 'form_token')
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${escape(value)}">`)
  const name = escape(client.name)
  return layout(
    `Allow ${name}?`,
    `<h1>Allow <em>${name}</em>?</h1>
<p>It asks to do this in <strong>${escape(page.accountName)}</strong> in your name:</p>
<ul>${meaningOf(page.scopes)
      .map((meaning) => `<li>${meaning}</li>`)
      .join('')}</ul>
${page.problem === undefined ? '' : `<p role="alert"><strong>${escape(page.problem)}</strong></p>`}
<form method="post" action="/oauth2/authorize">
${hidden.join('\n')}
${page.user ? `<p>You are signed in as ${escape(page.user.name)} (${escape(page.user.email)}).</p>` : signInFields(page.email)}
<p><button name="decision" value="allow">Allow</button>
<button name="decision" value="deny" formnovalidate>Deny</button></p>
</form>
<p>You go back to <code>${escape(placeOf(redirectUri))}</code>.</p>`,
  )
}

export const printProblem = (description: string): string =>
  layout(
    'This does not work',
    `<h1>This does not work</h1>
<p>${escape(description)}</p>
<p>Go back to the program that sent you here, and tell those who look after it.</p>`,
  )

const signInFields = (email = ''): string =>
  `<p><label>E-mail<br><input name="email" type="email" required autocomplete="username"
value="${escape(email)}"></label></p>
<p><label>Password<br><input name="password" type="password" required
autocomplete="current-password"></label></p>`

const placeOf = (redirectUri: string): string => {
  const { host, protocol } = new URL(redirectUri)
  return host || protocol
}

const layout = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Doorstep</title>
<style>
  body { font: 1.1rem/1.6 system-ui, sans-serif; max-width: 32rem; margin: 3rem auto; padding: 0 1rem;
    color: #1c2430; background: #fbfaf7 }
  h1 { font-size: 1.7rem; line-height: 1.2 }
  input, button { font: inherit; padding: .4em .7em; box-sizing: border-box }
  label input { width: 100% }
  @media (prefers-color-scheme: dark) { body { color: #e8e6e1; background: #14181e } }
</style>
${body}
</html>
`

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escape = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character)

/** NOTE: browsers hold a form's redirect to form-action too. IPv6 addresses it cannot name. */
export function consentPolicy(redirectUri: string): string {
  const { protocol, origin, hostname } = new URL(redirectUri)
  const isNamed = /^https?:$/.test(protocol) && !hostname.startsWith('[')
  return pagePolicy(`'self' ${isNamed ? origin : protocol}`)
}

export const pagePolicy = (formAction: string): string =>
  `default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action ${formAction}; ` +
  "frame-ancestors 'none'"
