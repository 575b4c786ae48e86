import '@fontsource-variable/geist/index.css'
import './styles/layers.css'
import './styles/reset.css'
import './styles/tokens.css'
import './styles/base.css'
import { CSPProvider } from '@base-ui/react/csp-provider'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'

import { queryClient } from './api/query-client.ts'
import { askForFirstScreen } from './first-screen.ts'
import { installation } from './offline/install.ts'
import { serviceWorker } from './offline/service-worker-state.ts'
import { Toasts } from './parts/Toasts.tsx'
import { router } from './routes.tsx'
import { ExpiredSession } from './session/ExpiredSession.tsx'

/** To store the app takes the processor and the network, which the first screen needs more. */
const registerAfterMs = 5_000

const root = document.getElementById('app')
if (!root) throw new Error('index.html has no #app')

askForFirstScreen()
installation.listen()
serviceWorker.registerAfter(registerAfterMs)

createRoot(root).render(
  <StrictMode>
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
        <Toasts />
        <ExpiredSession />
      </QueryClientProvider>
    </CSPProvider>
  </StrictMode>,
)
