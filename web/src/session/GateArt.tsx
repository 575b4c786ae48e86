/** A map of nowhere in particular: paper and grid. */
export const GateArt = () => <div className="art" aria-hidden="true" />
