import type * as contract from '@doorstep/contract/custom-fields'
import type { Operation } from '@doorstep/contract/operations'

import { printSeconds } from '../../domain/clock.ts'
import type { CustomField } from '../../domain/custom-fields.ts'
import type { Queries, Transaction } from '../../domain/store.ts'
import type { ResourceKind } from '../../domain/visits.ts'
import {
  addField,
  changeField,
  type FieldChange,
  type FieldProblem,
  findField,
  findFieldProblems,
} from '../../rules/custom-fields.ts'
import { fieldProblem, type Problem, throwProblems } from '../errors.ts'
import type { Call } from '../request/call.ts'
import { writeOnce } from '../request/idempotency.ts'
import { idOf, orNotFound, type Params, writeCheckedObject } from '../request/ids.ts'
import { answerPage, printItem } from '../request/pages.ts'

type AnyCall = Omit<Call<Operation>, 'query' | 'body'>
type Change = contract.ContactFieldChange
type Subject = Parameters<typeof findFieldProblems>[2]
type Draft = Change & { readonly name: string; readonly type: CustomField['type'] }

const type = 'custom_field'

/** The handlers of the custom fields of leads or of contacts, and the checks of their bodies. */
function customFieldHandlers(kind: ResourceKind) {
  const print = (field: CustomField): string => printItem(type, toAnswer(kind, field))
  const problemsOf = async (queries: Queries, of: Subject, body: Change): Promise<Problem[]> =>
    (await findFieldProblems(queries, kind, of, toChange(body))).map(toProblem)
  return {
    list: (call: AnyCall & { readonly query: contract.CustomFieldQuery }) =>
      answerPage(
        call,
        type,
        ['id'],
        (page) => call.store.customFields.list(call.actor.accountKey, kind, call.query.ids, page),
        (field) => toAnswer(kind, field),
      ),
    get: async ({ store, actor, params }: AnyCall) =>
      print(
        await orNotFound(type, params, () =>
          store.read(actor.accountKey, (queries) => findField(queries, kind, idOf(params))),
        ),
      ),
    present: async ({ customFields }: Transaction, { params }: { readonly params: Params }) =>
      [...(await customFields.find(kind, [idOf(params)])).values()].map(print),
    create: (call: AnyCall & { readonly body: Draft }) =>
      writeOnce(
        call,
        async (queries) =>
          throwProblems(await problemsOf(queries, { name: call.body.name }, call.body)),
        async (tx) => {
          const { name, type: fieldType } = call.body
          const draft = { ...toChange(call.body), name, type: fieldType }
          return print(await addField(tx, kind, draft, call.clock()))
        },
      ),
    update: (call: AnyCall & { readonly body: Change }) =>
      writeCheckedObject(
        call,
        type,
        async (queries, id) => {
          await findField(queries, kind, id)
          throwProblems(await problemsOf(queries, { id }, call.body))
        },
        async (tx, id) => print(await changeField(tx, kind, id, toChange(call.body), call.clock())),
      ),
    /** Problems that only the store can find. */
    checks: {
      checkMoreOnRefusal: ({ store, actor, params }: AnyCall, body: Partial<Draft>) =>
        store.read(actor.accountKey, (queries) =>
          problemsOf(queries, 'id' in params ? { id: idOf(params) } : { name: body.name }, body),
        ),
    },
  }
}

const toChange = ({ type: fieldType, choices, for_company, for_contact }: Change): FieldChange => ({
  type: fieldType,
  choices,
  forCompany: for_company,
  forContact: for_contact,
})

const toProblem = ({ field, code, why }: FieldProblem): Problem =>
  fieldProblem(type, field, code, why)

function toAnswer(
  kind: ResourceKind,
  field: CustomField,
): contract.LeadCustomField | contract.ContactCustomField {
  return {
    id: field.id,
    name: field.name,
    type: field.type,
    choices: field.choices && field.choices.map(({ id, name }) => ({ id, name })),
    ...(kind === 'contact' && {
      for_company: field.forCompany,
      for_contact: field.forContact,
      for_organisation: field.forCompany,
    }),
    created_at: printSeconds(field.createdAt),
    updated_at: printSeconds(field.updatedAt),
  }
}

export const leadCustomFields = customFieldHandlers('lead')
export const contactCustomFields = customFieldHandlers('contact')
