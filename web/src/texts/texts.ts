import { en } from './en.ts'

/** Another language is an object of this type. */
export type Texts = typeof en

export const texts: Texts = en
