import { below, type Random } from './random.ts'

/** An outcome of the demo account. The weights are per cent of the visits with an outcome. */
export interface DemoOutcome {
  id: number
  name: string
  /** Of an outcome that new accounts do not have. */
  icon?: string
  leadWeight: number
  contactWeight: number
  notes: readonly string[]
}

export const OUTCOMES: readonly DemoOutcome[] = [
  {
    id: 23296,
    name: 'Interested',
    leadWeight: 25,
    contactWeight: 17,
    notes: [
      'Wants a quote for the autumn range',
      'Liked the samples and asked about delivery times',
      'Will compare our prices with the present supplier',
      'Asked for a trial week with two display stands',
      'Needs the data sheet before the next budget round',
    ],
  },
  {
    id: 23297,
    name: 'Not interested',
    leadWeight: 19,
    contactWeight: 6,
    notes: [
      'Has a contract with another supplier until next year',
      'No budget this season',
      'Buys through head office only',
      'Shop closes at the end of the month',
    ],
  },
  {
    id: 23298,
    name: 'No answer',
    leadWeight: 27,
    contactWeight: 16,
    notes: [
      'Closed, left a card',
      'Nobody at the counter, left a brochure',
      'Rang twice, no one came to the door',
    ],
  },
  {
    id: 23299,
    name: 'Come back later',
    leadWeight: 18,
    contactWeight: 15,
    notes: [
      'Owner is on holiday until next week',
      'Too busy now, asked me to return after lunch',
      'Buyer is at a trade fair',
      'Wants to talk after the stocktaking',
    ],
  },
  {
    id: 23300,
    name: 'Customer on site',
    leadWeight: 3,
    contactWeight: 15,
    notes: [
      'Checked the shelves and replaced two price tags',
      'Trained the new staff at the counter',
      'Swapped a damaged display stand',
      'Went through the open complaints, all settled',
    ],
  },
  {
    id: 23301,
    name: 'Order placed',
    icon: 'shopping-cart',
    leadWeight: 5,
    contactWeight: 30,
    notes: [
      'Ordered the usual assortment',
      'Ordered twelve boxes',
      'Added the new line to the standing order',
      'Ordered for both branches',
    ],
  },
  {
    id: 23302,
    name: 'Wrong address',
    icon: 'ban',
    leadWeight: 3,
    contactWeight: 1,
    notes: ['Moved out, the neighbour has the new address', 'The number does not exist'],
  },
]

export const NOTES_WITHOUT_OUTCOME: readonly string[] = [
  'Short stop, dropped off samples',
  'Took photos of the shop window',
  'Spoke with the temporary staff only',
]

export const FOLLOW_UPS: readonly string[] = [
  '',
  '',
  '',
  'Call again on Tuesday.',
  'Send the price list by mail.',
  'Next visit in four weeks.',
  'Bring samples next time.',
  'Ask for the branch manager.',
  'Parking is behind the building.',
  'Mornings are best.',
]

export const FIRST_NAMES: readonly string[] = listOf(`
  Ada, Amir, Anouk, Ansel, Bea, Björn, Carla, Çağla, Daniela, Dario, Edda, Elif, Emil, Faye,
  Félix, Greta, Hana, Hugo, Ilse, Inés, Jana, Jonas, Jürgen, Kaito, Kira, Leo, Linnéa, Luca,
  Maeve, Márta, Milo, Mina, Nadia, Nils, Noémie, Olga, Oscar, Paula, Petr, Priya, Rafael, Rosa,
  Samir, Tess, Tomás, Vera, Yuki, Zoë
`)

/** Words, not surnames, so that no user resembles a real person. */
export const LAST_NAMES: readonly string[] = listOf(`
  Acornfield, Amberlight, Appleblossom, Barleycorn, Bellflower, Birchbark, Bluelantern, Bramblewood,
  Brightwater, Candlewick, Cloudberry, Cobblestone, Copperkettle, Cornerstone, Dewdrop, Doorbell,
  Dovecote, Driftwood, Evergreen, Fernhill, Fiddlehead, Firefly, Foxglove, Goldenrod, Greengate,
  Hazelnut, Honeycomb, Ivyhedge, Juniperberry, Lamplight, Marigold, Meadowlark, Mossyoak,
  Nutmeg, Northwind, Oatmeadow, Peppermint, Pinecone, Quillfeather, Raincloud, Saltmarsh,
  Silverbirch, Snowdrop, Sunflower, Thistledown, Windchime
`)

export const STREET_NAMES: readonly string[] = listOf(`
  Acacia, Arsenal, Canal, Castle, Cedar, Central, Chapel, Concord, Fountain, Garden, Granary,
  Harbour, Jasmine, Laurel, Linden, Magnolia, Market, Mill, Mint, Museum, Observatory, Olive,
  Orchard, Palace, Park, Poplar, River, Rose, Station, Terrace, Tower, University, Victory,
  Vineyard
`)

export const STREET_KINDS: readonly string[] = ['Street', 'Street', 'Avenue', 'Road', 'Lane', 'Way']

export const COMPANY_WORDS: readonly string[] = listOf(`
  Amber, Anchor, Aurora, Beacon, Blue Door, Bridge, Clover, Comet, Compass, Copper, Corner, Delta,
  Falcon, Four Winds, Green Leaf, Harvest, Horizon, Juniper, Lighthouse, Maple, Meridian,
  Morning Star, North Gate, Old Mill, Orbit, Parkside, Pebble, Pioneer, Red Kite, Riverside,
  Sable, Silver, Summit, Sunny Side, Tulip, Twin Oaks, Velvet, West End, Willow, Zenith
`)

export interface Trade {
  name: string
  industry: string
}

export const TRADES: readonly Trade[] = listOf(`
  Bakery: Food, Bikes: Retail, Books: Retail, Café: Hospitality, Car Service: Automotive,
  Carpentry: Crafts, Cleaning: Services, Dental Clinic: Health, Electrics: Crafts, Florist:
  Retail, Garden Centre: Retail, Grocery: Food, Hardware: Retail, Hotel: Hospitality, Opticians:
  Health, Pharmacy: Health, Plumbing: Crafts, Restaurant: Hospitality
`).map((text) => {
  const [name = '', industry = ''] = text.split(': ')
  return { name, industry }
})

export const TITLES: readonly string[] = ['Owner', 'Owner', 'Manager', 'Buyer', 'Branch manager']

/** 555-0100 to 555-0199 are reserved for fiction. */
export function fictionalPhone(random: Random): string {
  return `+1-202-555-01${String(below(random, 100)).padStart(2, '0')}`
}

/** Lower-case letters without marks: 'Café Zoë' is 'cafezoe'. */
export function asciiWord(text: string): string {
  return text
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '')
}

function listOf(text: string): readonly string[] {
  return text.split(',').map((word) => word.trim().replaceAll(/\s+/g, ' '))
}
