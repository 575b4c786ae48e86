import { type HeldStore, newHeld, useHeld } from '../parts/held.ts'

/** What was typed and is not sent yet, by the visit's id: it stays while somebody looks elsewhere. */
const notes: HeldStore<number, string> = newHeld()

export const useNote = (visitId: number): string => useHeld(notes).get(visitId) ?? ''

export const keepNote = (visitId: number, note: string): void => notes.hold([[visitId, note]])

export const dropNote = (visitId: number): void => notes.drop([visitId])
