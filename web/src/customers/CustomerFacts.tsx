import { Menu } from '@base-ui/react/menu'
import { useQuery } from '@tanstack/react-query'
import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'

import { useMayEdit } from '../addresses/use-owners.ts'
import type { Customer, CustomerKey, KnownRecord } from '../api/customers.ts'
import { usersQuery, useUserName } from '../api/users.ts'
import { ChoiceMenu } from '../filters/ChoiceMenu.tsx'
import { Avatar } from '../parts/Avatar.tsx'
import { useHeld } from '../parts/held.ts'
import { Tag } from '../parts/Tag.tsx'
import { texts } from '../texts/texts.ts'
import { changeCustomer } from './change-customer.ts'
import { giveAway, heldOwners, nameOfKey } from './give-away.ts'
import { isLead } from './record-values.ts'

const { record: words, due } = texts.customer

interface FactProps {
  readonly name: string
  readonly children: ReactNode
}

export const Fact = ({ name, children }: FactProps) => (
  <div className="fact">
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)

interface OwnerProps {
  readonly customer: Customer
  readonly mayEdit: boolean
}

function Owner({ customer, mayEdit }: OwnerProps) {
  const { resource_type: type, id } = customer
  const key: CustomerKey = { type, id }
  const held = useHeld(heldOwners).get(nameOfKey(key))
  const owner = held === undefined ? customer.owner_id : held
  const mayEditWith = useMayEdit()
  const { data: users = [] } = useQuery(usersQuery)
  const nameOf = useUserName()
  const name = owner === null ? words.noOwner : (nameOf(owner) ?? texts.visits.unknownRep)
  const shown = (
    <>
      {owner !== null && <Avatar id={owner} name={name} size="small" />}
      <span dir="auto" className="ellipsis">
        {name}
      </span>
    </>
  )
  if (!mayEdit || held !== undefined) return <span className="owner">{shown}</span>
  const change = (next: number) => {
    if (!mayEditWith(next)) return giveAway(key, next, nameOf(next))
    void changeCustomer(key, {
      change: { owner_id: next },
      back: { owner_id: owner },
      done: texts.customer.ownerIs(nameOf(next) ?? ''),
      failed: texts.customer.form.failed,
    })
  }
  return (
    <ChoiceMenu
      isSingle
      choices={users
        .filter(({ status, id: user }) => status === 'active' || user === owner)
        .map((user) => ({ value: user.id, name: user.name }))}
      chosen={owner === null ? [] : [owner]}
      onChosen={([next]) => next !== undefined && change(next)}
      trigger={
        <Menu.Trigger className="owner" aria-label={words.changeOwner(name)}>
          {shown}
          <ChevronDown aria-hidden="true" />
        </Menu.Trigger>
      }
    />
  )
}

/** A link that a person may follow; what is no web address stays a text. */
function website(text: string): ReactNode {
  const url = URL.parse(/^https?:/i.test(text) ? text : `https://${text}`)
  if (!url?.hostname.includes('.')) return text
  return (
    <a className="link" href={url.href} target="_blank" rel="noreferrer">
      {url.host}
    </a>
  )
}

const phone = (text: string) => (
  <a className="link num" href={`tel:${text.replaceAll(/[^\d+]/g, '')}`}>
    {text}
  </a>
)

/** The other name of a lead that is a person in a company. */
function otherName({ data }: KnownRecord, shown: string): readonly [string, string] | undefined {
  if (!isLead(data)) return undefined
  const { organization_name: company } = data
  const person = [data.first_name, data.last_name].filter(Boolean).join(' ')
  if (company && company !== shown) return [words.company, company]
  return person && person !== shown ? [words.contact, person] : undefined
}

interface CustomerFactsProps extends OwnerProps {
  readonly known: KnownRecord | undefined
}

/** Who it belongs to, and how to reach it. */
export function CustomerFacts({ customer, known, mayEdit }: CustomerFactsProps) {
  const { data } = known ?? {}
  const other = known && otherName(known, customer.name)
  const kind = texts.customers.kinds[customer.resource_type]
  const state = data && isLead(data) ? data.status : undefined
  return (
    <dl className="customer-facts">
      <Fact name={words.owner}>
        <Owner customer={customer} mayEdit={mayEdit} />
      </Fact>
      {other && <Fact name={other[0]}>{other[1]}</Fact>}
      {data?.title && <Fact name={words.title}>{data.title}</Fact>}
      {data?.phone && <Fact name={words.phone}>{phone(data.phone)}</Fact>}
      {data?.mobile && <Fact name={words.mobile}>{phone(data.mobile)}</Fact>}
      {data?.email && (
        <Fact name={words.email}>
          <a className="link" href={`mailto:${data.email}`}>
            {data.email}
          </a>
        </Fact>
      )}
      {data?.website && <Fact name={words.website}>{website(data.website)}</Fact>}
      {data && data.tags.length > 0 && (
        <Fact name={words.tags}>
          <span className="tags">
            {data.tags.map((tag) => (
              <Tag key={tag}>{tag}</Tag>
            ))}
          </span>
        </Fact>
      )}
      <Fact name={words.kind}>{[kind, state].filter(Boolean).join(', ')}</Fact>
      {customer.visit_every_days !== null && (
        <Fact name={words.visitEvery}>{due.every(customer.visit_every_days)}</Fact>
      )}
    </dl>
  )
}

const printed = (value: unknown): string => {
  if (typeof value === 'boolean') return value ? words.yes : words.no
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  if (Array.isArray(value)) return value.map(printed).join(', ')
  return JSON.stringify(value)
}

const isFilled = ([, value]: readonly [string, unknown]) => value !== null && value !== ''

/** What the account has named itself. */
export function CustomFacts({ known: { data } }: { readonly known: KnownRecord }) {
  const fields = Object.entries(data.custom_fields).filter(isFilled)
  if (fields.length === 0 && !data.description) return null
  return (
    <section>
      <h2 className="eyebrow">{words.more}</h2>
      <dl className="customer-facts">
        {data.description && <Fact name={words.description}>{data.description}</Fact>}
        {fields.map(([name, value]) => (
          <Fact key={name} name={name}>
            {printed(value)}
          </Fact>
        ))}
      </dl>
    </section>
  )
}
