import './toast.css'
import { Toast } from '@base-ui/react/toast'

import { texts } from '../texts/texts.ts'
import { Kbd } from './Kbd.tsx'
import { toasts } from './toasts.ts'
import { useKeys } from './use-keys.ts'

function List() {
  const { toasts: shown } = Toast.useToastManager()
  const latest = shown.find(
    ({ actionProps, transitionStatus }) => actionProps?.onClick && transitionStatus !== 'ending',
  )?.id
  useKeys({
    z: () =>
      document.querySelector<HTMLButtonElement>('.toast:not([data-ending-style]) .undo')?.click(),
  })
  return shown.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className="toast">
      <span className="said">
        <Toast.Title render={<b />} />
        <Toast.Description render={<span />} />
      </span>
      {toast.actionProps && (
        <Toast.Action className="undo">
          {texts.parts.undo}
          {toast.id === latest && <Kbd>{'Z'}</Kbd>}
        </Toast.Action>
      )}
    </Toast.Root>
  ))
}

/** Where offerUndo and say appear: at the foot of the window. */
export const Toasts = () => (
  <Toast.Provider toastManager={toasts} limit={3}>
    <Toast.Portal>
      <Toast.Viewport className="toasts">
        <List />
      </Toast.Viewport>
    </Toast.Portal>
  </Toast.Provider>
)
