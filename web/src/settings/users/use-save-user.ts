import type { UserChange } from '@doorstep/contract/users'
import { useMutation } from '@tanstack/react-query'

import { client } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import { reloadUsers, type User, usersQuery } from '../../api/users.ts'
import { offerUndo, say } from '../../parts/toasts.ts'
import { withoutUndefined } from '../../search.ts'
import { problemOf } from '../../texts/problem.ts'
import { texts } from '../../texts/texts.ts'

interface Save {
  readonly id: number
  readonly change: UserChange
  readonly done?: string | undefined
  /** What undo writes. */
  readonly back?: UserChange | undefined
}

function show(id: number, change: UserChange) {
  queryClient.setQueryData(usersQuery.queryKey, (users) =>
    users?.map((user) => (user.id === id ? { ...user, ...withoutUndefined(change) } : user)),
  )
}

/** Saves a change of a person at once, with undo; one that is refused is shown as it was. */
export function useSaveUser() {
  const mutation = useMutation({
    mutationFn: ({ id, change }: Save) => client.users.update(id, change),
    onMutate: async ({ id, change }) => {
      await queryClient.cancelQueries({ queryKey: usersQuery.queryKey, exact: true })
      const before = queryClient.getQueryData(usersQuery.queryKey)
      show(id, change)
      return before
    },
    onError: (error, _save, before) => {
      queryClient.setQueryData(usersQuery.queryKey, before)
      say(problemOf(error, texts.users.failed))
    },
    onSuccess: (_answer, { id, done, back }) => {
      if (done === undefined) return
      if (back) offerUndo(done, () => mutation.mutate({ id, change: back }))
      else say(done)
    },
    onSettled: reloadUsers,
  })
  return (user: User, change: UserChange, done: string, back?: UserChange) =>
    mutation.mutate({ id: user.id, change, done, back })
}

export type SaveUser = ReturnType<typeof useSaveUser>
