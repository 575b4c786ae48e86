import { fold } from '../../domain/words.ts'
import { countKnown, type HeaderMap } from './columns.ts'
import { attributeOf, type TableKind, tableKinds } from './table-attributes.ts'

/** What people call the columns of an attribute, without accents, in words of lower case. */
const names: Readonly<Record<TableKind, Readonly<Record<string, string>>>> = {
  visit: {
    external_id: 'external id|uuid|guid|engagement id|activity id|event id',
    visited_at:
      'date|datum|fecha|data|visit date|visit time|visited|visited on|check in date|check in|checkin time|' +
      'activity date|data visita|date time|datetime|timestamp|when|besuchsdatum|besucht am|date de visite',
    creator:
      'rep|sales rep|user|owner|employee|agent|assigned to|activity assigned to|created by|who|visited by|' +
      'mitarbeiter|vertreter|vendedor|commercial|representante|benutzer|username',
    lead: 'lead|lead name|prospect',
    contact:
      'customer|account|account name|company|company name|client|shop|store|kunde|cliente|client name|' +
      'contact|contact name|customer name|associated company|cliente nome|firma',
    contact_id:
      'customer number|customer id|customer no|kundennummer|cliente id|contact id|account number',
    lead_id: 'lead id|lead number',
    outcome:
      'outcome|result|status|disposition|call result|call outcome|ergebnis|resultado|resultat|visit type',
    summary:
      'notes|note|comment|comments|description|summary|notiz|notizen|bemerkung|obs|observacoes|observaciones|' +
      'log notes|remarks|details|kommentar|body|meeting notes|said',
    latitude: 'lat|latitude|breite|latitud',
    longitude: 'lng|lon|long|longitude|laenge|lange|longitud',
    resource_address: 'address|location|adresse|direccion|morada|endereco',
  },
  lead: {},
  contact: {},
}

const records: Readonly<Record<string, string>> = {
  external_id: 'external id|uuid|guid|salesforce id|hubspot id',
  id: 'no|number|customer number|customer id|kundennummer|record id|contact id|lead id|account number',
  name: 'customer|account|account name|client|shop|store|kunde|cliente|customer name|nome|nombre|full name',
  organization_name: 'company|organisation|organization|firma|empresa|societe',
  first_name: 'vorname|given name|nombre de pila|prenom',
  last_name: 'nachname|surname|family name|apellido|apellidos|nom|sobrenome',
  email: 'e mail|mail|email address|e mail address|correo',
  phone: 'phone number|telephone|telefon|telefono|telefone|tel',
  mobile: 'mobile number|cell|cell phone|handy|mobil|movil|telemovel',
  line1:
    'street|street address|strasse|address line 1|address 1|adresse|direccion|morada|calle|rua',
  city: 'town|stadt|ort|ciudad|cidade|ville|localidade',
  postal_code: 'zip code|postcode|postal|plz|postleitzahl|codigo postal|code postal',
  state: 'region|province|state region|bundesland|provincia|estado',
  country: 'land|pais|pays|country region',
  owner: 'rep|sales rep|account owner|contact owner|lead owner|assigned to|vertreter|vendedor',
  description: 'notes|note|comment|comments|notiz|bemerkung|obs',
  tags: 'tag|labels|label',
  latitude: 'lat|breite|latitud',
  longitude: 'lng|lon|long|laenge|lange|longitud',
  website: 'web|url|web site|homepage',
}

const wordsOf = (header: string): string =>
  fold(header)
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

const known = new Map(
  tableKinds.map((kind) => {
    const named = kind === 'visit' ? names.visit : records
    const pairs = Object.entries(named).flatMap(([attribute, texts]) =>
      texts.split('|').map((text) => [text, attribute] as const),
    )
    return [kind, new Map(pairs)]
  }),
)

/** The attribute that a column probably is. */
const guessOf = (kind: TableKind, header: string): string | undefined =>
  attributeOf(kind, header) ?? known.get(kind)?.get(wordsOf(header))

/** Which column probably is which attribute, for a person to confirm; each attribute at most once. */
export function guessMap(kind: TableKind, header: readonly string[]): HeaderMap {
  const map = new Map<string, string[]>()
  const exact = header.filter((each) => attributeOf(kind, each) !== undefined)
  for (const each of [...exact, ...header]) {
    const attribute = guessOf(kind, each)
    if (attribute !== undefined && !map.has(attribute)) map.set(attribute, [each])
  }
  return withTimeOfDay(kind, map, header)
}

const timeOfDay = /^(?:time|hour|hora|uhrzeit|zeit|heure|check in time|visit time|start time)$/

/** A date whose time of day is in a column of its own. */
function withTimeOfDay(
  kind: TableKind,
  map: Map<string, string[]>,
  header: readonly string[],
): HeaderMap {
  const date = map.get('visited_at')?.[0]
  const time = header.find((each) => each !== date && timeOfDay.test(wordsOf(each)))
  if (kind === 'visit' && date !== undefined && time !== undefined) {
    map.set('visited_at', [date, time])
  }
  return map
}

/** What a table probably holds: the kind of which its header has the most columns. */
export function guessKind(header: readonly string[]): TableKind {
  const count = (kind: TableKind): number => guessMap(kind, header).size
  const isVisit = guessMap('visit', header).has('visited_at')
  if (isVisit && count('visit') >= 2) return 'visit'
  return count('contact') >= count('visit') ? 'contact' : 'visit'
}

/** How many cells of a header would probably be imported. */
export const countGuessed = (kind: TableKind, cells: readonly string[]): number =>
  Math.max(countKnown(kind, new Map(), cells), guessMap(kind, cells).size)
