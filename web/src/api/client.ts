import { createClient } from '@doorstep/client/client'

import { basePath } from '../base-path.ts'

/** The SDK with the browser's session: it adds the CSRF token, and retries what may be retried. */
export const client = createClient({ url: `${location.origin}${basePath}`, token: null })
