import { useMutation } from '@tanstack/react-query'

import { client } from '../../api/client.ts'
import { reloadUsers, type User } from '../../api/users.ts'
import { Question } from '../../parts/Question.tsx'
import { say } from '../../parts/toasts.ts'
import { problemOf } from '../../texts/problem.ts'
import { texts } from '../../texts/texts.ts'

const { users: words } = texts

interface DeactivateProps {
  readonly user: User
  readonly onClose: () => void
}

/** Asks first, because tokens and sessions end for good. */
export function Deactivate({ user, onClose }: DeactivateProps) {
  const deactivate = useMutation({
    mutationFn: () => client.users.update(user.id, { status: 'inactive' }),
    onSuccess: async () => {
      await reloadUsers()
      say(words.inactiveNow(user.name))
      onClose()
    },
  })
  return (
    <Question
      title={words.deactivateTitle(user.name)}
      help={words.deactivateHelp}
      confirm={words.deactivateDo}
      isPending={deactivate.isPending}
      problem={deactivate.error ? problemOf(deactivate.error, words.failed) : undefined}
      onConfirm={() => deactivate.mutate()}
      onClose={onClose}
    />
  )
}
