import './log.css'
import './log-form.css'
import './place-help.css'
import './choice.css'
import type { Customer } from '@doorstep/contract/customers'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useEffect, useState } from 'react'

import { useConsent } from '../near/consent.ts'
import { WhyLocation } from '../near/WhyLocation.tsx'
import type { Fix } from '../offline/fixes.ts'
import { indexNearest, type NearCustomer } from '../offline/nearest.ts'
import { notePlace } from '../offline/use-here.ts'
import { type PhoneRecords, useRecords, useRecordSync } from '../offline/use-records.ts'
import { useIsPhone } from '../parts/is-phone.ts'
import { useTitle } from '../parts/use-title.ts'
import { texts } from '../texts/texts.ts'
import { CloseButton } from './CloseButton.tsx'
import { CustomerChoice } from './CustomerChoice.tsx'
import { FixVisit } from './FixVisit.tsx'
import { LogSheet } from './LogSheet.tsx'
import { OtherDraft } from './OtherDraft.tsx'
import { useClose } from './use-close.ts'
import { useFirstCustomer, useLatestDraft } from './use-first-customer.ts'
import { useFix } from './use-fix.ts'
import { useLogCustomer } from './use-log-customer.ts'

const { screens } = texts

// The map is large, and few need it here.
const PinProposal = lazy(async () => ({
  default: (await import('./PinProposal.tsx')).PinProposal,
}))

/** The nearest other customer, which it may have been. */
function otherOf(
  records: PhoneRecords | undefined,
  fix: Fix | null,
  { resource_type: type, id }: Customer,
): NearCustomer | undefined {
  if (!records || !fix) return undefined
  return indexNearest(records.customers)
    .find(fix, 2)
    .find(({ customer }) => customer.resource_type !== type || customer.id !== id)
}

export function LogScreen() {
  const { fix } = useSearch({ from: '/shell/log' })
  const close = useClose()
  useTitle(screens.log)
  useRecordSync()
  // Without HTTPS a browser has neither the locks nor the keys with which a visit is sent once.
  if (!isSecureContext) return <NotSecure onClose={close} />
  return (
    <div className="log">
      {fix === undefined ? (
        <NewVisit onClose={close} />
      ) : (
        <FixVisit visitKey={fix} onClose={close} />
      )}
    </div>
  )
}

function NotSecure({ onClose }: { readonly onClose: () => void }) {
  return (
    <div className="log">
      <CloseButton onClose={onClose} />
      <section className="choice">
        <h1>{texts.log.notSecure.title}</h1>
        <p>{texts.log.notSecure.help}</p>
      </section>
    </div>
  )
}

/** Others use the place once the phone has found it. */
function useNoting(best: Fix | null, isLooking: boolean): void {
  useEffect(() => {
    if (best && !isLooking) void notePlace(best)
  }, [best, isLooking])
}

/** Shows the log of a customer, or a step of it. */
function useShow() {
  const navigate = useNavigate()
  return useCallback(
    (key: Pick<Customer, 'resource_type' | 'id'>, step?: 'choose' | 'pin') => {
      const search = { type: key.resource_type, customer: key.id, step }
      void navigate({ to: '/log', search, replace: true })
    },
    [navigate],
  )
}

function NewVisit({ onClose }: { readonly onClose: () => void }) {
  const { type, customer: id, step } = useSearch({ from: '/shell/log' })
  const isPhone = useIsPhone()
  const { consent, decide, explain } = useConsent()
  const [isTyping, setIsTyping] = useState(false)
  const finding = useFix(isPhone && consent === 'asked')
  const records = useRecords()
  const customer = useLogCustomer(type && id ? { resource_type: type, id } : undefined)
  const show = useShow()
  const { best, isLooking } = finding
  // Whoever is asked first whether the phone may look has not come to the list.
  const isAsking = isPhone && (consent === undefined || consent === 'unasked')
  useNoting(best, isLooking)
  const isOpen = id === undefined && step === undefined && !isTyping
  const isFinding = isPhone && consent === 'asked' && isLooking
  const draft = useLatestDraft(type && id ? { resource_type: type, id } : undefined)
  useFirstCustomer(isOpen && !isAsking, records, { best, isLooking: isFinding }, draft, show)
  const otherDraft = draft && <OtherDraft draft={draft} onChoose={show} />

  if (isPhone && consent === undefined) return null
  if (isPhone && consent === 'unasked') {
    return (
      <WhyLocation
        onGo={() => decide('asked')}
        onWithout={() => decide('declined')}
        onClose={onClose}
        without={texts.near.why.log}
      />
    )
  }
  if (!customer || step === 'choose') {
    return (
      <>
        <CloseButton onClose={onClose} />
        <CustomerChoice
          records={records}
          fix={best}
          isLooking={isFinding}
          isGone={customer === null}
          before={otherDraft}
          onTyping={() => setIsTyping(true)}
          onChoose={show}
        />
      </>
    )
  }
  if (step === 'pin') {
    return (
      <Suspense>
        <PinProposal customer={customer} fix={best} onClose={() => show(customer)} />
      </Suspense>
    )
  }
  return (
    <>
      <CloseButton onClose={onClose} />
      <LogSheet
        key={`${customer.resource_type} ${customer.id}`}
        customer={customer}
        finding={isPhone ? (consent === 'declined' ? 'declined' : finding) : 'desk'}
        other={otherOf(records, best, customer)}
        otherDraft={otherDraft}
        onChoose={() => show(customer, 'choose')}
        onPin={() => show(customer, 'pin')}
        onExplain={explain}
        onSaved={onClose}
      />
    </>
  )
}
