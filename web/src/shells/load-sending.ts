import type { ComponentType } from 'react'

import { whenConnected } from '../offline/when-connected.ts'

/** Imports what shows nothing and may come late: again, whenever the server may be reached, until it is there. */
export const loadSending = () =>
  new Promise<{ default: ComponentType }>((resolve) => {
    const end = whenConnected(async () => {
      try {
        const { Sending } = await import('./Sending.tsx')
        end()
        resolve({ default: Sending })
      } catch (error) {
        console.warn('Nothing is sent yet:', error)
      }
    })
  })
