import type { Generated } from 'kysely'

export interface UsersTable {
  account_id: number
  id: number
  name: string
  email: string
  email_key: string
  status: string
  invited: number
  confirmed: number
  phone_number: string | null
  role: string
  roles: string
  team_name: string | null
  group_id: number | null
  group_name: string | null
  reports_to: number | null
  timezone: string | null
  created_at: number
  updated_at: number
  deleted_at: number | null
  zendesk_user_id: string | null
  identity_type: string
  password_hash: string | null
  shares_location: Generated<number>
  former_id: Generated<number | null>
}

export interface AccessTokensTable {
  account_id: number
  id: number
  hash: string
  user_id: number
  scopes: string
  description: string
  created_at: number
  expires_at: number | null
  revoked_at: number | null
  last_used_at: Generated<number | null>
  oauth_client_id: Generated<number | null>
  oauth_grant_hash: Generated<string | null>
  made_with_grant_hash: Generated<string | null>
}

export interface OAuthGrantsTable {
  account_id: number
  id: number
  hash: string
  client_id: number
  user_id: number
  scopes: string
  created_at: number
  expires_at: number | null
}

export interface OAuthClientsTable {
  account_id: number
  id: number
  uid: string
  name: string
  redirect_uris: string
  secret_hash: string | null
  created_at: number
}

export interface OAuthCodesTable {
  account_id: number
  hash: string
  client_id: number
  user_id: number
  scopes: string
  redirect_uri: string
  code_challenge: string | null
  code_challenge_method: string | null
  created_at: number
  expires_at: number
  used_at: number | null
}

export interface OAuthRefreshTokensTable {
  account_id: number
  hash: string
  client_id: number
  user_id: number
  scopes: string
  grant_hash: string
  created_at: number
}

export interface SessionsTable {
  hash: string
  account_id: number
  user_id: number
  created_at: number
  last_used_at: number
}

export interface OneTimeCodesTable {
  hash: string
  account_id: number
  purpose: string
  user_id: number
  created_at: number
  expires_at: number
  used_at: number | null
}

export interface IdempotencyKeysTable {
  account_id: number
  user_id: number
  key: string
  fingerprint: string
  body: string
  created_at: number
}

export interface SavedViewsTable {
  account_id: number
  id: number
  creator_id: number
  name: string
  query: string
  columns: string
  is_shared: number
  created_at: number
  updated_at: number
}

export interface PlanStopsTable {
  account_id: number
  user_id: number
  resource_kind: number
  resource_id: number
  day: string
  number: number
  state: string
  skip_reason: string | null
  visit_id: number | null
}

export interface LocationLooksTable {
  account_id: number
  user_id: number
  visit_id: number
  viewer_id: number
  hour: number
  at: number
}
