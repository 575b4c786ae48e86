import { Menu } from '@base-ui/react/menu'

import { ChoiceMenu } from '../filters/ChoiceMenu.tsx'
import { FilterBar } from '../filters/FilterBar.tsx'
import { Bar } from '../parts/Bar.tsx'
import { Filter } from '../parts/Filter.tsx'
import { useIsPhone } from '../parts/is-phone.ts'
import { type MapSearch, mapLayers, parseVisitFilters } from '../search.ts'
import { Live } from '../shells/Live.tsx'
import { texts } from '../texts/texts.ts'
import { ShownAs } from '../visits/ShownAs.tsx'
import { CustomerFilterBar } from './CustomerFilterBar.tsx'
import { colourOf, coloursOf, layerOf, showsCustomers } from './map-choices.ts'

const { map: words } = texts

interface MapBarProps {
  readonly search: MapSearch
  readonly onChange: (change: Partial<MapSearch>) => void
}

/** The filters of what the map shows. */
const Filters = ({ search, onChange }: MapBarProps) =>
  showsCustomers(search) ? (
    <CustomerFilterBar search={search} onChange={onChange} />
  ) : (
    <FilterBar search={{ ...search, bbox: undefined }} onChange={onChange} />
  )

/** Which layer is shown, and what its colours stand for. */
function Look({ search, onChange }: MapBarProps) {
  const layer = layerOf(search)
  const colours = coloursOf(layer)
  const by = colourOf(search)
  const nameOf = (colour: typeof by) =>
    layer === 'customers' && (colour === 'outcome' || colour === 'rep')
      ? words.customerColours[colour]
      : words.colours[colour]
  return (
    <>
      <ChoiceMenu
        isSingle
        choices={mapLayers.map((value) => ({ value, name: words.layers[value] }))}
        chosen={[layer]}
        onChosen={([next = layer]) => {
          onChange({ layer: next === 'visits' ? undefined : next })
        }}
        trigger={<Menu.Trigger render={<Filter name={words.show} value={words.layers[layer]} />} />}
      />
      {colours.length > 1 && (
        <ChoiceMenu
          isSingle
          choices={colours.map((value) => ({ value, name: nameOf(value) }))}
          chosen={[by]}
          onChosen={([next = by]) => onChange({ by: next === 'outcome' ? undefined : next })}
          trigger={<Menu.Trigger render={<Filter name={words.colourBy} value={nameOf(by)} />} />}
        />
      )}
    </>
  )
}

/** The bar above the map; on a phone, filters have a line of their own. */
export function MapBar({ search, onChange }: MapBarProps) {
  const isPhone = useIsPhone()
  const filters = <Filters search={search} onChange={onChange} />
  const look = <Look search={search} onChange={onChange} />
  return (
    <>
      <Bar title={texts.screens.map}>
        {!isPhone && (
          <>
            <ShownAs shown="map" search={parseVisitFilters({ ...search, bbox: undefined })} />
            {filters}
          </>
        )}
        <span className="spread" />
        <Live />
        {!isPhone && look}
      </Bar>
      {isPhone && (
        <div className="map-filters">
          {look}
          {filters}
        </div>
      )}
    </>
  )
}
