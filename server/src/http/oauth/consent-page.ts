import type { Scope } from '../../domain/scopes.ts'
import type { Authorization } from './authorization.ts'

export interface ConsentPage {
  readonly authorization: Authorization
  readonly scopes: readonly Scope[]
  /** Where the form goes. */
  readonly action: string
  readonly formToken: string
  /** The signed-in user; null: the page asks for e-mail and password. */
  readonly user: { readonly name: string; readonly email: string } | null
  readonly accountName: string
  /** Why the last attempt failed. */
  readonly problem?: string
  readonly email?: string
}

/** Parameters that the form passes on unchanged. */
const passedOn = [
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
  profile: 'read the account and its users',
  sync: 'keep a copy in sync',
}

const meaningOf = (granted: readonly Scope[]): string[] => [
  ...granted.map((scope) => meanings[scope]),
  ...(granted.includes('profile') && granted.includes('write')
    ? ['create tokens and, as an admin, change users, passwords and OAuth clients']
    : []),
]

export function printConsent(page: ConsentPage): string {
  const { client, redirectUri, given } = page.authorization
  const parameters = [...given].filter(([name]) => passedOn.includes(name))
  const hidden = [...parameters, ['form_token', page.formToken] as const].map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${escape(value)}">`,
  )
  const name = escape(client.name)
  return layout(
    `Allow ${name}?`,
    `<h1>Allow <em>${name}</em>?</h1>
<p>It asks to do this in <strong>${escape(page.accountName)}</strong> in your name:</p>
<ul>${meaningOf(page.scopes)
      .map((meaning) => `<li>${meaning}</li>`)
      .join('')}</ul>
${page.problem === undefined ? '' : `<p role="alert"><strong>${escape(page.problem)}</strong></p>`}
<form method="post" action="${escape(page.action)}">
${hidden.join('\n')}
${page.user ? `<p>You are signed in as ${escape(page.user.name)} (${escape(page.user.email)}).</p>` : signInFields(page.email)}
<p class="choice"><button name="decision" value="allow">Allow</button>
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
  :root { color-scheme: light dark }
  h1 { font-size: 1.7rem; line-height: 1.2; overflow-wrap: anywhere }
  ul { padding-left: 1.2em }
  input, button { font: inherit; min-height: 3rem; padding: .4em .8em; box-sizing: border-box;
    border: 1px solid #76808c; border-radius: .4rem }
  label input { width: 100% }
  .choice { display: flex; gap: .75rem }
  .choice button { flex: 1; cursor: pointer }
  button[value=allow] { color: #fff; background: #1f5fa8; border-color: #1f5fa8; font-weight: 600 }
  [role=alert] { color: #a3261c }
  code { overflow-wrap: anywhere }
  @media (prefers-color-scheme: dark) {
    body { color: #e8e6e1; background: #14181e }
    [role=alert] { color: #ff9a8f }
  }
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

/**
 * NOTE: browsers apply form-action to every redirect that follows a form, also to those from the
 * client's own address to places that this server does not know. So it names schemes only.
 */
export function consentPolicy(redirectUri: string): string {
  const { protocol } = new URL(redirectUri)
  return pagePolicy(`'self' ${/^https?:$/.test(protocol) ? 'https: http:' : protocol}`)
}

export const pagePolicy = (formAction: string): string =>
  `default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action ${formAction}; ` +
  "frame-ancestors 'none'"
