import { type Client, createClient } from '@doorstep/client/client'

/** A client of `DOORSTEP_URL` with the token in `DOORSTEP_TOKEN`. */
export function connect(): Client {
  const { DOORSTEP_URL: url = 'http://127.0.0.1:8080', DOORSTEP_TOKEN: token } = process.env
  if (token === undefined)
    throw new Error('Set DOORSTEP_TOKEN: ./doorstep token create --user EMAIL')
  return createClient({ url, token, userAgent: 'doorstep-examples' })
}
