import type { LocationData } from '@doorstep/contract/location-data'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { client } from '../../api/client.ts'
import { locationDataQuery } from '../../api/location-data.ts'
import { queryClient } from '../../api/query-client.ts'
import { Button } from '../../parts/Button.tsx'
import { Failed } from '../../parts/Failed.tsx'
import { Question } from '../../parts/Question.tsx'
import { Skeleton } from '../../parts/Skeleton.tsx'
import { Switch } from '../../parts/Switch.tsx'
import { offerUndo, say } from '../../parts/toasts.ts'
import { problemOf } from '../../texts/problem.ts'
import { texts } from '../../texts/texts.ts'
import { SettingsBox } from '../SettingsBox.tsx'
import { SettingsRow } from '../SettingsRow.tsx'
import { HeldByDay } from './HeldByDay.tsx'

const { account, saving } = texts

/** What is held about where whoever is signed in was, and the ways to end it. */
export function LocationBox() {
  const { data, error, refetch } = useQuery(locationDataQuery)
  return (
    <SettingsBox title={account.places} about={account.placesAbout}>
      {!data && !error && (
        <div className="padded">
          <Skeleton rows={3} hasDisc={false} />
        </div>
      )}
      {!data && error && (
        <Failed title={account.placesFailed} error={error} onRetry={() => void refetch()} />
      )}
      {data && <Held data={data} />}
    </SettingsBox>
  )
}

function Held({ data }: { readonly data: LocationData }) {
  const { held, retention } = data
  return (
    <>
      <div className="padded held">
        <p>{account.held(held.visits, retention.days)}</p>
        {held.imported_visits > 0 && (
          <p className="muted">{account.imported(held.imported_visits)}</p>
        )}
        {held.visits > 0 && <HeldByDay days={held.by_day} kept={retention.days} />}
      </div>
      <Sharing isOn={data.shares_location} />
      {held.visits > 0 && <DropAll visits={held.visits} />}
    </>
  )
}

function Sharing({ isOn }: { readonly isOn: boolean }) {
  const change = useMutation({
    mutationFn: (shares: boolean) => client.locationData.update({ shares_location: shares }),
    onSuccess: ({ data }) => {
      queryClient.setQueryData(locationDataQuery.queryKey, data)
      offerUndo(data.shares_location ? account.nowOn : account.nowOff, () =>
        change.mutate(!data.shares_location),
      )
    },
  })
  return (
    <SettingsRow
      label={account.share}
      help={change.error ? problemOf(change.error, saving.failed) : isOn ? account.on : account.off}
    >
      <Switch
        name={account.share}
        isOn={change.isPending ? change.variables : isOn}
        onChange={(shares) => change.mutate(shares)}
      />
    </SettingsRow>
  )
}

/** Asks once, since what is dropped never comes back. */
function DropAll({ visits }: { readonly visits: number }) {
  const [isAsking, setIsAsking] = useState(false)
  const drop = useMutation({
    mutationFn: () => client.locationData.remove(),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['location_data'] })
      setIsAsking(false)
      say(account.dropped)
    },
  })
  return (
    <SettingsRow label={account.drop} help={account.dropHelp}>
      <Button kind="danger" onClick={() => setIsAsking(true)}>
        {account.dropAll(visits)}
      </Button>
      {isAsking && (
        <Question
          title={account.question(visits)}
          help={account.questionHelp}
          confirm={account.dropAll(visits)}
          isPending={drop.isPending}
          problem={drop.error ? problemOf(drop.error, saving.failed) : undefined}
          onConfirm={() => drop.mutate()}
          onClose={() => setIsAsking(false)}
        />
      )}
    </SettingsRow>
  )
}
