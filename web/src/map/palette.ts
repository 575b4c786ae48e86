import type { MapTheme } from '@doorstep/contract/map-palette'

/** How long ago something was, from a week to longer than a quarter. */
export const ageColours: Readonly<Record<MapTheme, readonly string[]>> = {
  light: ['#12645c', '#4b9a8b', '#c98f2f', '#b0440c'],
  dark: ['#2f9a8c', '#79b9ab', '#d9a548', '#dd6a2a'],
}

/** A colour that lets through what lies beneath; `share` of 1. */
export const seeThrough = (colour: string, share: number): string =>
  `${colour}${Math.round(share * 255)
    .toString(16)
    .padStart(2, '0')}`
