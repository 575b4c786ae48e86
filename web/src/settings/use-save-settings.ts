import type { SettingsChange } from '@doorstep/client/settings'
import { useMutation } from '@tanstack/react-query'

import { appQuery } from '../api/app-info.ts'
import { client } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { settingsQuery } from '../api/settings.ts'

/** Changes the account's settings, and shows what the server then says. */
export function useSaveSettings() {
  return useMutation({
    mutationFn: (change: SettingsChange) => client.settings.update(change),
    onSuccess: ({ data }) => {
      queryClient.setQueryData(settingsQuery.queryKey, data)
      void queryClient.invalidateQueries({ queryKey: appQuery.queryKey })
      void queryClient.invalidateQueries({ queryKey: ['location_data'] })
    },
  })
}
