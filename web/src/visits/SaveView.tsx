import { Popover } from '@base-ui/react/popover'
import type { SavedView } from '@doorstep/contract/saved-views'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'

import { client } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { savedViewsQuery } from '../api/saved-views.ts'
import { sessionQuery } from '../api/sessions.ts'
import { Button } from '../parts/Button.tsx'
import { Checkbox } from '../parts/Checkbox.tsx'
import { Message } from '../parts/Message.tsx'
import { TextField } from '../parts/TextField.tsx'
import { offerUndo, say } from '../parts/toasts.ts'
import { problemOf } from '../texts/problem.ts'
import { texts } from '../texts/texts.ts'
import { savedFrom } from './saved-view.ts'
import type { VisitsSearch } from './visits-search.ts'

const { views } = texts

interface SaveViewProps {
  readonly search: VisitsSearch
  /** The view that is shown, if one is. */
  readonly shown: SavedView | undefined
  readonly onSaved: (id: number | undefined) => void
  /** Nothing to save, but it can be renamed, shared and deleted. */
  readonly isUnchanged?: boolean | undefined
}

const reload = () => queryClient.invalidateQueries({ queryKey: savedViewsQuery.queryKey })

/** Throws what the server says. */
async function remove(view: SavedView, onSaved: SaveViewProps['onSaved']): Promise<void> {
  await client.savedViews.remove(view.id)
  onSaved(undefined)
  await reload()
  offerUndo(views.deleted(view.name), () => void restore(view))
}

async function restore({ name, query, columns, is_shared }: SavedView): Promise<void> {
  try {
    await client.savedViews.create({ name, query, columns, is_shared })
    await reload()
  } catch (error) {
    say(problemOf(error, views.notRestored(name)))
  }
}

function Form({ search, shown, onSaved, close }: SaveViewProps & { readonly close: () => void }) {
  const { data: session } = useQuery(sessionQuery)
  const isOwn = shown !== undefined && shown.creator_id === session?.user.id
  const mayChange = isOwn || (shown !== undefined && session?.user.role === 'admin')
  const [name, setName] = useState(mayChange ? shown.name : '')
  const [isShared, setIsShared] = useState(mayChange ? shown.is_shared : false)
  const save = useMutation({
    mutationFn: async (id: number | undefined) => {
      const draft = { name: name.trim(), is_shared: isShared, ...savedFrom(search) }
      const { data } = await (id === undefined
        ? client.savedViews.create(draft)
        : client.savedViews.update(id, draft))
      return data
    },
    onSuccess: async (view) => {
      await reload()
      onSaved(view.id)
      close()
    },
  })
  const removal = useMutation({
    mutationFn: (view: SavedView) => remove(view, onSaved),
    onSuccess: close,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim()) save.mutate(mayChange ? shown.id : undefined)
  }
  return (
    <form className="save-view" onSubmit={submit}>
      <TextField label={views.viewName} value={name} onText={setName} maxLength={100} autoFocus />
      <label className="check-line">
        <Checkbox isChecked={isShared} onChecked={setIsShared} />
        {views.share}
      </label>
      {save.error && <Message kind="trouble">{problemOf(save.error, texts.saving.failed)}</Message>}
      {removal.error && (
        <Message kind="trouble">{problemOf(removal.error, views.notRemoved)}</Message>
      )}
      <div className="actions">
        {mayChange && (
          <Button
            kind="ghost"
            size="small"
            className="danger"
            disabled={removal.isPending}
            onClick={() => removal.mutate(shown)}
          >
            {views.remove}
          </Button>
        )}
        <span className="spread" />
        {mayChange && (
          <Button size="small" disabled={!name.trim()} onClick={() => save.mutate(undefined)}>
            {views.saveAsNew}
          </Button>
        )}
        <Button kind="primary" size="small" type="submit" disabled={!name.trim() || save.isPending}>
          {mayChange ? views.saveChanges : views.save}
        </Button>
      </div>
    </form>
  )
}

/** Keeps the filters and columns under a name. */
export function SaveView(props: SaveViewProps) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <Popover.Root open={isOpen} onOpenChange={setIsOpen}>
      <Popover.Trigger className="link save-link">
        {props.isUnchanged ? views.edit : views.saveView}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className="float" align="start" sideOffset={4}>
          <Popover.Popup className="menu" aria-label={views.saveView}>
            <Form {...props} close={() => setIsOpen(false)} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
