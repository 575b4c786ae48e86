/** The outline of a pin whose tip is at 22, 47 of a picture of 44 by 54. */
export const dropPath = 'M22 47 C17 38.5 5 33 5 21 A17 17 0 0 1 39 21 C39 33 27 38.5 22 47 Z'
