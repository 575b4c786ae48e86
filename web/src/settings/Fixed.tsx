import { Tag } from '../parts/Tag.tsx'
import { texts } from '../texts/texts.ts'

const { saving } = texts

/** Beside a value that the server's environment or a flag has set, for all accounts. */
export const Fixed = () => <Tag>{saving.fixed}</Tag>
