import { Button } from './Button.tsx'

/** All parts in all states, in development only. */
export const PartsScreen = () => <Button>{'Parts'}</Button>
